/**
 * The strata of a sample: what is known of the cases of one goal of a programme, in each group. They are
 * added up by theme group, which tells work types apart as well, because numbers are added up by much faster
 * than by names.
 */
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Database } from '../tables.ts';
import { savingTotals } from './amount-rows.ts';
import { caseRows } from './case-rows.ts';
import { groupColumns, groupNames, groupOf } from './row-groups.ts';
import { entrySign, type Source, sourcesOf } from './row-sources.ts';
import type { CaseCounts, Group } from './savings-cells.ts';
import type { ScopedQuestion } from './savings-question.ts';
import { list, union } from './sql-text.ts';

/**
 * Sums over the assessed cases of what each saves, all years, in ten-thousandths of a micro-euro, corrected.
 */
export interface StratumCell extends CaseCounts {
  group: Group;
  /** Names the municipality, organisation, programme, theme and goal. */
  stratum: string;
  /** Each case multiplied by its similar cases, and the squares of that. */
  weighted: bigint;
  weightedSquare: bigint;
  /** Each case once, and the squares of that. */
  counted: bigint;
  countedSquare: bigint;
}

type StratumRow = Record<`g${number}`, string | null> &
  Record<'organisation' | 'theme_group', number> &
  Record<'registered' | 'assessed' | 'represented', string | bigint> &
  Record<'cost' | 'weighted' | 'counted' | 'weighted_square' | 'counted_square', string>;

/**
 * The strata of a question without dimensions of lines, in the cohort view; undefined where there are more
 * than `strataMax`.
 */
export async function readStrata(
  db: Kysely<Database>,
  question: ScopedQuestion,
  strataMax: number,
  ledgerOnly: boolean,
): Promise<StratumCell[] | undefined> {
  const sources = sourcesOf(question, { of: 'amounts', ledgerOnly });
  if (sources.length === 0) return [];
  const keys = list(...groupNames(question), sql`organisation`, sql`theme_group`);
  const { rows } = await sql<StratumRow>`
    SELECT ${keys}, sum(registered) AS registered, sum(assessed) AS assessed, sum(represented) AS represented,
      sum(cost) AS cost, sum(weighted) AS weighted, sum(counted) AS counted,
      sum(weighted_square) AS weighted_square, sum(counted_square) AS counted_square
    FROM (${union(sources.map((source) => stratumRows(source, question)))}) AS source
    GROUP BY ${keys} LIMIT ${strataMax + 1}`.execute(db);
  if (rows.length > strataMax) return undefined;
  return inStrata(rows, question, await readNames(db, question));
}

/**
 * Group, theme group, counts of cases, what they save and its squares, still to be added up; of a question
 * without dimensions of lines.
 */
export function stratumRows(source: Source, question: ScopedQuestion): RawBuilder<unknown> {
  return source.table === 'ledger' ? ofLedger(source, question) : union(ofTotals(source, question));
}

function ofTotals(source: Source, question: ScopedQuestion): RawBuilder<unknown>[] {
  const keys = [sql`t.organisation`, sql`t.theme_group`];
  const squares = [sql`t.weighted_square`, sql`t.counted_square`];
  const saved = sql`t.corrected AS weighted, t.counted_corrected AS counted`;
  const none = sql`0 AS weighted_square, 0 AS counted_square, 0 AS registered, 0 AS assessed,
    0 AS represented, 0 AS cost`;
  return [
    caseRows(source, question, [...keys, sql`0 AS weighted, 0 AS counted`, ...squares]),
    savingTotals(source, question, [...groupColumns(question), ...keys, saved, none], sql``),
  ];
}

/** OFFSET 0: what an entry saves is worked out once, because that takes longer than all else. */
function ofLedger(source: Source, question: ScopedQuestion): RawBuilder<unknown> {
  const saved = sql`(SELECT coalesce(sum(a), 0) * l.factor FROM unnest(l.amounts) AS a) AS saved`;
  const columns = [
    ...[sql`l.organisation`, sql`cg.theme_group`, sql`${entrySign(source)} AS sign`],
    ...[sql`l.similar_cases::numeric AS weight`, saved],
  ];
  return sql`SELECT ${list(...groupNames(question), sql`organisation`, sql`theme_group`)},
      sign * saved * weight AS weighted, sign * saved AS counted,
      sign * saved * saved * weight * weight AS weighted_square, sign * saved * saved AS counted_square,
      registered, assessed, represented, cost
    FROM (${caseRows(source, question, columns)} OFFSET 0) AS entry`;
}

/** The name of the stratum of each theme group in scope. */
async function readNames(
  db: Kysely<Database>,
  { organisationIds }: ScopedQuestion,
): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('theme_group')
    .select(['organisation', 'id', 'municipality', 'programme', 'theme', 'goal'])
    .where('organisation', 'in', [...organisationIds, 0])
    .execute();
  return new Map(
    rows.map(({ organisation, id, municipality, programme, theme, goal }) => [
      `${organisation} ${id}`,
      JSON.stringify([municipality, organisation, programme, theme, goal]),
    ]),
  );
}

/** Adds up the theme groups of each stratum in each group. */
function inStrata(
  rows: readonly StratumRow[],
  question: ScopedQuestion,
  names: ReadonlyMap<string, string>,
): StratumCell[] {
  const cells = new Map<string, StratumCell>();
  for (const row of rows) {
    if (BigInt(row.registered) === 0n) continue;
    const group = groupOf(row, question);
    const stratum = names.get(`${row.organisation} ${row.theme_group}`) ?? '';
    const key = JSON.stringify([group, stratum]);
    const cell = cells.get(key);
    cells.set(key, {
      ...{ group, stratum },
      registered: BigInt(row.registered) + (cell?.registered ?? 0n),
      assessed: BigInt(row.assessed) + (cell?.assessed ?? 0n),
      represented: BigInt(row.represented) + (cell?.represented ?? 0n),
      cost: BigInt(row.cost) + (cell?.cost ?? 0n),
      weighted: BigInt(row.weighted) + (cell?.weighted ?? 0n),
      weightedSquare: BigInt(row.weighted_square) + (cell?.weightedSquare ?? 0n),
      counted: BigInt(row.counted) + (cell?.counted ?? 0n),
      countedSquare: BigInt(row.counted_square) + (cell?.countedSquare ?? 0n),
    });
  }
  return [...cells.values()];
}
