/** What a job found that compares the claims of all organisations (writes/claim-comparison.ts). */
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Database } from '../tables.ts';
import { type Reached, readPassed } from './progress.ts';
import { utcText } from './snapshot.ts';

/**
 * Claims of organisations (an array of numbers), each with the latest one before it of another organisation:
 * what the last comparison found. Of a moment: the last one that was of what was known by then.
 */
export function foundClaims(organisations: RawBuilder<unknown>, asOf: string | undefined) {
  const found =
    asOf === undefined
      ? sql`found_until = 'infinity'`
      : sql`found_from <= ${asOf}::timestamptz AND found_until > ${asOf}::timestamptz`;
  return sql`SELECT organisation, event, service, earlier_organisation, earlier_event, earlier_date,
      earlier_team
    FROM double_claim WHERE organisation = ANY(${organisations}) AND ${found}`;
}

/**
 * Up to when claims were compared, RFC 3339 in UTC; null before the first time. Of a moment: the last comparison by
 * then that found something else than the one before, because of the others only the newest is kept.
 */
export async function readComparedAt(db: Kysely<Database>, asOf: string | undefined): Promise<string | null> {
  const kept = asOf === undefined ? sql`true` : sql`other AND known_at <= ${asOf}::timestamptz`;
  const { rows } = await sql<{ compared: string | null }>`
    SELECT ${utcText(sql`max(known_at)`)} AS compared FROM claim_comparison
    WHERE ${kept}`.execute(db);
  return rows[0]?.compared ?? null;
}

/**
 * Whether what was found of a moment (RFC 3339) stays so. A comparison tells of what was known when it began, and
 * is there later; they come one after the other, so nothing comes any more of what is before the last one.
 */
export async function readCompared(db: Kysely<Database>, moment: string): Promise<Reached> {
  return readPassed(db, moment, sql`(SELECT max(known_at) FROM claim_comparison)`);
}
