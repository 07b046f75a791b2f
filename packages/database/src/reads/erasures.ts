/** Certificates of erasures. */
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Database } from '../tables.ts';
import type { ErasureCorrection, ErasureRemoved } from '../writes/erasure.ts';
import { utcText } from './snapshot.ts';

export interface ErasureRow {
  id: string;
  organisation: string;
  /** Of the settings message; grows. */
  number: bigint;
  request: string | null;
  /** RFC 3339 in UTC, as the next two. */
  requestedAt: string;
  /** Null while it is still to be done. */
  appliedAt: string | null;
  /** Until when the stream can hold messages of the case. */
  transportUntil: string;
  isTransportOver: boolean;
  removed: ErasureRemoved | null;
  correction: ErasureCorrection | null;
}

/** A certificate by its id; undefined where there is none (yet). */
export async function readErasure(db: Kysely<Database>, id: string): Promise<ErasureRow | undefined> {
  const { rows } = await select(sql`e.id = ${id}::uuid`, 1).execute(db);
  return rows[0];
}

/** Certificates of these organisations or of all, newest first, `limit` at most, behind a number. */
export async function readErasures(
  db: Kysely<Database>,
  organisations: readonly string[] | undefined,
  before: bigint | undefined,
  limit: number,
): Promise<ErasureRow[]> {
  const among = organisations === undefined ? sql`true` : sql`o.code = ANY(${[...organisations]}::text[])`;
  const behind = before === undefined ? sql`true` : sql`e.number < ${before}::bigint`;
  const { rows } = await select(sql`${among} AND ${behind}`, limit).execute(db);
  return rows;
}

/** Thirty days after the newest message that named the case. */
const TRANSPORT_UNTIL = sql`(greatest(e.known_at, (e.removed->>'laterAt')::timestamptz) + interval '720 hours')`;

function select(where: RawBuilder<unknown>, limit: number): RawBuilder<ErasureRow> {
  return sql<ErasureRow>`SELECT e.id, o.code AS organisation, e.number, s.body->>'request' AS request,
      ${utcText(sql`e.known_at`)} AS "requestedAt", ${utcText(sql`e.applied_at`)} AS "appliedAt",
      ${utcText(TRANSPORT_UNTIL)} AS "transportUntil", ${TRANSPORT_UNTIL} < now() AS "isTransportOver",
      e.removed, e.correction
    FROM erasure e JOIN organisation o ON o.id = e.organisation
    LEFT JOIN settings s ON s.number = e.number
    WHERE ${where} ORDER BY e.number DESC LIMIT ${limit}`;
}
