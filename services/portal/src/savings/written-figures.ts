/** The figures of one group as answers write them: rounded once, each from its own exact value. */
import type { SavingsFigures } from '@effectstroom/contracts';
import type { PricedCell } from '@effectstroom/database';
import { EURO, formatDecimal } from '@effectstroom/valuation';
import { correctedEuros, grossEuros, writtenCases } from '../euros.ts';
import { writtenOdds } from '../uncertainty/odds.ts';
import { declaredInterval, type Interval, measuredInterval, type Stratum } from '../uncertainty/sampling.ts';
import { writtenSampling } from '../uncertainty/written-sampling.ts';
import { atPrices, type Prices } from './at-prices.ts';
import type { ExactEuros } from './budget.ts';
import { dividedBy, lessEuros, roundedEuros } from './exact-euros.ts';
import { type ExactAmounts, type ExactFigures, type ExactRange, totalOf } from './figures.ts';

/** What a row divides by, and what it says of it. */
export interface Divisors {
  cost: bigint | null;
  budget: ExactEuros | undefined;
  basis: 'budget' | 'cost';
}

export interface GroupOfFigures {
  figures: ExactFigures;
  /** Undefined where no sample is told. */
  strata: readonly Stratum[] | undefined;
  /** Undefined where no prices were asked. */
  priced: { cells: readonly PricedCell[]; prices: Prices } | undefined;
}

export function writtenFigures(group: GroupOfFigures, divisors: Divisors): SavingsFigures {
  const { figures, strata, priced } = group;
  const { cases, gross, corrected, counted, municipal } = figures;
  const divisor = divisorOf(divisors);
  const total = totalOf(corrected);
  const returned = quotient(total, divisor);
  const sample = strata && { declared: declaredInterval(strata), measured: measuredInterval(strata) };
  return {
    cases: writtenCases(cases),
    gross: amounts(gross, grossEuros),
    corrected: amounts(corrected, correctedEuros),
    counted: { gross: grossEuros(counted.gross), corrected: correctedEuros(counted.corrected) },
    estimated: {
      gross: grossEuros(totalOf(gross) - counted.gross),
      corrected: correctedEuros(total - counted.corrected),
    },
    municipal: {
      gross: grossEuros(municipal.gross),
      corrected: correctedEuros(municipal.corrected),
      return: quotient(municipal.corrected, divisor),
    },
    cost: divisors.cost === null ? null : grossEuros(divisors.cost),
    budget: divisors.budget === undefined ? null : roundedEuros(divisors.budget),
    return: returned,
    returnBasis: returned === null ? null : divisors.basis,
    ...uncertainty(figures, sample, divisor),
    sampling: sample === undefined ? null : writtenSampling(sample),
    ...(priced === undefined ? {} : { atPrices: atPrices(priced.cells, priced.prices) }),
  };
}

interface Sample {
  declared: Interval | null;
  measured: Interval | null;
}

/** What it brings in beside what it costs, for both purses, and how sure that is. */
function uncertainty(
  { corrected, municipal, range }: ExactFigures,
  sample: Sample | undefined,
  divisor: ExactEuros | undefined,
): Pick<SavingsFigures, 'net' | 'range' | 'breakEven'> {
  const society = { mid: totalOf(corrected), ...range };
  const municipality = { mid: municipal.corrected, low: municipal.low, high: municipal.high };
  return {
    net: {
      society: divisor === undefined ? null : lessEuros(society.mid, divisor),
      municipality: divisor === undefined ? null : lessEuros(municipality.mid, divisor),
    },
    range: { ...writtenRange(range, divisor), municipal: writtenRange(municipality, divisor) },
    breakEven: {
      society: divisor === undefined ? null : writtenOdds(society, sample, divisor),
      municipality: divisor === undefined ? null : writtenOdds(municipality, sample, divisor),
    },
  };
}

function writtenRange({ low, high }: ExactRange, divisor: ExactEuros | undefined) {
  return {
    ...{ low: correctedEuros(low), high: correctedEuros(high) },
    return: { low: quotient(low, divisor), high: quotient(high, divisor) },
  };
}

/** What return divides by; undefined where that is 0 or missing. */
function divisorOf({ cost, budget, basis }: Divisors): ExactEuros | undefined {
  const ofCost = cost === null ? undefined : { amount: cost, unit: EURO };
  const divisor = basis === 'budget' ? budget : ofCost;
  return divisor === undefined || divisor.amount <= 0n ? undefined : divisor;
}

/** Corrected savings ÷ a divisor, with four decimals; null where there is none. */
function quotient(corrected: bigint, divisor: ExactEuros | undefined): string | null {
  return divisor === undefined ? null : formatDecimal(dividedBy(corrected, divisor, 4), 4, 4);
}

function amounts(exact: ExactAmounts, euros: (value: bigint) => string): SavingsFigures['gross'] {
  return {
    oneOff: euros(exact.oneOff),
    yearlyFirstYear: euros(exact.yearlyFirstYear),
    followingYears: exact.followingYears.map(euros),
    total: euros(totalOf(exact)),
  };
}
