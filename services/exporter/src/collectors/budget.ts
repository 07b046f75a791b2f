import { divideRounded, formatDecimal, GROSS_DECIMALS } from '@effectstroom/valuation';
import { currentBudgets, type YearBudget } from '../budgets.ts';
import { defineCollector, type Sample } from '../collector.ts';
import type { Period } from '../periods.ts';

const EURO_DECIMALS = 2;
/** From micro-euros to cents. */
const MICRO_PER_CENT = 10n ** BigInt(GROSS_DECIMALS - EURO_DECIMALS);

/** Theme code ('' for the whole budget) and micro-euros. */
function amountsOf({ themes, unthemed }: YearBudget): [string, bigint][] {
  return [...(unthemed === undefined ? [] : [['', unthemed] satisfies [string, bigint]]), ...themes];
}

function namesOf({ municipality, organisation, programme }: YearBudget) {
  return { municipality, organisation, programme };
}

function yearSamples(budget: YearBudget): Sample[] {
  return amountsOf(budget).map(([theme, amount]) => ({
    labels: { ...namesOf(budget), theme, year: String(budget.year) },
    value: Number(formatDecimal(amount, GROSS_DECIMALS, EURO_DECIMALS)),
  }));
}

/** The share of the year's days that lies in the period, rounded once. */
function toDateSamples(budget: YearBudget, periods: readonly Period[]): Sample[] {
  const period = periods.find(({ year }) => year === budget.year);
  if (period === undefined) return [];
  const { days, daysInYear } = period;
  return amountsOf(budget).map(([theme, amount]) => {
    const cents = divideRounded(amount * BigInt(days), BigInt(daysInYear) * MICRO_PER_CENT);
    return {
      labels: { ...namesOf(budget), theme, period: period.period },
      value: Number(formatDecimal(cents, EURO_DECIMALS, EURO_DECIMALS)),
    };
  });
}

/** What the municipality pays a programme, this year and last. */
export const budget = defineCollector({
  subject: 'budget',
  gauges: {
    effectstroom_budget_euros: {
      help:
        'Budget of a whole calendar year, this one and the previous, where it names exactly that theme ' +
        'and no work type. Theme "" is the whole budget, which names neither; those of themes are ' +
        'parts of it: never add them to it. Source: newest settings of the programme.',
      labels: ['municipality', 'organisation', 'programme', 'theme', 'year'],
    },
    effectstroom_budget_to_date_euros: {
      help:
        "The elapsed share of effectstroom_budget_euros: the amount times the year's days up to today " +
        '(period ytd) or up to the same day of last year (ytd_previous_year), divided by all its days. ' +
        'Rounded to cents. Themes as there: "" is the whole budget. Source: newest settings of the ' +
        'programme.',
      labels: ['municipality', 'organisation', 'programme', 'theme', 'period'],
    },
  },
  async read(scope) {
    const budgets = await currentBudgets(scope);
    return {
      effectstroom_budget_euros: budgets.flatMap(yearSamples),
      effectstroom_budget_to_date_euros: budgets.flatMap((one) => toDateSamples(one, scope.periods)),
    };
  },
});
