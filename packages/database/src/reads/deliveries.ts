/** Who has delivered: per organisation and source, from what the calculator keeps with the ledger. */
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Database } from '../tables.ts';
import type { Period } from './period.ts';
import { type SettingsRecord, settingsRecord } from './settings-history.ts';
import { utcText } from './snapshot.ts';

/** A source of an organisation. */
export interface SourceOf {
  organisation: string;
  source: string;
}

export interface LastDelivery extends SourceOf {
  /** When its newest event became known, RFC 3339 in UTC. */
  lastDelivery: string;
}

/** The expected deliveries in force of these organisations, or of all; as known at `asOf`, or now. */
export async function readExpectedDeliveries(
  db: Kysely<Database>,
  organisations: readonly string[] | undefined,
  asOf: string | undefined,
): Promise<SettingsRecord[]> {
  const { rows } = await sql<SettingsRecord>`SELECT DISTINCT ON (key) ${settingsRecord} FROM settings
    WHERE kind = 'deliveries' AND ${among(sql`key`, organisations)}
      AND ${asOf === undefined ? sql`true` : sql`known_at <= ${asOf}::timestamptz`}
    ORDER BY key, number DESC`.execute(db);
  return rows;
}

/** The last delivery of every source that has delivered, of these organisations or of all. */
export async function readDelivered(
  db: Kysely<Database>,
  organisations: readonly string[] | undefined,
): Promise<LastDelivery[]> {
  // From one source to the next by key, past the days in between: there may be many of them.
  const newest = sql`SELECT d.organisation, d.source, d.last_known_at FROM source_delivery d`;
  const { rows } = await sql<LastDelivery>`
    WITH RECURSIVE last AS (
      (${newest} ORDER BY d.organisation DESC, d.source DESC, d.day DESC LIMIT 1)
      UNION ALL
      SELECT following.* FROM last CROSS JOIN LATERAL (
        ${newest} WHERE (d.organisation, d.source) < (last.organisation, last.source)
        ORDER BY d.organisation DESC, d.source DESC, d.day DESC LIMIT 1) AS following)
    SELECT o.code AS organisation, s.uri AS source, ${utcText(sql`last.last_known_at`)} AS "lastDelivery"
    FROM last JOIN organisation o ON o.id = last.organisation JOIN source s ON s.id = last.source
    WHERE ${among(sql`o.code`, organisations)} ORDER BY o.code, s.uri`.execute(db);
  return rows;
}

/**
 * The last delivery of each of these sources that has delivered, as known at `asOf`, or now. A day in which
 * `asOf` lies is looked up in its events; where these were erased since, its first delivery is told.
 */
export async function readLastDeliveries(
  db: Kysely<Database>,
  asked: readonly SourceOf[],
  asOf: string | undefined,
): Promise<LastDelivery[]> {
  if (asked.length === 0) return [];
  const known = asOf === undefined ? sql`d.last_known_at` : lastUntil(sql`${asOf}::timestamptz`);
  const until = asOf === undefined ? sql`true` : sql`d.first_known_at <= ${asOf}::timestamptz`;
  const { rows } = await sql<LastDelivery>`
    SELECT asked.organisation, asked.source, ${utcText(sql`delivery.known_at`)} AS "lastDelivery"
    FROM unnest(${asked.map(({ organisation }) => organisation)}::text[],
      ${asked.map(({ source }) => source)}::text[]) AS asked(organisation, source)
    JOIN organisation o ON o.code = asked.organisation
    JOIN source s ON s.uri = asked.source
    CROSS JOIN LATERAL (
      SELECT ${known} AS known_at FROM source_delivery d
      WHERE d.organisation = o.id AND d.source = s.id AND ${until}
      ORDER BY d.day DESC LIMIT 1) AS delivery`.execute(db);
  return rows;
}

function lastUntil(moment: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`CASE WHEN d.last_known_at <= ${moment} THEN d.last_known_at ELSE coalesce((
    SELECT max(e.known_at) FROM event e
    WHERE e.organisation = d.organisation AND e.number BETWEEN d.first_number AND d.last_number
      AND e.source = d.source AND e.known_at <= ${moment}), d.first_known_at) END`;
}

export interface SourceMonth extends SourceOf {
  /** First day of the month. */
  month: string;
  registered: bigint;
  assessed: bigint;
}

