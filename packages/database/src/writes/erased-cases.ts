/** The cases that are kept out because they were erased, known by salted hashes only. */
import { type Kysely, sql, type Transaction } from 'kysely';
import type { Database } from '../tables.ts';
import type { Micros } from './batch.ts';
import { unnestRows } from './unnest.ts';

/** Hours that an erased case is kept out: a day more than the stream keeps a message. */
export const KEPT_OUT_HOURS = 31 * 24;

/** The same as an interval, which no change of the clock makes longer. */
export const keptOut = sql`make_interval(hours => ${KEPT_OUT_HOURS})`;

/** A case that is kept out. */
export interface ErasedCase {
  /** Code. */
  organisation: string;
  hash: Buffer;
  /** UUID of its erasure, and the number of that message. */
  erasure: string;
  number: bigint;
  until: Micros;
}

/** What the hashes are salted with: 32 bytes that leave this database in its back-ups only. */
export async function readErasureSalt(db: Kysely<Database>): Promise<Buffer> {
  const { salt } = await db.selectFrom('erasure_salt').select('salt').executeTakeFirstOrThrow();
  return salt;
}

/** Every case that is kept out. */
export async function readErasedCases(db: Kysely<Database>): Promise<ErasedCase[]> {
  const { rows } = await sql<ErasedCase>`SELECT o.code AS organisation, c.hash, c.erasure, e.number,
      (extract(epoch FROM c.until) * 1000000)::bigint AS until
    FROM erased_case c JOIN erasure e ON e.id = c.erasure JOIN organisation o ON o.id = e.organisation`.execute(
    db,
  );
  return rows;
}

/** Events of one erased case that a batch brought and that were dropped. */
export interface DroppedEvents {
  hash: Buffer;
  erasure: string;
  events: number;
  /** When the newest was stored in the stream. */
  storedAt: Micros;
}

/** Counts what was dropped. Each message keeps its case out for as long as the stream may bring it again. */
export async function countDropped(
  tx: Transaction<Database>,
  dropped: readonly DroppedEvents[],
): Promise<void> {
  if (dropped.length === 0) return;
  const rows = unnestRows('u', dropped, {
    hash: ['text', ({ hash }) => hash.toString('hex')],
    erasure: ['text', ({ erasure }) => erasure],
    events: ['int8', ({ events }) => BigInt(events)],
    stored: ['int8', ({ storedAt }) => storedAt],
  });
  const stored = sql`timestamptz 'epoch' + u.stored * interval '1 microsecond'`;
  await sql`UPDATE erasure e SET removed = e.removed || jsonb_build_object(
      'later', (e.removed->>'later')::bigint + u.events,
      'laterAt', greatest((e.removed->>'laterAt')::timestamptz, ${stored}))
    FROM ${rows} WHERE e.id = u.erasure::uuid`.execute(tx);
  await sql`UPDATE erased_case c SET until = greatest(c.until, ${stored} + ${keptOut})
    FROM ${rows} WHERE c.hash = decode(u.hash, 'hex')`.execute(tx);
}

/**
 * Lets go of cases whose time is over: a new event of such a case is a new case. Those whose erasure is still to be
 * done stay. Several instances may do this at once. @returns how many
 */
export async function removeErasedCases(db: Kysely<Database>): Promise<number> {
  const removed = await sql`DELETE FROM erased_case c USING erasure e
    WHERE e.id = c.erasure AND e.applied_at IS NOT NULL AND c.until < now()`.execute(db);
  return Number(removed.numAffectedRows ?? 0n);
}
