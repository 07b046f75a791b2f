/** What each group saves by segment (theme group): what a comparison of two periods is made from. */
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Database } from '../tables.ts';
import { amountRows } from './amount-rows.ts';
import { caseRows } from './case-rows.ts';
import { type PricesOn, pricesOn } from './compare-prices.ts';
import { isLineDimension } from './dimensions.ts';
import { planAsWritten } from './query-plan.ts';
import { groupNames, groupOf } from './row-groups.ts';
import { sourcesOf } from './row-sources.ts';
import { type Group, TooManyCellsError } from './savings-cells.ts';
import { type SavingsQuestion, type ScopedQuestion, scopeOf } from './savings-question.ts';
import { list, union } from './sql-text.ts';

interface InSegment {
  group: Group;
  /** Names the municipality, organisation, programme, theme, goal and work type. */
  segment: string;
}

/** Gross in micro-euros, corrected in ten-thousandths of one. */
export interface PurseAmounts {
  gross: bigint;
  corrected: bigint;
  /** Of these, what municipal cost bearers save. */
  municipalGross: bigint;
  municipal: bigint;
}

export interface SegmentAmounts extends InSegment, PurseAmounts {
  /** The same at other prices; without these, as recorded. */
  repriced: PurseAmounts;
  /** Corrected amount of services that these prices do not have: they keep their own. */
  unpriced: bigint;
}

export interface SegmentCases extends InSegment {
  registered: bigint;
  assessed: bigint;
  represented: bigint;
}

export interface Segments {
  amounts: SegmentAmounts[];
  cases: SegmentCases[];
  /** The cases of the whole question, each once: in the empty group. */
  allCases: SegmentCases[];
}

/**
 * The figures of a question by group and segment, also at the prices of a day. Run it in one snapshot.
 * @param prices undefined values nothing at other prices
 * @throws TooManyCellsError where the answer would be too large.
 */
export async function readSegments(
  db: Kysely<Database>,
  asked: SavingsQuestion,
  prices: PricesOn | undefined,
  cellsMax: number,
): Promise<Segments> {
  await planAsWritten(db);
  const question = await scopeOf(db, asked);
  const amounts = await readAmounts(db, question, prices, cellsMax);
  const cases = await readCases(db, question, cellsMax);
  const allCases = question.groupBy.some(isLineDimension)
    ? await readCases(db, { ...question, groupBy: [] }, cellsMax)
    : cases.map((cell) => ({ ...cell, group: [] }));
  return { amounts, cases, allCases };
}

const SEGMENT = [sql`tg.organisation AS organisation`, sql`tg.id AS theme_group`];
const PRICED_SEGMENT = [...SEGMENT, sql`lg.service`, sql`lg.price`];

interface SegmentRow extends Record<`g${number}`, string | null> {
  organisation: number;
  theme_group: number;
}

function inSegment(row: SegmentRow, question: ScopedQuestion): InSegment {
  return { group: groupOf(row, question), segment: `${row.organisation} ${row.theme_group}` };
}

type AmountRow = SegmentRow &
  Record<`${'recorded' | 'repriced'}_${'gross' | 'corrected'}`, string> &
  Record<`${'recorded' | 'repriced'}_municipal_${'gross' | 'corrected'}` | 'unpriced', string | null>;

async function readAmounts(
  db: Kysely<Database>,
  question: ScopedQuestion,
  prices: PricesOn | undefined,
  cellsMax: number,
): Promise<SegmentAmounts[]> {
  const sources = sourcesOf(question, { of: prices === undefined ? 'amounts' : 'prices' });
  if (sources.length === 0) return [];
  const groups = list(...groupNames(question), sql`organisation`, sql`theme_group`);
  const keys = list(groups, sql`service`, sql`price`, sql`municipal`);
  const { rows } = await sql<AmountRow>`
    WITH ${prices === undefined ? sql`` : sql`${pricesOn(prices)},`}
    cell AS (SELECT ${keys}, sum(gross) AS gross, sum(corrected) AS corrected
      FROM (${union(sources.map((source) => amountRows(source, question, PRICED_SEGMENT)))}) AS source
      GROUP BY ${keys})
    SELECT ${groups}, ${sumsOf('recorded')}, ${sumsOf('repriced')},
      sum(recorded_corrected) FILTER (WHERE service IS NOT NULL AND price_on IS NULL) AS unpriced
    FROM (${repricedCells(prices !== undefined)}) AS cell GROUP BY ${groups} LIMIT ${cellsMax + 1}`.execute(
    db,
  );
  if (rows.length > cellsMax) throw new TooManyCellsError(cellsMax);
  return rows.map((row) => ({
    ...inSegment(row, question),
    ...purseAmounts(row, 'recorded'),
    repriced: purseAmounts(row, 'repriced'),
    unpriced: prices === undefined ? 0n : BigInt(row.unpriced ?? 0),
  }));
}

