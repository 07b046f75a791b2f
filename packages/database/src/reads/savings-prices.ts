/** What was saved at each recorded price: what figures at other prices are made of. */
import { type Kysely, sql } from 'kysely';
import type { Database } from '../tables.ts';
import { amountRows } from './amount-rows.ts';
import { groupNames, groupOf } from './row-groups.ts';
import { sourcesOf } from './row-sources.ts';
import { type Group, TooManyCellsError } from './savings-cells.ts';
import { type SavingsQuestion, scopeOf } from './savings-question.ts';
import { type SettingsRecord, settingsRecord } from './settings-history.ts';
import { list, union } from './sql-text.ts';

/** Of lines: whose they are, and what they are valued with. */
const PRICED = {
  municipality_of: sql`tg.municipality`,
  organisation_of: sql`o.code`,
  programme_of: sql`tg.programme`,
  service: sql`lg.service`,
  price: sql`lg.price`,
};

/** What lines of one service and unit price save in a group. */
export interface PricedCell {
  group: Group;
  municipality: string;
  organisation: string;
  programme: string;
  municipal: boolean;
  /** Undefined where the events state the amounts, or where the price is not recorded. */
  priced: { service: string /** Micro-euros a unit. */; price: bigint } | undefined;
  /** Micro-euros. */
  gross: bigint;
  /** Ten-thousandths of a micro-euro. */
  corrected: bigint;
}

interface PricedRow extends Record<`g${number}`, string | null> {
  municipality_of: string;
  organisation_of: string;
  programme_of: string;
  municipal: boolean;
  service: string | null;
  price: bigint | null;
  gross: string;
  corrected: string;
}

/**
 * The savings of a question by service and price. Run it in the snapshot and after `readSavings`.
 * @throws TooManyCellsError where there are more than `cellsMax`.
 */
export async function readPricedCells(
  db: Kysely<Database>,
  asked: SavingsQuestion,
  cellsMax: number,
): Promise<PricedCell[]> {
  const question = await scopeOf(db, asked);
  const sources = sourcesOf(question, { of: 'prices' });
  if (sources.length === 0) return [];
  const names = Object.keys(PRICED).map((name) => sql.ref(name));
  const columns = Object.entries(PRICED).map(([name, column]) => sql`${column} AS ${sql.ref(name)}`);
  const keys = list(...groupNames(question), ...names, sql`municipal`);
  const { rows } = await sql<PricedRow>`
    SELECT ${keys}, sum(gross) AS gross, sum(corrected) AS corrected
    FROM (${union(sources.map((source) => amountRows(source, question, columns)))}) AS source
    GROUP BY ${keys} LIMIT ${cellsMax + 1}`.execute(db);
  if (rows.length > cellsMax) throw new TooManyCellsError(cellsMax);
  const there = rows.filter(({ gross }) => BigInt(gross) !== 0n);
  return there.map((row) => ({
    group: groupOf(row, question),
    municipality: row.municipality_of,
    organisation: row.organisation_of,
    programme: row.programme_of,
    municipal: row.municipal,
    priced:
      row.service === null || row.price === null ? undefined : { service: row.service, price: row.price },
    gross: BigInt(row.gross),
    corrected: BigInt(row.corrected),
  }));
}

/**
 * The version in force of the price lists with these codes.
 * @param asOf as known then, RFC 3339; undefined is now
 */
export async function readPriceLists(
  db: Kysely<Database>,
  codes: readonly string[],
  asOf: string | undefined,
): Promise<SettingsRecord[]> {
  const { rows } = await sql<SettingsRecord>`SELECT DISTINCT ON (key) ${settingsRecord} FROM settings
    WHERE kind = 'price-list' AND key = ANY(${[...codes]}::text[])
      AND ${asOf === undefined ? sql`true` : sql`known_at <= ${asOf}::timestamptz`}
    ORDER BY key, number DESC`.execute(db);
  return rows;
}
