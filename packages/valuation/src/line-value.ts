/** The value of one avoided line, year by year. */
import { divideRounded } from './money.ts';

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
}

/**
 * The line's value in year 0, 1, … years−1, in micro-euros: C × quantity × A × B × (1 − deadweight) ×
 * (1 − displacement) × (1 − dropOff)^k. Each year is computed exactly and rounded once, half away from zero.
 *
 * Sources: A × B × C is the Preventiecalculator's weighted minimum saving; deadweight, displacement and
 * drop-off are those of "A guide to Social Return on Investment" (Social Value UK, 2012), stages 4 and 5.
 */
export function yearValues(line: ValuedLine): bigint[] {
  let dividend =
    line.price *
    line.quantity *
    BigInt(line.likelihood * line.contribution) *
    BigInt((100 - line.deadweight) * (100 - line.displacement));
  let divisor = 10_000n * 100_000_000n; // ten-thousandths of quantity; four percentages
  const first = divideRounded(dividend, divisor);
  if (line.dropOff === 0) return new Array<bigint>(line.years).fill(first);
  const values = [first];
  const stays = BigInt(100 - line.dropOff);
  for (let year = 1; year < line.years; year++) {
    dividend *= stays;
    divisor *= 100n;
    values.push(divideRounded(dividend, divisor));
  }
  return values;
}