/** The cells with their amounts at the prices of the day, each rounded once, half away from zero. */
function repricedCells(isRepriced: boolean): RawBuilder<unknown> {
  if (!isRepriced)
    return sql`SELECT cell.*, gross AS recorded_gross, corrected AS recorded_corrected,
      gross AS repriced_gross, corrected AS repriced_corrected, NULL::numeric AS price_on FROM cell`;
  const at = (
    amount: RawBuilder<unknown>,
  ) => sql`CASE WHEN price_on.price IS NULL OR coalesce(cell.price, 0) = 0
    THEN ${amount}
    ELSE sign(${amount})
      * div(2 * abs(${amount}) * price_on.price + cell.price, 2 * cell.price::numeric) END`;
  return sql`SELECT cell.*, cell.gross AS recorded_gross, cell.corrected AS recorded_corrected,
      ${at(sql`cell.gross`)} AS repriced_gross, ${at(sql`cell.corrected`)} AS repriced_corrected,
      price_on.price AS price_on
    FROM cell JOIN organisation o ON o.id = cell.organisation
    JOIN theme_group tg ON tg.organisation = cell.organisation AND tg.id = cell.theme_group
    LEFT JOIN list_of ON list_of.key = tg.municipality || '/' || o.code || '/' || tg.programme
    LEFT JOIN price_on ON price_on.list = list_of.list AND price_on.service = cell.service`;
}

function sumsOf(kind: 'recorded' | 'repriced'): RawBuilder<unknown> {
  const column = (name: string) => sql.ref(`${kind}_${name}`);
  return sql`sum(${column('gross')}) AS ${column('gross')},
    sum(${column('corrected')}) AS ${column('corrected')},
    sum(${column('gross')}) FILTER (WHERE municipal) AS ${column('municipal_gross')},
    sum(${column('corrected')}) FILTER (WHERE municipal) AS ${column('municipal_corrected')}`;
}

function purseAmounts(row: AmountRow, kind: 'recorded' | 'repriced'): PurseAmounts {
  return {
    gross: BigInt(row[`${kind}_gross`]),
    corrected: BigInt(row[`${kind}_corrected`]),
    municipalGross: BigInt(row[`${kind}_municipal_gross`] ?? 0),
    municipal: BigInt(row[`${kind}_municipal_corrected`] ?? 0),
  };
}

async function readCases(
  db: Kysely<Database>,
  question: ScopedQuestion,
  cellsMax: number,
): Promise<SegmentCases[]> {
  const sources = sourcesOf(question, { of: 'cases' });
  if (sources.length === 0) return [];
  const keys = list(...groupNames(question), sql`organisation`, sql`theme_group`);
  const { rows } = await sql<SegmentRow & { registered: string; assessed: string; represented: string }>`
    SELECT ${keys}, sum(registered) AS registered, sum(assessed) AS assessed, sum(represented) AS represented
    FROM (${union(sources.map((source) => caseRows(source, question, SEGMENT)))}) AS source
    GROUP BY ${keys} LIMIT ${cellsMax + 1}`.execute(db);
  if (rows.length > cellsMax) throw new TooManyCellsError(cellsMax);
  return rows.map((row) => ({
    ...inSegment(row, question),
    registered: BigInt(row.registered),
    assessed: BigInt(row.assessed),
    represented: BigInt(row.represented),
  }));
}
