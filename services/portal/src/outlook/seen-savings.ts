/** Exact corrected savings of the groups that a reader may see, as `GET /v1/savings` shows them. */
import type { Dimension, Suppression } from '@effectstroom/contracts';
import { type Database, type Period, readSavings } from '@effectstroom/database';
import type { Transaction } from 'kysely';
import { reasonOf } from '../suppression/judge.ts';
import { readJudgement } from '../suppression/read-judgement.ts';
import type { SmallNumberLimits } from '../suppression/risk.ts';

/** A group has a handful of cells: one for each kind of line and year. */
const CELLS_MAX = 100_000;

export interface SeenQuestion {
  period: Period;
  groupBy: readonly Dimension[];
  filters: Partial<Record<Exclude<Dimension, 'month' | 'quarter' | 'year'>, string>>;
}

/** Who asks, and from when the figures are. */
export interface Reader {
  /** Codes that may be read; undefined is all. */
  organisations: readonly string[] | undefined;
  /** Undefined sees small numbers. */
  limits: SmallNumberLimits | undefined;
  /** What was known then is read from the ledger; undefined is now. */
  moment: string | undefined;
}

/** Ten-thousandths of a micro-euro, or why they are not shown. */
export type Seen = bigint | Suppression;

export interface SeenGroup {
  values: readonly (string | null)[];
  corrected: Seen;
}

export interface SeenSavings {
  /** Groups with cases, by key of their values. */
  groups: ReadonlyMap<string, SeenGroup>;
  total: Seen;
  /** Some groups are not even listed. */
  unlisted: boolean;
}

/** Key of a group. */
export function groupKey(values: readonly (string | null)[]): string {
  return JSON.stringify(values);
}

/** @throws TooManyCellsError where there are too many groups. */
export async function seenSavings(
  tx: Transaction<Database>,
  question: SeenQuestion,
  reader: Reader,
): Promise<SeenSavings> {
  const { organisations, moment, limits } = reader;
  const asked = { view: 'cohort', ...question, organisations, asOf: moment } as const;
  const { savings, cases } = await readSavings(tx, asked, { cellsMax: CELLS_MAX, longestAtLeast: 0 });
  const sums = new Map<string, { values: (string | null)[]; sum: bigint }>();
  for (const { group } of cases) sums.set(groupKey(group), { values: group, sum: 0n });
  let all = 0n;
  for (const { group, corrected } of savings) {
    const found = sums.get(groupKey(group)) ?? { values: group, sum: 0n };
    sums.set(groupKey(group), { values: group, sum: found.sum + corrected });
    all += corrected;
  }
  const query = { ...asked, ...question.period };
  const judgement = limits && (await readJudgement(tx, { query, organisations, moment, limits }));
  const groups = new Map<string, SeenGroup>();
  for (const [key, { values, sum }] of sums) {
    const reason = judgement && reasonOf(judgement, values);
    if (reason !== null) groups.set(key, { values, corrected: reason ?? sum });
  }
  return { groups, total: judgement?.total ?? all, unlisted: groups.size < sums.size };
}
