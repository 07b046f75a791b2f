/** From what moved between two moments to comparisons: before is after without what moved. Pure. */
import { type Group, LEDGER_PARTS, type LedgerPart, type Moments } from '@effectstroom/database';
import { byGroup } from '../savings/group-order.ts';
import {
  addCases,
  addPurses,
  type ExactCases,
  type ExactCause,
  type ExactComparison,
  type ExactComparisons,
  type ExactPart,
  type ExactSide,
  isThere,
  noSide,
  type Purses,
} from './exact.ts';
import { countOf, type Entries, movesOf, movesOfAll } from './part-moves.ts';

const CAUSES_MAX = 10;

interface MovingCause extends Entries {
  settings: bigint | undefined;
  corrected: bigint;
}

interface MovedPart extends Purses {
  cases: ExactCases;
  causes: Map<string, MovingCause>;
}

interface Moved {
  group: Group;
  after: ExactSide;
  parts: Map<LedgerPart, MovedPart>;
}

/** The comparison of every group, and of all. */
export function momentComparisons(moments: Moments): ExactComparisons {
  const groups = new Map<string, Moved>();
  const total: Moved = { group: [], after: noSide(), parts: new Map() };
  const groupOf = (group: Group): Moved => {
    const key = JSON.stringify(group);
    const found = groups.get(key) ?? { group, after: noSide(), parts: new Map() };
    groups.set(key, found);
    return found;
  };
  for (const cell of moments.amounts) {
    addAmounts(total, cell);
    if (cell.group.length > 0) addAmounts(groupOf(cell.group), cell);
  }
  for (const cell of moments.allCases) addMoves(total, cell);
  for (const cell of moments.cases) if (cell.group.length > 0) addMoves(groupOf(cell.group), cell);
  return {
    rows: [...groups.values()].map(comparisonOf).filter(isThere).sort(byGroup),
    total: comparisonOf(total),
  };
}

function addAmounts(moved: Moved, cell: Moments['amounts'][number]): void {
  if (cell.part === undefined) {
    addPurses(moved.after, cell);
    return;
  }
  const part = partOf(moved, cell.part);
  addPurses(part, cell);
  causeOf(part, cell.settings).corrected += cell.corrected;
}

function addMoves(moved: Moved, cell: Moments['cases'][number]): void {
  if (cell.part === undefined) {
    addCases(moved.after.cases, cell);
    return;
  }
  const part = partOf(moved, cell.part);
  addCases(part.cases, cell);
  const cause = causeOf(part, cell.settings);
  cause.started += cell.started;
  cause.stopped += cell.stopped;
}

function partOf({ parts }: Moved, name: LedgerPart): MovedPart {
  const found = parts.get(name) ?? { ...noSide(), causes: new Map() };
  parts.set(name, found);
  return found;
}

function causeOf({ causes }: MovedPart, settings: bigint | undefined): MovingCause {
  const key = String(settings);
  const found = causes.get(key) ?? { settings, corrected: 0n, started: 0n, stopped: 0n };
  causes.set(key, found);
  return found;
}

function comparisonOf({ group, after, parts }: Moved): ExactComparison {
  const before: ExactSide = { ...after, cases: { ...after.cases } };
  for (const part of parts.values()) {
    addPurses(before, part, -1n);
    addCases(before.cases, part.cases, -1n);
  }
  const listed = LEDGER_PARTS.flatMap((name): ExactPart[] => {
    const part = parts.get(name) ?? { ...noSide(), causes: new Map<string, MovingCause>() };
    const { gross, corrected, municipalGross, municipal } = part;
    // A newer program moves no amount; were it ever to, it must show.
    if (name === 'software' && gross === 0n && corrected === 0n) return [];
    const moving = [...part.causes.values()];
    const amounts = { gross, corrected, municipalGross, municipal };
    const causes = listedCauses(moving.map(exactCause));
    return [{ part: name, cases: movesOfAll(moving), ...amounts, causes }];
  });
  return { group, before, after, parts: listed, atConstantPrices: null };
}

function exactCause(cause: MovingCause): ExactCause {
  const { settings, corrected } = cause;
  return { settings, corrected, cases: movesOf(cause) };
}

function listedCauses(causes: readonly ExactCause[]): ExactCause[] {
  const size = ({ corrected }: ExactCause) => (corrected < 0n ? -corrected : corrected);
  return causes
    .filter(({ cases, corrected }) => countOf(cases) > 0n || corrected !== 0n)
    .sort(
      (one, other) => compare(size(other), size(one)) || compare(countOf(other.cases), countOf(one.cases)),
    )
    .slice(0, CAUSES_MAX);
}

function compare(one: bigint, other: bigint): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
