/**
 * How far a total may be off because a sample stands for more cases (packages/contracts/UNCERTAINTY.md).
 * W.G. Cochran, Sampling Techniques, third edition, 1977: chapter 5 for strata, 9A for weighted totals.
 */
import { divideRounded } from '@effectstroom/valuation';
import jstat from 'jstat';
import { squareRoot } from './square-root.ts';

/**
 * What is known of the cases of one stratum. Values: ten-thousandths of a micro-euro, corrected, all years.
 */
export interface Stratum {
  registered: bigint;
  assessed: bigint;
  /** Sum of similar cases of the assessed ones. */
  represented: bigint;
  /** Sums of what the assessed cases save, with and without similar cases, and of the squares of these. */
  weighted: bigint;
  weightedSquare: bigint;
  counted: bigint;
  countedSquare: bigint;
}

/** An estimated total with its interval of 95 %, in ten-thousandths of a micro-euro. */
export interface Interval {
  estimate: bigint;
  standardError: bigint;
  /** Null where nothing is uncertain. */
  degreesOfFreedom: number | null;
  low: bigint;
  high: bigint;
  /** Strata of which a sample was taken. */
  strata: number;
  /** Of these, strata that do not tell how far cases lie apart: fewer than two assessed. */
  unknown: number;
}

/** An estimated part of the total; the variance is undefined where it cannot be known. */
interface Estimate {
  estimate: bigint;
  /** Assessed cases. */
  cases: bigint;
  isSampled: boolean;
  variance: bigint | undefined;
}

/** Both tails together 5 %. */
const UPPER = 0.975;

/** Beyond this t differs from the normal distribution only in its fifth decimal. */
const FREEDOM_MAX = 100_000;

/** Decimals of t. */
const T_UNIT = 1_000_000;

/** The sample that events declare by `similarCases`; null where every case stands for itself alone. */
export function declaredInterval(strata: readonly Stratum[]): Interval | null {
  return intervalOf(strata.map(declared), countedOf(strata));
}

/** The sample of the registered cases that were assessed; null where all were. */
export function measuredInterval(strata: readonly Stratum[]): Interval | null {
  return intervalOf(strata.map(measured), countedOf(strata));
}

/**
 * v = n ÷ (n − 1) × (Σz² − (Σz)² ÷ n), with z = similar cases × value (Cochran 9A.3), × (1 − n ÷ Σw) where
 * all cases stand for as many. Where they do not, no such correction is safe: cases that stand for themselves
 * alone would take the doubt of the others away.
 */
function declared(stratum: Stratum): Estimate {
  const { assessed: n, represented, weighted, weightedSquare } = stratum;
  const isSampled = represented > n;
  const spread = n * weightedSquare - weighted * weighted;
  const [rest, all] = isEven(stratum) ? [represented - n, represented] : [1n, 1n];
  const variance = n < 2n || !isSampled ? undefined : divideRounded(spread * rest, (n - 1n) * all);
  return { estimate: weighted, cases: n, isSampled, variance };
}

/** Whether sums and squares are as they are where every case stands for as many. */
function isEven({ assessed: n, represented, ...sums }: Stratum): boolean {
  return (
    sums.weighted * n === sums.counted * represented &&
    sums.weightedSquare * n ** 2n === sums.countedSquare * represented ** 2n
  );
}

/** N × mean, and v = N² × (1 − n ÷ N) × s² ÷ n (Cochran 5.3–5.4). */
function measured({ registered, assessed: n, counted, countedSquare }: Stratum): Estimate {
  const rest = registered - n;
  const isSampled = rest > 0n;
  const estimate = n === 0n ? 0n : divideRounded(registered * counted, n);
  const spread = n * countedSquare - counted * counted;
  const variance =
    n < 2n || !isSampled ? undefined : divideRounded(registered * rest * spread, n * n * (n - 1n));
  return { estimate, cases: n, isSampled, variance };
}

/**
 * Adds strata up. Degrees of freedom after Satterthwaite (Cochran 5.16). What all cases save is never less
 * than `counted`, what the assessed ones do.
 */
function intervalOf(estimates: readonly Estimate[], counted: bigint): Interval | null {
  let [estimate, variance, freedom] = [0n, 0n, 0n];
  const sampled = estimates.filter(({ isSampled }) => isSampled);
  if (sampled.length === 0) return null;
  for (const one of estimates) estimate += one.estimate;
  for (const one of sampled) {
    if (one.variance === undefined) continue;
    variance += one.variance;
    freedom += divideRounded(one.variance * one.variance, one.cases - 1n);
  }
  const standardError = squareRoot(variance);
  const degreesOfFreedom = freedom === 0n ? null : ratio(variance * variance, freedom);
  const half = degreesOfFreedom === null ? 0n : times(standardError, studentT(degreesOfFreedom));
  const low = estimate - half;
  return {
    ...{ estimate, standardError, degreesOfFreedom },
    low: low < counted ? counted : low,
    high: estimate + half,
    strata: sampled.length,
    unknown: sampled.filter((one) => one.variance === undefined).length,
  };
}

function countedOf(strata: readonly Stratum[]): bigint {
  return strata.reduce((sum, { counted }) => sum + counted, 0n);
}

function studentT(degreesOfFreedom: number): number {
  return jstat.studentt.inv(UPPER, Math.min(degreesOfFreedom, FREEDOM_MAX));
}

function times(value: bigint, factor: number): bigint {
  return divideRounded(value * BigInt(Math.round(factor * T_UNIT)), BigInt(T_UNIT));
}

/** A quotient as a number, of six decimals: never an amount. */
function ratio(dividend: bigint, divisor: bigint): number {
  return Number(divideRounded(dividend * 1_000_000n, divisor)) / 1_000_000;
}
