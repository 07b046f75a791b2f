/** From the segments of two periods to comparisons. Pure. */
import { type Dimension, PERIOD_PARTS } from '@effectstroom/contracts';
import type { Group, SegmentAmounts, SegmentCases, Segments } from '@effectstroom/database';
import { byGroup } from '../savings/group-order.ts';
import {
  addCases,
  addPurses,
  type ExactComparison,
  type ExactComparisons,
  type ExactPart,
  isThere,
  noPurses,
  noSide,
} from './exact.ts';
import { periodParts, type Segment } from './period-parts.ts';
import { laterGroup, type Starts } from './period-shift.ts';

type Side = 'before' | 'after';

interface Gathered {
  comparison: ExactComparison;
  segments: Map<string, Segment>;
  unpriced: bigint;
}

export interface PeriodSegments {
  before: Segments;
  /** At its own prices and at those of before. */
  after: Segments;
  groupBy: readonly Dimension[];
  /** First days of both periods. */
  starts: Starts;
}

/** The comparison of every group, and of all. */
export function periodComparisons({ before, after, groupBy, starts }: PeriodSegments): ExactComparisons {
  const groups = new Map<string, Gathered>();
  const total = gathered([]);
  const groupOf = (group: Group): Gathered => {
    const key = JSON.stringify(group);
    const found = groups.get(key) ?? gathered(group);
    groups.set(key, found);
    return found;
  };
  const gather = (side: Side, { amounts, cases, allCases }: Segments, named: (group: Group) => Group) => {
    for (const cell of amounts) {
      addAmounts(total, side, cell);
      if (cell.group.length > 0) addAmounts(groupOf(named(cell.group)), side, cell);
    }
    for (const cell of allCases) addSegmentCases(total, side, cell);
    for (const cell of cases)
      if (cell.group.length > 0) addSegmentCases(groupOf(named(cell.group)), side, cell);
  };
  gather('before', before, (group) => laterGroup(group, groupBy, starts));
  gather('after', after, (group) => group);
  return {
    rows: [...groups.values()].map(finished).filter(isThere).sort(byGroup),
    total: finished(total),
  };
}

function gathered(group: Group): Gathered {
  const comparison = { group, before: noSide(), after: noSide(), parts: [], atConstantPrices: null };
  return { comparison, segments: new Map(), unpriced: 0n };
}

function segmentOf({ segments }: Gathered, name: string): Segment {
  const found = segments.get(name) ?? {
    before: { ...noPurses(), represented: 0n },
    after: { ...noPurses(), represented: 0n },
    repriced: noPurses(),
  };
  segments.set(name, found);
  return found;
}

function addAmounts(to: Gathered, side: Side, cell: SegmentAmounts): void {
  const segment = segmentOf(to, cell.segment);
  addPurses(to.comparison[side], cell);
  addPurses(segment[side], cell);
  if (side === 'before') return;
  addPurses(segment.repriced, cell.repriced);
  to.unpriced += cell.unpriced;
}

function addSegmentCases(to: Gathered, side: Side, cell: SegmentCases): void {
  addCases(to.comparison[side].cases, cell);
  segmentOf(to, cell.segment)[side].represented += cell.represented;
}

function finished({ comparison, segments, unpriced }: Gathered): ExactComparison {
  const all = [...segments.values()];
  const split = periodParts(all);
  const constant = noPurses();
  for (const { repriced } of all) addPurses(constant, repriced);
  return {
    ...comparison,
    parts: PERIOD_PARTS.map((part): ExactPart => ({ part, cases: null, ...split[part] })),
    atConstantPrices: { ...constant, unpriced },
  };
}
