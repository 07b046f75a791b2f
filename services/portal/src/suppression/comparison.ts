/** A comparison of two periods for readers who may not see small numbers. */
import type { Comparison, PublicComparison, Suppression } from '@effectstroom/contracts';
import { laterGroup } from '../compare/period-shift.ts';
import { type Judgement, reasonOf } from './judge.ts';
import type { SmallNumberLimits } from './risk.ts';

/** Of each period by itself. */
export interface JudgedSides {
  before: Judgement;
  after: Judgement;
}

/**
 * A row is shown where the figures of both periods may be. Parts are left out of every row, and so are constant
 * prices: they are worked out by groups smaller than the row, and would tell these.
 */
export function withoutSmallComparisons(
  comparison: Comparison,
  { before, after }: JudgedSides,
  limits: SmallNumberLimits,
): { bare: Comparison; shown: PublicComparison } {
  const { basis } = comparison;
  const left = { parts: [], atConstantPrices: null };
  const total = { ...comparison.total, ...left };
  // The other way around: which group of before stands beside this one.
  const starts = { before: basis.after.from, after: basis.before.from };
  const judged = comparison.rows.map((row) => {
    const values = basis.groupBy.map((name) => row[name] ?? null);
    const earlier = laterGroup(values, basis.groupBy, starts);
    const reasons = [
      countedIn(row.after) ? reasonOf(after, values) : undefined,
      countedIn(row.before) ? reasonOf(before, earlier) : undefined,
    ];
    const reason = reasons.includes(null) ? null : reasons.find((one) => one !== undefined);
    return { row: { ...row, ...left }, reason };
  });
  const listed = judged.flatMap(({ row, reason }) => (reason === null ? [] : [{ row, reason }]));
  const suppressed = { ...limits, unlisted: listed.length < judged.length };
  return {
    bare: { basis, rows: listed.map(({ row }) => row), total },
    shown: {
      basis: { ...basis, suppressed },
      rows: listed.map(({ row, reason }) => hidden(row, reason)),
      total: hidden(total, after.total ?? before.total),
    },
  };
}

/** A group that is not in a period at all has nothing to hide there. */
function countedIn({ cases, exact }: Comparison['total']['before']): boolean {
  return cases.registered !== 0 || exact.gross !== '0.000000';
}

function hidden<Row extends Comparison['total']>(row: Row, suppressed: Suppression | undefined) {
  return suppressed === undefined ? row : { ...row, before: null, after: null, difference: null, suppressed };
}
