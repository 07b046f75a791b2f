/** The locks of partitions: who holds one is the only worker that moves its position. */
import { type Kysely, sql } from 'kysely';
import type { Database } from '../tables.ts';

/** First key of the advisory locks of partitions; the second is the partition. */
export const PARTITION_LOCK = 7_246_002;

/**
 * Takes the locks of those partitions that are free, at most `max`; they are held until the session ends.
 * @returns the partitions now held by this call.
 */
export async function lockPartitions(
  db: Kysely<Database>,
  candidates: readonly number[],
  max: number,
): Promise<number[]> {
  const held: number[] = [];
  for (const partition of candidates) {
    if (held.length >= max) break;
    const { rows } = await sql<{
      locked: boolean;
    }>`SELECT pg_try_advisory_lock(${PARTITION_LOCK}::integer, ${partition}::integer) AS locked`.execute(db);
    if (rows[0]?.locked) held.push(partition);
  }
  return held;
}

/** Lets go of partitions of this session, for another worker to take. */
export async function unlockPartitions(db: Kysely<Database>, partitions: readonly number[]): Promise<void> {
  for (const partition of partitions)
    await sql`SELECT pg_advisory_unlock(${PARTITION_LOCK}::integer, ${partition}::integer)`.execute(db);
}
