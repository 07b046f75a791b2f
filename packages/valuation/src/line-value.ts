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
  let dividend =
    line.price *
    line.quantity *
    BigInt(line.likelihood * line.contribution) *
    BigInt((100 - line.deadweight) * (100 - line.displacement));
  let divisor = 10_000n * 100_000_000n; // ten-thousandths of quantity; four percentages
  if (pricePercent !== 100) {
    dividend *= BigInt(pricePercent);
    divisor *= 100n;
  }
  const { discount } = line;
  const undiscounted = 10_000n;
  const discounted = undiscounted + BigInt(discount?.rate ?? 0);
  if (discount?.yearZero) {
    dividend *= undiscounted;
    divisor *= discounted;
  }
  const first = divideRounded(dividend, divisor);
  if (line.dropOff === 0 && discounted === undiscounted) return new Array<bigint>(line.years).fill(first);
  const values = [first];
  const stays = BigInt(100 - line.dropOff) * undiscounted;
  for (let year = 1; year < line.years; year++) {
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
  const low = {
    ...line,
    likelihood: stepDown(likelihood, levels),
    contribution: stepDown(contribution, levels),
  };
  const high = {
    ...line,
    likelihood: stepUp(likelihood, levels),
    contribution: stepUp(contribution, levels),
  };
  return {
    values: yearValues(line),
    lows: yearValues(low, 100 - priceUncertainty),
    highs: yearValues(high, 100 + priceUncertainty),
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
