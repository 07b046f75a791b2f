/** The odds of at least break-even, from exact sums. */
import { formatDecimal } from '@effectstroom/valuation';
import type { ExactEuros } from '../savings/budget.ts';
import { dividedBy } from '../savings/exact-euros.ts';
import { oddsOfBreakEven } from './break-even.ts';
import type { Interval } from './sampling.ts';

/** Decimals of a total as a multiple of what was paid. */
const DECIMALS = 12;

/** A total and its range, in ten-thousandths of a micro-euro. */
export interface Total {
  low: bigint;
  mid: bigint;
  high: bigint;
}

/**
 * Four decimals. The total's sampling error is that of the sample (the larger, where it is declared and
 * measured), in proportion: a part of the total is taken to be off by as much, relatively, as the whole.
 */
export function writtenOdds(
  { low, mid, high }: Total,
  sample: { declared: Interval | null; measured: Interval | null } | undefined,
  divisor: ExactEuros,
): string {
  const over = (value: bigint) => Number(dividedBy(value, divisor, DECIMALS)) / 10 ** DECIMALS;
  const relative = Math.max(relativeError(sample?.declared), relativeError(sample?.measured));
  const outcome = { low: over(low), mid: over(mid), high: over(high), error: relative * over(mid) };
  return formatDecimal(BigInt(Math.round(oddsOfBreakEven(outcome) * 10_000)), 4, 4);
}

function relativeError(interval: Interval | null | undefined): number {
  if (interval === null || interval === undefined || interval.estimate === 0n) return 0;
  return Number((interval.standardError * 10n ** 12n) / interval.estimate) / 10 ** 12;
}
