/** The value of one avoided line, year by year, and its range. */
import { divideRounded } from './money.ts';

/** A yearly discount of what comes later. */
export interface Discount {
  /** Hundredths of a percent: 225 is 2.25 %. */
  rate: number;
  /** Whether the first year is discounted too. */
  yearZero: boolean;
}

/** A line with everything looked up: the unit price and the percentages that hold for it. */
export interface ValuedLine {
  /** C: the unit price or the stated amount, in micro-euros. */
  price: bigint;
  /** In ten-thousandths: 26 is 260000n. */
  quantity: bigint;
  /** A, percent 0–100. */
  likelihood: number;
  /** B, percent 0–100. */
  contribution: number;
  /** Percent 0–100. */
  deadweight: number;
  /** Percent 0–100. */
  displacement: number;
  /** Percent 0–100 that goes off each following year. */
  dropOff: number;
  /** The number of years counted: 1 for a one-off line. */
  years: number;
  /** Absent where the programme does not discount. */
  discount?: Discount | undefined;
}

/** What a line's range takes as one step. */
export interface RangeSteps {
  /** Percentages of the scale. */
  levels: readonly number[];
  /** Percent 0–100 by which the unit price may be lower or higher. */
  priceUncertainty: number;
}

/**
 * The line's value in year 0, 1, … years−1, in micro-euros: C × quantity × A × B × (1 − deadweight) ×
 * (1 − displacement) × (1 − dropOff)^k, and with a discount rate r ÷ (1 + r)^k, or ^(k + 1) where year zero is
 * discounted too. Each year is computed exactly and rounded once, half away from zero.
 *
 * Sources: A × B × C is the Preventiecalculator's weighted minimum saving; deadweight, displacement, drop-off and the
 * present value are those of "A guide to Social Return on Investment" (Social Value UK, 2012), stages 4 and 5.
 *
 * @param pricePercent the unit price counts for this percentage: 100, but for a range
 */
export function yearValues(line: ValuedLine, pricePercent = 100): bigint[] {
  return valuesOf(line, line.price * line.quantity, line, pricePercent);
}

/** Ten-thousandths of quantity; five percentages. */
const DIVISOR = 10_000n * 100n ** 5n;
const HALF = DIVISOR / 2n;
const UNDISCOUNTED = 10_000n;

/** {@link yearValues} of a line that is worth so much before any percentage, with these percentages instead of its own. */
function valuesOf(
  { deadweight, displacement, dropOff, years, discount }: ValuedLine,
  worth: bigint,
  { likelihood, contribution }: Pick<ValuedLine, 'likelihood' | 'contribution'>,
  pricePercent: number,
): bigint[] {
  // Together at most 100⁴ × 200: exact.
  const percentages = likelihood * contribution * (100 - deadweight) * (100 - displacement) * pricePercent;
  let dividend = worth * BigInt(percentages);
  let divisor = DIVISOR;
  const discounted = discount === undefined ? UNDISCOUNTED : UNDISCOUNTED + BigInt(discount.rate);
  if (discount?.yearZero) {
    dividend *= UNDISCOUNTED;
    divisor *= discounted;
  }
  // The same without a divisor that has to be doubled: what nearly every line comes to.
  const isPlain = divisor === DIVISOR && dividend >= 0n;
  const first = isPlain ? (dividend + HALF) / DIVISOR : divideRounded(dividend, divisor);
  if (years === 1) return [first];
  if (dropOff === 0 && discounted === UNDISCOUNTED) return new Array<bigint>(years).fill(first);
  const values = [first];
  const stays = BigInt(100 - dropOff) * UNDISCOUNTED;
  for (let year = 1; year < years; year++) {
    dividend *= stays;
    divisor *= 100n * discounted;
    values.push(divideRounded(dividend, divisor));
  }
  return values;
}

/** The line's values as they are, and with likelihood, contribution and price all a step lower and higher. */
export function valuesInRange(
  line: ValuedLine,
  { levels, priceUncertainty }: RangeSteps,
): { values: bigint[]; lows: bigint[]; highs: bigint[] } {
  const { likelihood, contribution } = line;
  const worth = line.price * line.quantity;
  const low = { likelihood: stepDown(likelihood, levels), contribution: stepDown(contribution, levels) };
  const high = { likelihood: stepUp(likelihood, levels), contribution: stepUp(contribution, levels) };
  return {
    values: valuesOf(line, worth, line, 100),
    lows: valuesOf(line, worth, low, 100 - priceUncertainty),
    highs: valuesOf(line, worth, high, 100 + priceUncertainty),
  };
}

/** The greatest of the scale's percentages below this one, else 0: it would not have happened. */
export function stepDown(percentage: number, levels: readonly number[]): number {
  return levels.reduce((best, level) => (level < percentage && level > best ? level : best), 0);
}

/** The least of the scale's percentages above this one, else 100. */
export function stepUp(percentage: number, levels: readonly number[]): number {
  return levels.reduce((best, level) => (level > percentage && level < best ? level : best), 100);
}