/** What sources count for in each month of a period that has cases; `period` is of whole months. */
export async function readSourceMonths(
  db: Kysely<Database>,
  organisations: readonly string[] | undefined,
  municipality: string | undefined,
  { from, to }: Period,
): Promise<SourceMonth[]> {
  const { rows } = await sql<
    Omit<SourceMonth, 'registered' | 'assessed'> & Record<'registered' | 'assessed', string>
  >`
    SELECT o.code AS organisation, s.uri AS source, t.month, sum(t.registered) AS registered,
      sum(t.assessed) AS assessed
    FROM organisation o
    JOIN source_total t ON t.organisation = o.id AND t.month BETWEEN ${from}::date AND ${to}::date
    JOIN source s ON s.id = t.source
    WHERE ${among(sql`o.code`, organisations)}
      AND ${municipality === undefined ? sql`true` : sql`t.municipality = ${municipality}`}
    GROUP BY 1, 2, 3 HAVING sum(t.registered) <> 0 ORDER BY 1, 2, 3`.execute(db);
  return rows.map((row) => ({ ...row, registered: BigInt(row.registered), assessed: BigInt(row.assessed) }));
}

export interface QuarantinedOf extends SourceOf {
  count: bigint;
}

/** Events in quarantine by source, without the dismissed ones. */
export async function countQuarantineBySource(
  db: Kysely<Database>,
  organisations: readonly string[] | undefined,
  municipality: string | undefined,
): Promise<QuarantinedOf[]> {
  const { rows } = await sql<QuarantinedOf>`SELECT o.code AS organisation, s.uri AS source, count(*) AS count
    FROM quarantine q JOIN organisation o ON o.id = q.organisation JOIN source s ON s.id = q.source
    WHERE q.reason <> 'dismissed' AND ${among(sql`o.code`, organisations)}
      AND ${programmePart(1, municipality)}
    GROUP BY 1, 2`.execute(db);
  return rows;
}

export interface QuarantineQuestion {
  municipality: string | undefined;
  organisation: string | undefined;
  programme: string | undefined;
  /** Codes of the organisations that may be read; undefined is all. */
  organisations: readonly string[] | undefined;
  period: Period;
  /** What stood there then, RFC 3339; undefined is now. */
  asOf: string | undefined;
}

/**
 * Events that stand in quarantine, by organisation and without the dismissed ones: of cases of a period, and those
 * that say no date. As of a moment, what stood there then.
 */
export async function countQuarantineOfPeriod(
  db: Kysely<Database>,
  { municipality, organisation, programme, organisations, period, asOf }: QuarantineQuestion,
): Promise<Map<string, bigint>> {
  const standing =
    asOf === undefined
      ? sql`(SELECT organisation, programme, date, 1 AS sign FROM quarantine WHERE reason <> 'dismissed')`
      : sql`(SELECT organisation, programme, date, sign FROM quarantine_entry
          WHERE known_at <= ${asOf}::timestamptz)`;
  const { rows } = await sql<{ organisation: string; count: bigint }>`
    SELECT o.code AS organisation, sum(q.sign) AS count
    FROM ${standing} AS q JOIN organisation o ON o.id = q.organisation
    WHERE ${among(sql`o.code`, organisations)}
      AND ${organisation === undefined ? sql`true` : sql`o.code = ${organisation}`}
      AND ${programmePart(1, municipality)} AND ${programmePart(3, programme)}
      AND (q.date IS NULL OR q.date BETWEEN ${period.from}::date AND ${period.to}::date)
    GROUP BY 1 HAVING sum(q.sign) <> 0`.execute(db);
  return new Map(rows.map((row) => [row.organisation, row.count]));
}

/** Codes of the organisations that have a programme or cases in a municipality. */
export async function readOrganisationsIn(db: Kysely<Database>, municipality: string): Promise<string[]> {
  const { rows } = await sql<{ code: string }>`
    SELECT split_part(key, '/', 2) AS code FROM settings
      WHERE kind = 'programme' AND split_part(key, '/', 1) = ${municipality}
    UNION SELECT o.code FROM theme_group t JOIN organisation o ON o.id = t.organisation
      WHERE t.municipality = ${municipality}
    UNION SELECT o.code FROM quarantine q JOIN organisation o ON o.id = q.organisation
      WHERE ${programmePart(1, municipality)}`.execute(db);
  return rows.map(({ code }) => code);
}

function programmePart(place: number, value: string | undefined): RawBuilder<unknown> {
  return value === undefined ? sql`true` : sql`split_part(q.programme, '/', ${place}) = ${value}`;
}

function among(code: RawBuilder<unknown>, codes: readonly string[] | undefined): RawBuilder<unknown> {
  return codes === undefined ? sql`true` : sql`${code} = ANY(${[...codes]}::text[])`;
}
