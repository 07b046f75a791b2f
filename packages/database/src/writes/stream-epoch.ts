/** Epochs: which stream the sequences of positions are of. */
import { type Kysely, sql } from 'kysely';
import type { Database } from '../tables.ts';

export interface StreamIdentity {
  /** As JetStream says it, RFC 3339. */
  createdAt: string;
  partitions: number;
}

/** The stream has another number of partitions than the database was filled with. */
class PartitionsChanged extends Error {}

/** The newest stream that any worker has met. */
export interface MetStream {
  epoch: number;
  /** Whether the one that is there was made at the same moment. */
  isSame: boolean;
}

/**
 * What is known of the stream that is there; undefined where none was ever met.
 * @throws PartitionsChanged where it has another number of partitions.
 */
export async function readMetStream(
  db: Kysely<Database>,
  { createdAt, partitions }: StreamIdentity,
): Promise<MetStream | undefined> {
  const { rows } = await sql<MetStream & { partitions: number }>`
    SELECT epoch, partitions, created_at = ${createdAt}::timestamptz AS "isSame"
    FROM stream ORDER BY epoch DESC LIMIT 1`.execute(db);
  const known = rows[0];
  if (known !== undefined && known.partitions !== partitions)
    throw new PartitionsChanged(
      `The stream has ${partitions} partitions and this database ${known.partitions}: make the stream with PARTITIONS=${known.partitions}`,
    );
  return known;
}

/**
 * The epoch of the stream: 0 for the first, one more for each stream that was made anew.
 * @param lostEpoch an epoch whose stream lost its end: a new one starts for the same stream, because its sequences
 * are given out a second time. Of several workers that find this out at once, the first makes the new epoch.
 * @throws PartitionsChanged where the stream was made anew with another number of partitions.
 */
export async function openEpoch(
  db: Kysely<Database>,
  identity: StreamIdentity,
  lostEpoch?: number,
): Promise<number> {
  return db.transaction().execute(async (tx) => {
    await sql`LOCK TABLE stream IN SHARE ROW EXCLUSIVE MODE`.execute(tx);
    const known = await readMetStream(tx, identity);
    if (known?.isSame && known.epoch !== lostEpoch) return known.epoch;
    const epoch = known === undefined ? 0 : known.epoch + 1;
    await sql`INSERT INTO stream (epoch, created_at, partitions)
      VALUES (${epoch}, ${identity.createdAt}::timestamptz, ${identity.partitions})`.execute(tx);
    return epoch;
  });
}

/** The newest epoch that any worker has seen. */
export async function newestEpoch(db: Kysely<Database>): Promise<number | undefined> {
  const row = await db
    .selectFrom('stream')
    .select('epoch')
    .orderBy('epoch', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.epoch;
}
