/** The record: what everything else follows from, in the order in which it became known. */
import { type Kysely, sql } from 'kysely';
import type { Database } from '../tables.ts';
import type { Micros } from '../writes/batch.ts';
import type { SettingsVersion } from '../writes/settings.ts';

/** An event as it was recorded. */
export interface RecordedArrival {
  number: bigint;
  source: number;
  knownAt: Micros;
  payload: string;
  /** It came under the identity of another event, and only stands in quarantine. */
  isConflict: boolean;
}

/** Every organisation that events or settings name. */
export async function readOrganisations(db: Kysely<Database>): Promise<{ id: number; code: string }[]> {
  return db.selectFrom('organisation').select(['id', 'code']).orderBy('id').execute();
}

/** Number of partitions of the newest stream; undefined where there was none yet. */
export async function readPartitionCount(db: Kysely<Database>): Promise<number | undefined> {
  const row = await db.selectFrom('stream').select('partitions').orderBy('epoch', 'desc').executeTakeFirst();
  return row?.partitions;
}

/** The next events of an organisation, in the order in which they became known. Run it outside the side tables. */
export async function readArrivals(
  db: Kysely<Database>,
  organisation: number,
  after: bigint,
  limit: number,
): Promise<RecordedArrival[]> {
  const from = sql`organisation = ${organisation}::integer AND number > ${after}::bigint
    ORDER BY number LIMIT ${limit}`;
  const columns = sql`number, source, payload, (extract(epoch FROM known_at) * 1000000)::bigint AS "knownAt"`;
  const { rows } = await sql<RecordedArrival>`
    (SELECT ${columns}, false AS "isConflict" FROM event WHERE ${from})
    UNION ALL
    (SELECT ${columns}, true FROM quarantine WHERE payload IS NOT NULL AND ${from})
    ORDER BY number LIMIT ${limit}`.execute(db);
  return rows;
}

/** The settings that decide what an organisation's events are worth, in the order in which they were applied. */
export async function readDecidingSettings(
  db: Kysely<Database>,
  organisation: string,
): Promise<(SettingsVersion & { knownAt: Micros })[]> {
  const { rows } = await sql<SettingsVersion & { knownAt: Micros }>`SELECT number, kind, key, body,
      (extract(epoch FROM known_at) * 1000000)::bigint AS "knownAt"
    FROM settings
    WHERE kind = 'price-list' OR kind = 'programme' AND split_part(key, '/', 2) = ${organisation}
      OR kind = 'quarantine' AND body->>'organisation' = ${organisation}
    ORDER BY number`.execute(db);
  return rows;
}
