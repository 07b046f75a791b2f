/** The odds that a total is at least what was paid (packages/contracts/UNCERTAINTY.md). */
import jstat from 'jstat';

/** A total as multiples of what was paid: no amounts. `low` ≤ `mid` ≤ `high`. */
export interface Outcome {
  low: number;
  mid: number;
  high: number;
  /** Standard error by sampling; 0 where there is none. */
  error: number;
}

/** Pieces of a composite Simpson's rule: even. */
const PIECES = 400;

/** The normal distribution is taken up to this many standard deviations: beyond lies less than 1e-15. */
const TAIL = 8;

/**
 * The probability that the total is at least what was paid: triangular between low and high with its top at
 * mid, plus a normal sampling error. Exact where there is none; else integrated by Simpson's rule over the
 * wider of the two, so that the other one varies slowly enough to be followed.
 */
export function oddsOfBreakEven(outcome: Outcome): number {
  const { low, mid, high, error } = outcome;
  if (error <= 0) return atLeast(outcome, 1);
  const reached = (total: number) => jstat.normal.cdf((total - 1) / error, 0, 1);
  const width = high - low;
  if (width === 0) return reached(mid);
  if (error < width) return simpson(-TAIL, TAIL, (z) => density(z) * atLeast(outcome, 1 - z * error));
  const rising = simpson(low, mid, (total) => reached(total) * ((2 * (total - low)) / (width * (mid - low))));
  const falling = simpson(
    mid,
    high,
    (total) => reached(total) * ((2 * (high - total)) / (width * (high - mid))),
  );
  return rising + falling;
}

/** The probability that a triangular outcome is at least x. */
function atLeast({ low, mid, high }: Outcome, x: number): number {
  if (x <= low) return 1;
  if (x > high) return 0;
  const width = high - low;
  if (x <= mid) return 1 - (x - low) ** 2 / (width * (mid - low));
  return (high - x) ** 2 / (width * (high - mid));
}

function density(z: number): number {
  return Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
}

/** Composite Simpson's rule; an empty stretch adds nothing. */
function simpson(from: number, to: number, at: (x: number) => number): number {
  if (to <= from) return 0;
  const step = (to - from) / PIECES;
  let sum = at(from) + at(to);
  for (let piece = 1; piece < PIECES; piece++) sum += (piece % 2 === 1 ? 4 : 2) * at(from + piece * step);
  return (sum * step) / 3;
}
