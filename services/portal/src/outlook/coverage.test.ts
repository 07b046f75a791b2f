import { expect, it } from 'vitest';
import { forecast } from './forecast.ts';

const YEARS = 4_000;

/** A small generator of the same numbers on every run (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** One month's total in euros. */
type Month = (random: () => number) => number;

const normal: Month = (random) =>
  50_000 + 9_000 * Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/** About forty cases, most of some hundreds of euros, and now and then one of 40,000. */
const cases: Month = (random) => {
  let sum = 0;
  for (let tried = 0; tried < 80; tried += 1)
    if (random() < 0.5) sum += random() < 0.02 ? 40_000 : 200 + 2_000 * random();
  return sum;
};

/**
 * Share of years whose outcome lay in the interval, with `known` months known and the rest of twelve to
 * come.
 */
function coverage(month: Month, known: number): number {
  const random = numbers(20_25 + known);
  let inside = 0;
  for (let year = 0; year < YEARS; year += 1) {
    const months = Array.from({ length: 12 }, () => BigInt(Math.round(month(random) * 1e10)));
    const sum = (some: readonly bigint[]) => some.reduce((total, one) => total + one, 0n);
    const seen = months.slice(0, known);
    const { low, high } = forecast(seen, sum(seen), { months: BigInt(12 - known), per: 1n });
    const outcome = sum(months) * 10n ** 10n;
    if (outcome >= low && outcome <= high) inside += 1;
  }
  return inside / YEARS;
}

it.each([3, 6, 9])('holds 95 of 100 outcomes after %i months that are alike', (known) => {
  // Four standard errors of a share of 4,000 are 1.4 in 100.
  expect(Math.abs(coverage(normal, known) - 0.95)).toBeLessThan(0.014);
});

it.each([
  [3, 0.9],
  [6, 0.935],
  [9, 0.943],
])('after %i months with now and then a large case it holds %f', (known, share) => {
  expect(Math.abs(coverage(cases, known) - share)).toBeLessThan(0.019);
});
