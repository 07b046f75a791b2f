/** What a year will bring in, from its months so far (packages/contracts/OUTLOOK.md). Pure and exact. */
import { divideRounded } from '@effectstroom/valuation';
import { squareRoot } from '../uncertainty/square-root.ts';
import { studentT, T_UNIT } from './student-t.ts';

/** Fewer months tell no pace. */
export const MONTHS_MIN = 3;

/** Expectations are written in units this much finer than amounts, so that they are rounded to cents once. */
export const FINER_DECIMALS = 10;
const FINER = 10n ** BigInt(FINER_DECIMALS);

/** Months, as a fraction. */
export interface MonthsLeft {
  months: bigint;
  per: bigint;
}

/** What is to be expected, with an interval of 95 %; in units of 10^-10 of what the months are in. */
export interface Forecast {
  low: bigint;
  mid: bigint;
  high: bigint;
}

/**
 * toDate + r × x̄, ± t × s × √(r + r² ÷ n), never below toDate: the prediction of a sum of r future
 * observations of a normal sample (Hahn and Meeker, Statistical Intervals, 1991, chapter 4).
 * @param observed totals of 3 to 12 whole months @param left r
 */
export function forecast(observed: readonly bigint[], toDate: bigint, left: MonthsLeft): Forecast {
  const { months: p, per: q } = left;
  const n = BigInt(observed.length);
  const sum = observed.reduce((total, month) => total + month, 0n);
  const squares = observed.reduce((total, month) => total + month * month, 0n);
  const mid = divideRounded((toDate * q * n + p * sum) * FINER, q * n);
  // s² = (n Σx² − (Σx)²) ÷ (n (n − 1)) and r + r² ÷ n = (p q n + p²) ÷ (q² n).
  const spread = (n * squares - sum * sum) * (p * q * n + p * p);
  const root = squareRoot((spread * FINER * FINER) / (n * (n - 1n) * q * q * n));
  const half = divideRounded(studentT(observed.length - 1) * root, T_UNIT);
  const least = toDate * FINER;
  return { low: mid - half < least ? least : mid - half, mid, high: mid + half };
}
