import { divideRounded, formatDecimal } from '@effectstroom/valuation';
import { currentBudgets, type YearBudget } from '../budgets.ts';
import { defineCollector, type Sample, type Scope } from '../collector.ts';
import type { Period } from '../periods.ts';
import { casesToDate, type Handled, type Saving, savingsToDate } from '../to-date.ts';

const RATIO_DECIMALS = 4;

function programmeOf(of: { municipality: string; organisation: string; programme: string }): string {
  return [of.municipality, of.organisation, of.programme].join('/');
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n);
}

/**
 * Corrected total (10^-10 euro) ÷ divisor (micro-euros): the four decimals between the two units are those of
 * the ratio. Undefined where the divisor is 0.
 */
function ratio(corrected: bigint, divisor: bigint, { days, daysInYear }: ElapsedShare): number | undefined {
  if (divisor === 0n) return undefined;
  const rounded = divideRounded(corrected * BigInt(daysInYear), divisor * BigInt(days));
  return Number(formatDecimal(rounded, RATIO_DECIMALS, RATIO_DECIMALS));
}

type ElapsedShare = Pick<Period, 'days' | 'daysInYear'>;
const WHOLE: ElapsedShare = { days: 1, daysInYear: 1 };

/** A programme in one period. */
interface ProgrammeFigures {
  handled: readonly Handled[];
  saved: readonly Saving[];
  budget: YearBudget | undefined;
}

/** The two ratios: 0 of a budget without cases. */
function samples({ handled, saved, budget }: ProgrammeFigures, period: Period): Sample[] {
  const named = budget ?? handled[0];
  if (named === undefined) return [];
  const { municipality, organisation, programme } = named;
  const divisor = budget?.whole ?? sum(handled.map(({ cost }) => cost));
  const share = budget === undefined ? WHOLE : period;
  const purses = {
    society: sum(saved.map(({ corrected }) => corrected)),
    municipality: sum(saved.map(({ municipal }) => municipal)),
  };
  return Object.entries(purses).flatMap(([purse, corrected]) => {
    const value = ratio(corrected, divisor, share);
    const labels = { municipality, organisation, programme, purse, period: period.period };
    return value === undefined ? [] : [{ labels, value }];
  });
}

async function read(scope: Scope): Promise<Sample[]> {
  const savings = await savingsToDate(scope);
  const cases = await casesToDate(scope);
  const budgets = await currentBudgets(scope);
  return scope.periods.flatMap((period) => {
    const inPeriod = (figure: Saving | Handled) => figure.period === period.period;
    const savedBy = Map.groupBy(savings.filter(inPeriod), programmeOf);
    const handledBy = Map.groupBy(cases.filter(inPeriod), programmeOf);
    const budgetOf = new Map(
      budgets.filter(({ year }) => year === period.year).map((budget) => [programmeOf(budget), budget]),
    );
    const programmes = [...new Set([...handledBy.keys(), ...budgetOf.keys()])].sort();
    return programmes.flatMap((programme) => {
      const [handled, saved] = [handledBy.get(programme) ?? [], savedBy.get(programme) ?? []];
      return samples({ handled, saved, budget: budgetOf.get(programme) }, period);
    });
  });
}

/** What one euro brings in. */
export const returnRatio = defineCollector({
  subject: 'return',
  gauges: {
    effectstroom_return_ratio: {
      help:
        'Corrected savings of the period (as effectstroom_savings_euros) divided by the elapsed share ' +
        "of the year's budget or, where the programme has no budget in that year, by the cost of the " +
        'support. Purse society: all cost bearers; municipality: the municipal ones. Four decimals. ' +
        '0 of a budget without cases. Absent without divisor. Source: running totals, ledger, newest ' +
        'settings.',
      labels: ['municipality', 'organisation', 'programme', 'purse', 'period'],
    },
  },
  async read(scope) {
    return { effectstroom_return_ratio: await read(scope) };
  },
});
