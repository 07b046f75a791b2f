/** The sums of a figure: of each step down a path, and of the groups under the last one. */
import { type Kysely, sql } from 'kysely';
import type { Database } from '../tables.ts';
import { type Dimension, dimensionValue } from './dimensions.ts';
import { exactOf, type Figure, figureRows, groupIs } from './explain-rows.ts';
import { planAsWritten } from './query-plan.ts';
import { TooManyCellsError } from './savings-cells.ts';
import { type SavingsQuestion, scopeOf } from './savings-question.ts';
import { allOf, list } from './sql-text.ts';

/** A group chosen out of a dimension; null is what has no value. */
export interface ChosenGroup {
  level: Dimension;
  value: string | null;
}

/**
 * The figure of the whole question, then inside the first group of the path, then inside the first two, …
 * All in one statement over the rows of the whole. Ten-thousandths of a micro-euro; micro-euros for gross and
 * cost.
 */
export async function readStepSums(
  db: Kysely<Database>,
  question: SavingsQuestion,
  figure: Figure,
  path: readonly ChosenGroup[],
): Promise<bigint[]> {
  const groupBy = path.map(({ level }) => level);
  const rows = figureRows(await scopeOf(db, { ...question, groupBy }), figure);
  if (rows === undefined) return [0n, ...path.map(() => 0n)];
  const isChosen = path.map(({ level, value }, place) => groupIs(place, level, value));
  const sums = [sql`true`, ...isChosen].map(
    (_, depth) =>
      sql`coalesce(sum(${exactOf(figure)}) FILTER (WHERE ${allOf(isChosen.slice(0, depth))}), 0)::text
        AS ${sql.ref(`s${depth}`)}`,
  );
  await planAsWritten(db);
  const result = await sql<
    Record<`s${number}`, string>
  >`SELECT ${list(...sums)} FROM (${rows}) AS part`.execute(db);
  return sums.map((_, depth) => BigInt(result.rows[0]?.[`s${depth}`] ?? '0'));
}

export interface GroupSum {
  value: string | null;
  /** As in {@link readStepSums}. */
  exact: bigint;
}

export interface GroupsQuestion {
  /** With the path's values as filters, as far as they have one. */
  question: SavingsQuestion;
  figure: Figure;
  by: Dimension;
  /** Dimensions of the path in which the groups have no value. */
  without: readonly Dimension[];
  /** More groups than this are not read. */
  groupsMax: number;
}

/**
 * The sum of each group that has one, in no order.
 * @throws TooManyCellsError where there are too many.
 */
export async function readGroupSums(db: Kysely<Database>, asked: GroupsQuestion): Promise<GroupSum[]> {
  const { question, figure, by, without, groupsMax } = asked;
  const rows = figureRows(await scopeOf(db, { ...question, groupBy: [by, ...without] }), figure);
  if (rows === undefined) return [];
  const exact = sql`sum(${exactOf(figure)})`;
  await planAsWritten(db);
  const result = await sql<{ value: string | null; exact: string }>`
    SELECT g0 AS value, ${exact}::text AS exact FROM (${rows}) AS part
    WHERE ${allOf(without.map((dimension, place) => groupIs(place + 1, dimension, null)))}
    GROUP BY g0 HAVING ${exact} <> 0 LIMIT ${groupsMax + 1}`.execute(db);
  if (result.rows.length > groupsMax) throw new TooManyCellsError(groupsMax);
  return result.rows.map(({ value, exact: sum }) => ({
    value: dimensionValue(by, value),
    exact: BigInt(sum),
  }));
}
