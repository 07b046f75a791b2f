/** The periods that were closed, and what their figures follow from. */
import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely';
import type { Database } from '../tables.ts';
import { type Period, periodNamed } from './period.ts';
import { utcText } from './snapshot.ts';

export interface ClosingRecord {
  /** Number of the organisation, and its code. */
  organisationId: number;
  organisation: string;
  /** 2025, 2025-Q1 or 2025-03. */
  period: string;
  /** Number of the settings message: the figures are those of what stands before it in the stream. */
  number: bigint;
  /** RFC 3339 in UTC: when it became known. Shown only; clocks can differ. */
  closedAt: string;
  note: string | null;
  /** Null until sealed, as are the others. */
  sealedAt: string | null;
  cases: bigint | null;
  figures: unknown;
  checksums: unknown;
}

const CLOSING = sql`c.organisation AS "organisationId", o.code AS organisation, c.period, c.number,
  ${utcText(sql`c.known_at`)} AS "closedAt", c.note, ${utcText(sql`c.sealed_at`)} AS "sealedAt", c.cases, c.figures,
  c.checksums`;
const FROM = sql`FROM closing c JOIN organisation o ON o.id = c.organisation`;

/** The days of a closed period. */
export function daysOf({ period }: Pick<ClosingRecord, 'period'>): Period {
  return periodNamed(period);
}

export interface ClosingsPage {
  /** Codes of the organisations that may be read; undefined is all. */
  organisations: readonly string[] | undefined;
  organisation: string | undefined;
  /** The page starts behind this closing. */
  after: { organisation: string; period: string } | undefined;
  limit: number;
}

/** Closings by organisation and period. */
export async function readClosings(db: Kysely<Database>, page: ClosingsPage): Promise<ClosingRecord[]> {
  const { organisations, organisation, after, limit } = page;
  const conditions: RawBuilder<unknown>[] = [
    sql`true`,
    ...(organisations === undefined ? [] : [sql`o.code = ANY(${[...organisations]}::text[])`]),
    ...(organisation === undefined ? [] : [sql`o.code = ${organisation}`]),
    ...(after === undefined
      ? []
      : [sql`(o.code COLLATE "C", c.period COLLATE "C") > (${after.organisation}, ${after.period})`]),
  ];
  const { rows } =
    await sql<ClosingRecord>`SELECT ${CLOSING} ${FROM} WHERE ${sql.join(conditions, sql` AND `)}
    ORDER BY o.code COLLATE "C", c.period COLLATE "C" LIMIT ${limit}`.execute(db);
  return rows;
}

/** Whether a period of an organisation was closed at a moment, RFC 3339 in microseconds. */
export async function isClosedAt(
  db: Kysely<Database>,
  organisation: string,
  moment: string,
): Promise<boolean> {
  const { rows } = await sql`SELECT 1 ${FROM}
    WHERE o.code = ${organisation} AND c.known_at = ${moment}::timestamptz LIMIT 1`.execute(db);
  return rows.length > 0;
}

/** One closing; undefined where the period was not closed. */
export async function readClosing(
  db: Kysely<Database>,
  organisation: string,
  period: string,
): Promise<ClosingRecord | undefined> {
  const { rows } = await sql<ClosingRecord>`SELECT ${CLOSING} ${FROM}
    WHERE o.code = ${organisation} AND c.period = ${period}`.execute(db);
  return rows[0];
}

/** Every partition has passed the closing: settings before it are wholly applied, and so are the messages of cases. */
const READY = sql`(SELECT count(*) FROM partition_position p WHERE p.settings >= c.number)
    >= (SELECT partitions FROM stream ORDER BY epoch DESC LIMIT 1)`;

/**
 * Closings without figures yet that every partition has passed: `limit` at most, in the order of the stream.
 * @param failed numbers of closings that could not be sealed, which come last, in this order
 */
export async function readUnsealedClosings(
  db: Kysely<Database>,
  failed: readonly bigint[],
  limit: number,
): Promise<ClosingRecord[]> {
  const { rows } = await sql<ClosingRecord>`SELECT ${CLOSING} ${FROM} WHERE c.sealed_at IS NULL AND ${READY}
    ORDER BY array_position(${failed.map(String)}::bigint[], c.number) NULLS FIRST, c.number
    LIMIT ${limit}`.execute(db);
  return rows;
}

/** An event that counted when a period was closed; without payload where its case was erased since. */
export interface ClosingEvent {
  number: bigint;
  payload: string | null;
}

/** The events that counted when the period was closed, `page` at a time. Run it in one snapshot. */
export async function* readClosingEvents(
  tx: Transaction<Database>,
  closing: ClosingRecord,
  page: number,
): AsyncGenerator<ClosingEvent[]> {
  const { from, to } = daysOf(closing);
  const counted = sql`SELECT organisation, event FROM ledger
    WHERE organisation = ${closing.organisationId} AND date BETWEEN ${from}::date AND ${to}::date
      AND cause < ${closing.number}
    GROUP BY organisation, event HAVING sum(sign) = 1`;
  await sql`DECLARE closing_events NO SCROLL CURSOR FOR SELECT l.event AS number, e.payload
    FROM (${counted}) AS l LEFT JOIN event e ON e.organisation = l.organisation AND e.number = l.event`.execute(
    tx,
  );
  for (;;) {
    const { rows } = await sql<ClosingEvent>`FETCH ${sql.lit(page)} FROM closing_events`.execute(tx);
    if (rows.length > 0) yield rows;
    if (rows.length < page) break;
  }
  await sql`CLOSE closing_events`.execute(tx);
}

/** The recorded events with these numbers, in any order; those that were erased are not among them. */
export async function readPayloads(
  db: Kysely<Database>,
  organisation: number,
  numbers: readonly bigint[],
): Promise<{ number: bigint; payload: string }[]> {
  const { rows } = await sql<{ number: bigint; payload: string }>`SELECT number, payload FROM event
    WHERE organisation = ${organisation} AND number = ANY(${numbers.map(String)}::bigint[])`.execute(db);
  return rows;
}

/** What is left of the cases that were erased since the closing. */
export async function readErasedLines(
  db: Kysely<Database>,
  { organisationId, period }: ClosingRecord,
): Promise<{ line: string; hash: string }[]> {
  return db
    .selectFrom('closing_erased')
    .select(['line', 'hash'])
    .where('organisation', '=', organisationId)
    .where('period', '=', period)
    .execute();
}

/** The programmes of the organisation and the price lists that they name, as they held at the closing. */
export async function readClosingSettings(
  db: Kysely<Database>,
  { organisation, number }: ClosingRecord,
): Promise<{ programmes: unknown[]; priceLists: unknown[] }> {
  const newest = (condition: RawBuilder<unknown>) =>
    sql<{ body: { priceList?: string } }>`SELECT DISTINCT ON (key) body FROM settings
      WHERE number < ${number} AND ${condition} ORDER BY key, number DESC`.execute(db);
  const programmes = await newest(sql`kind = 'programme' AND split_part(key, '/', 2) = ${organisation}`);
  const codes = programmes.rows.flatMap(({ body }) => body.priceList ?? []);
  const priceLists = await newest(sql`kind = 'price-list' AND key = ANY(${codes}::text[])`);
  return {
    programmes: programmes.rows.map(({ body }) => body),
    priceLists: priceLists.rows.map(({ body }) => body),
  };
}
