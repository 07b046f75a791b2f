/** How many cases each group has and how far they lie apart: whether its figures may be shown. */
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Database } from '../tables.ts';
import { amountRows } from './amount-rows.ts';
import { casesOfLedger } from './case-rows.ts';
import { type Dimension, isLineDimension } from './dimensions.ts';
import { planAsWritten } from './query-plan.ts';
import { groupColumns, groupNames, groupOf } from './row-groups.ts';
import { entrySign, ledgerSource, sourcesOf } from './row-sources.ts';
import { type Group, TooManyCellsError } from './savings-cells.ts';
import { type SavingsQuestion, type ScopedQuestion, scopeOf } from './savings-question.ts';
import { stratumRows } from './savings-strata.ts';
import { list, union } from './sql-text.ts';

export interface GroupCounts {
  /** By place in the question's dimensions; null also in those by which the group is not divided. */
  group: Group;
  /** Cases that were handled in it. */
  handled: bigint;
  /** Cases of which it has lines. */
  cases: bigint;
  /** What these save, corrected: ten-thousandths of a micro-euro. */
  sum: bigint;
  /** Sum of the squares of what each of them saves. */
  square: bigint;
}

/**
 * The groups of a question in which every case stands once.
 * @throws TooManyCellsError where there are more than `cellsMax`.
 */
export async function readCaseGroups(
  db: Kysely<Database>,
  asked: SavingsQuestion,
  cellsMax: number,
): Promise<GroupCounts[]> {
  await planAsWritten(db);
  const question = await scopeOf(db, asked);
  const sources = sourcesOf(question, { of: 'cases' });
  const savings = sourcesOf(question, { of: 'amounts' });
  if (sources.length === 0) return [];
  const names = groupNames(question);
  const grouped = names.length === 0 ? sql`()` : list(...names);
  // Rows of cases and of amounts below each other; a group has some of each.
  const { rows } = await sql<CountsRow>`
    SELECT ${list(...names, SUMS)} FROM (
      SELECT ${list(...names, sql`registered AS handled`)}, assessed AS cases, 0::numeric AS sum,
        weighted_square AS square
      FROM (${union(sources.map((source) => stratumRows(source, question)))}) AS handled
      UNION ALL
      SELECT ${list(...names, sql`0`)}, 0, corrected, 0
      FROM (${union(savings.map((source) => amountRows(source, question)))}) AS saved) AS part
    GROUP BY ${grouped} HAVING sum(handled) <> 0 LIMIT ${cellsMax + 1}`.execute(db);
  return countsOf(rows, question, cellsMax);
}

/**
 * The groups of a question that divides cases: by their lines, or by the time of what they save. In each
 * group a case counts once, so groups that are not divided by all of it are told apart.
 * @param divisions the parts of the question's dimensions by which cases are divided
 * @returns the groups of each division, by its place
 * @throws TooManyCellsError where there are more than `cellsMax`.
 */
export async function readDividedGroups(
  db: Kysely<Database>,
  asked: SavingsQuestion,
  divisions: readonly (readonly Dimension[])[],
  cellsMax: number,
): Promise<GroupCounts[][]> {
  if (asked.period === undefined) return divisions.map(() => []);
  await planAsWritten(db);
  const question = await scopeOf(db, asked);
  const nameOf = (dimension: Dimension) => sql.ref(`g${question.groupBy.indexOf(dimension)}`);
  const dividing = question.groupBy.filter((one) => divisions.some((division) => division.includes(one)));
  const whole = question.groupBy.filter((one) => !dividing.includes(one));
  // `grouping` gives a bit for each dimension left out.
  const sets = divisions.map((division) => sql`(${sql.join(division.map(nameOf))})`);
  const told = dividing.length === 0 ? sql`0` : sql`grouping(${sql.join(dividing.map(nameOf))})`;
  // A registered case has no line to stand by: it counts only where lines are not told apart.
  const ofLines = maskOf(dividing, isLineDimension);
  const entry = list(sql`organisation`, sql`place`, sql`sign`, ...whole.map(nameOf));
  const { rows } = await sql<CountsRow & { told: number }>`
    SELECT ${list(sql`told`, ...groupNames(question), SUMS)} FROM (
      SELECT ${list(...groupNames(question), told)} AS told,
        sum(saved) AS sum, sign * sum(saved) * sum(saved) AS square,
        CASE WHEN bool_or(year = 0) THEN sign ELSE 0 END AS handled,
        CASE WHEN bool_or(has_lines) THEN sign ELSE 0 END AS cases
      FROM (${divided(question)}) AS line
      GROUP BY ${entry}, GROUPING SETS (${sql.join(sets)})) AS part
    WHERE cases <> 0 OR told & ${ofLines} = ${ofLines}
    GROUP BY ${list(sql`told`, ...groupNames(question))}
    HAVING sum(handled) <> 0 OR sum(cases) <> 0 LIMIT ${cellsMax + 1}`.execute(db);
  const counts = countsOf(rows, question, cellsMax);
  return divisions.map((division) => {
    const left = maskOf(dividing, (one) => !division.includes(one));
    return counts.filter((_, place) => rows[place]?.told === left);
  });
}

/** Bits as `grouping` gives them: the last dimension is the lowest. */
function maskOf(dimensions: readonly Dimension[], isIn: (dimension: Dimension) => boolean): number {
  return dimensions.reduce((mask, one) => mask * 2 + (isIn(one) ? 1 : 0), 0);
}

/** What each entry of the ledger saves, line by line and year by year; registered cases with nothing. */
function divided(question: ScopedQuestion): RawBuilder<unknown> {
  const { period = { from: '', to: '' }, asOf } = question;
  const source = ledgerSource(period, asOf);
  const entry = [sql`l.organisation`, sql`l.ctid AS place`, sql`${entrySign(source)} AS sign`];
  const names = list(sql`organisation`, sql`place`, sql`sign`, ...groupNames(question));
  const columns = groupColumns(question).map((column, place) => {
    const dimension = question.groupBy[place];
    const isOfLine = dimension !== undefined && isLineDimension(dimension);
    return isOfLine ? sql`NULL::text AS ${sql.ref(`g${place}`)}` : column;
  });
  return sql`SELECT ${names}, year, corrected AS saved, true AS has_lines
    FROM (${amountRows(source, question, entry)}) AS assessed
    UNION ALL SELECT ${names}, 0, 0, false
    FROM (${casesOfLedger(source, question, [...entry, sql`l.assessed`, ...columns])}) AS registered
    WHERE NOT assessed`;
}

const SUMS = sql`sum(handled)::bigint AS handled, sum(cases)::bigint AS cases, sum(sum) AS sum,
  sum(square) AS square`;

interface CountsRow extends Record<`g${number}`, string | null> {
  handled: bigint;
  cases: bigint;
  sum: string;
  square: string;
}

function countsOf(rows: CountsRow[], question: ScopedQuestion, cellsMax: number): GroupCounts[] {
  if (rows.length > cellsMax) throw new TooManyCellsError(cellsMax);
  return rows.map((row) => ({
    group: groupOf(row, question),
    ...{ handled: row.handled, cases: row.cases },
    ...{ sum: BigInt(row.sum), square: BigInt(row.square) },
  }));
}
