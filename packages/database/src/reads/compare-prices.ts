/** The unit prices in force on a day, of every programme. */
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Database } from '../tables.ts';
import { type SavingsQuestion, scopeOf } from './savings-question.ts';

/** Prices of the edition that is in force on a day. */
export interface PricesOn {
  /** Civil date. */
  day: string;
  /** By the programmes and price lists as known then, RFC 3339; undefined is now. */
  knownAt: string | undefined;
}

/**
 * Tables for a WITH, among them `list_of` (key of a programme, `list`) and `price_on` (`list`, `service`,
 * `price` in micro-euros).
 */
export function pricesOn({ day, knownAt }: PricesOn): RawBuilder<unknown> {
  return sql`${editionsOn({ day, knownAt })},
    price_on AS (SELECT list, item ->> 'service' AS service, (item ->> 'price')::numeric * 1000000 AS price
      FROM edition_on CROSS JOIN LATERAL jsonb_array_elements(edition -> 'items') AS item)`;
}

function editionsOn({ day, knownAt }: PricesOn): RawBuilder<unknown> {
  const known = knownAt === undefined ? sql`true` : sql`known_at <= ${knownAt}::timestamptz`;
  return sql`list_of AS (SELECT DISTINCT ON (key) key, body ->> 'priceList' AS list FROM settings
      WHERE kind = 'programme' AND ${known} ORDER BY key, number DESC),
    edition_on AS (SELECT DISTINCT ON (version.key) version.key AS list, edition
      FROM (SELECT DISTINCT ON (key) key, body FROM settings
        WHERE kind = 'price-list' AND ${known} ORDER BY key, number DESC) AS version
      CROSS JOIN LATERAL jsonb_array_elements(version.body -> 'editions') AS edition
      WHERE edition ->> 'from' COLLATE "C" <= ${day}
      ORDER BY version.key, edition ->> 'from' COLLATE "C" DESC)`;
}

export interface EditionOn {
  priceList: string;
  /** First day of the edition; null where the list has none yet. */
  from: string | null;
}

/** The editions in force on a day, of the price lists of the programmes that a question is about. */
export async function readEditionsOn(
  db: Kysely<Database>,
  question: SavingsQuestion,
  prices: PricesOn,
): Promise<EditionOn[]> {
  const { organisationIds, filters } = await scopeOf(db, question);
  const { municipality, programme } = filters;
  const named = (place: number, value: string | undefined) =>
    value === undefined ? sql`true` : sql`split_part(list_of.key, '/', ${place}) = ${value}`;
  const { rows } = await sql<EditionOn>`WITH ${editionsOn(prices)}
    SELECT named.list AS "priceList", edition ->> 'from' AS "from"
    FROM (SELECT DISTINCT list_of.list FROM list_of
      JOIN organisation o ON o.code = split_part(list_of.key, '/', 2)
      WHERE list_of.list IS NOT NULL AND o.id = ANY(${[...organisationIds]}::integer[])
        AND ${named(1, municipality)} AND ${named(3, programme)}) AS named
    LEFT JOIN edition_on ON edition_on.list = named.list
    ORDER BY named.list COLLATE "C"`.execute(db);
  return rows;
}
