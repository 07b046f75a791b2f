/** Exact figures of a comparison, before anything is rounded. */
import type { ComparedPartName } from '@effectstroom/contracts';
import type { Group, PurseAmounts } from '@effectstroom/database';
import { countOf, type Moves } from './part-moves.ts';

/** Gross in micro-euros, corrected in ten-thousandths of one. */
export type Purses = PurseAmounts;

export interface ExactCases {
  registered: bigint;
  assessed: bigint;
  represented: bigint;
}

export interface ExactSide extends Purses {
  cases: ExactCases;
}

export interface ExactCause {
  /** Number of the settings; undefined for events. */
  settings: bigint | undefined;
  cases: Moves;
  corrected: bigint;
}

export interface ExactPart extends Purses {
  part: ComparedPartName;
  /** Null between periods. */
  cases: Moves | null;
  /** Those that moved most first. */
  causes?: ExactCause[];
}

/** One group, or the total: its parts add up to what after is more than before. */
export interface ExactComparison {
  group: Group;
  before: ExactSide;
  after: ExactSide;
  parts: ExactPart[];
  /** After at the prices of before, and how much (corrected) has no such price. */
  atConstantPrices: (Purses & { unpriced: bigint }) | null;
}

export interface ExactComparisons {
  rows: ExactComparison[];
  total: ExactComparison;
}

export function noPurses(): Purses {
  return { gross: 0n, corrected: 0n, municipalGross: 0n, municipal: 0n };
}

export function noSide(): ExactSide {
  return { cases: { registered: 0n, assessed: 0n, represented: 0n }, ...noPurses() };
}

/** Adds amounts, or takes them away. */
export function addPurses(to: Purses, from: Purses, sign: 1n | -1n = 1n): void {
  to.gross += sign * from.gross;
  to.corrected += sign * from.corrected;
  to.municipalGross += sign * from.municipalGross;
  to.municipal += sign * from.municipal;
}

/** Adds cases, or takes them away. */
export function addCases(to: ExactCases, from: ExactCases, sign: 1n | -1n = 1n): void {
  to.registered += sign * from.registered;
  to.assessed += sign * from.assessed;
  to.represented += sign * from.represented;
}

/** Whether there is anything to tell of a group. */
export function isThere({ before, after, parts }: ExactComparison): boolean {
  const hasSide = ({ cases, gross }: ExactSide) => cases.registered !== 0n || gross !== 0n;
  return (
    hasSide(before) ||
    hasSide(after) ||
    parts.some(({ cases, gross }) => gross !== 0n || (cases !== null && countOf(cases) > 0n))
  );
}
