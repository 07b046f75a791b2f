/** Closing a period, fixing its figures, and what is kept of cases that are erased afterwards. */
import { type Kysely, sql, type Transaction } from 'kysely';
import type { Database } from '../tables.ts';

/**
 * Records a closing whose settings version was recorded in this transaction. The first of a period stays.
 * @param number of the settings message
 */
export async function recordClosing(
  tx: Transaction<Database>,
  number: bigint,
  { organisation, period, note }: { organisation: string; period: string; note?: string | undefined },
): Promise<void> {
  await sql`INSERT INTO organisation (code) VALUES (${organisation}) ON CONFLICT (code) DO NOTHING`.execute(
    tx,
  );
  await sql`INSERT INTO closing (organisation, period, number, known_at, note)
    SELECT o.id, ${period}, s.number, s.known_at, ${note ?? null}
    FROM settings s JOIN organisation o ON o.code = ${organisation}
    WHERE s.number = ${number} ON CONFLICT (organisation, period) DO NOTHING`.execute(tx);
}

export interface Seal {
  organisationId: number;
  period: string;
  cases: number;
  figures: unknown;
  checksums: unknown;
}

/** Fixes the figures of a closing, once. @returns whether they were not fixed yet */
export async function sealClosing(db: Kysely<Database>, seal: Seal): Promise<boolean> {
  const { organisationId, period, cases, figures, checksums } = seal;
  const result = await sql`UPDATE closing SET figures = ${JSON.stringify(figures)}::jsonb,
      checksums = ${JSON.stringify(checksums)}::jsonb, cases = ${cases}, sealed_at = clock_timestamp()
    WHERE organisation = ${organisationId} AND period = ${period} AND sealed_at IS NULL`.execute(db);
  return result.numAffectedRows === 1n;
}

/** An event that counted in a closing. */
export interface ClosedEvent {
  period: string;
  number: bigint;
  payload: string;
}

/** Which of these recorded events counted in which closings of the organisation, sealed or not. */
export async function readClosedEvents(
  tx: Transaction<Database>,
  organisation: number,
  numbers: readonly bigint[],
): Promise<ClosedEvent[]> {
  const { rows } = await sql<ClosedEvent>`SELECT c.period, e.number, e.payload
    FROM event e CROSS JOIN LATERAL (SELECT (e.payload::json->'data'->>'date')::date AS day) AS d
    JOIN closing c ON c.organisation = e.organisation AND c.period = ANY(ARRAY[
      to_char(d.day, 'YYYY'), to_char(d.day, 'YYYY-"Q"Q'), to_char(d.day, 'YYYY-MM')])
    WHERE e.organisation = ${organisation} AND e.number = ANY(${numbers.map(String)}::bigint[])
      AND (SELECT sum(l.sign) FROM ledger l WHERE l.organisation = e.organisation AND l.date = d.day
        AND l.event = e.number AND l.cause < c.number) = 1`.execute(tx);
  return rows;
}

/** Keeps lines of the bundle of a closing whose cases are erased. */
export async function keepErasedLines(
  tx: Transaction<Database>,
  organisation: number,
  lines: readonly { period: string; line: string; hash: string }[],
): Promise<void> {
  if (lines.length === 0) return;
  await tx
    .insertInto('closing_erased')
    .values(lines.map(({ period, line, hash }) => ({ organisation, period, line, hash })))
    .execute();
}
