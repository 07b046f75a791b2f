/** When a group of cases is too small to show, or one case shows through it. */
import type { Suppression } from '@effectstroom/contracts';

/** What a group is judged by. */
export interface CellCounts {
  /** Cases that were handled in it: registered or assessed. */
  handled: bigint;
  /** Cases that its euros come from. */
  cases: bigint;
  /** What these save, corrected: ten-thousandths of a micro-euro. */
  sum: bigint;
  /** Sum of the squares of what each of them saves. */
  square: bigint;
}

export interface SmallNumberLimits {
  /** Fewer cases than this are not shown; 1 shows any number. */
  fewerThan: number;
  /** A group is not shown in which one case may save more than this share; 100 shows any. */
  dominancePercent: number;
}

/**
 * Why a group of cases may not be told; undefined where it may. The largest case saves at most the root of the
 * sum of squares, so a group in which that is no more than the share is safe whatever the largest is. A union of
 * groups that are safe and have no case in common is safe too.
 */
export function riskOf(
  { handled, cases, sum, square }: CellCounts,
  { fewerThan, dominancePercent }: SmallNumberLimits,
): Suppression | undefined {
  const least = BigInt(fewerThan);
  if ((handled > 0n && handled < least) || (cases > 0n && cases < least)) return 'few-cases';
  const percent = BigInt(dominancePercent);
  return square * 10_000n > percent * percent * sum * sum ? 'dominated' : undefined;
}
