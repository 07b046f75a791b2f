/** How far the calculator has come, for those who only read. */
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Database, RevaluationCursor } from '../tables.ts';
import { utcText } from './snapshot.ts';

/** Everything known up to this moment is in; null while a partition has not started. */
const LATEST = sql`(SELECT CASE WHEN count(*) >= (SELECT partitions FROM stream ORDER BY epoch DESC LIMIT 1)
  THEN min(known_at) END FROM partition_position)`;

export interface Known {
  /** The moment up to which every partition has applied everything, RFC 3339 in UTC; null before the first. */
  latest: string | null;
  /** Settings are applied to some cases and not yet to others: the totals are between two states. */
  isBetween: boolean;
}

/** Up to when everything is known, and whether the totals are of one state. */
export async function readKnown(db: Kysely<Database>): Promise<Known> {
  const { rows } = await sql<{ latest: string | null; between: boolean | null }>`
    SELECT ${utcText(LATEST)} AS latest,
      (SELECT count(revaluation) > 0 OR count(DISTINCT settings) > 1 FROM partition_position) AS between`.execute(
    db,
  );
  return { latest: rows[0]?.latest ?? null, isBetween: rows[0]?.between ?? false };
}

export interface Reached {
  /** The moment is passed, by every partition. */
  isReached: boolean;
  /** It lies so far ahead that waiting a few seconds is no use. */
  isFarAhead: boolean;
  /** The latest moment that is passed: as {@link Known.latest}. */
  latest: string | null;
}

/** Whether figures of a moment (RFC 3339) can be given already. */
export function readReached(db: Kysely<Database>, moment: string): Promise<Reached> {
  return readPassed(db, moment, LATEST);
}

/** Whether what works up to `latest`, a moment or null, has passed another one. */
export async function readPassed(
  db: Kysely<Database>,
  moment: string,
  latest: RawBuilder<unknown>,
): Promise<Reached> {
  const { rows } = await sql<{ latest: string | null; reached: boolean | null; ahead: boolean }>`
    SELECT ${utcText(sql`latest`)} AS latest, latest >= ${moment}::timestamptz AS reached,
      ${moment}::timestamptz > clock_timestamp() + interval '5 seconds' AS ahead
    FROM (SELECT ${latest} AS latest) AS known`.execute(db);
  const row = rows[0];
  return { isReached: row?.reached ?? false, isFarAhead: row?.ahead ?? false, latest: row?.latest ?? null };
}

export interface Progress {
  /** The newest stream that the calculator has seen; undefined before the first. */
  streamCreatedAt: Date | undefined;
  /** Every message of that stream up to this one has been applied. */
  sequence: bigint;
  /** Settings half applied. */
  revaluations: { partition: number; cursor: RevaluationCursor }[];
  /** Events in quarantine that are not dismissed, and messages that hold no event. */
  quarantined: bigint;
  /** When the newest recorded event became known, RFC 3339 in UTC. */
  newestEventAt: string | null;
}

/** The number of an event grows with the stream: the last one of each organisation is found by key. */
const NEWEST_KNOWN = sql`(SELECT max(last.known_at) FROM organisation o CROSS JOIN LATERAL (
  SELECT e.known_at FROM event e WHERE e.organisation = o.id ORDER BY e.number DESC LIMIT 1) AS last)`;

/** What the pipeline has done. */
export async function readProgress(db: Kysely<Database>): Promise<Progress> {
  const { rows } = await sql<{
    created_at: Date | null;
    sequence: bigint | null;
    quarantined: bigint;
    newest: string | null;
  }>`
    WITH newest AS (SELECT epoch, created_at, partitions FROM stream ORDER BY epoch DESC LIMIT 1)
    SELECT (SELECT created_at FROM newest) AS created_at,
      -- A partition that has not started in this stream has applied nothing of it.
      (SELECT CASE WHEN count(*) >= newest.partitions THEN min(p.sequence) ELSE 0 END
        FROM newest LEFT JOIN partition_position p ON p.epoch = newest.epoch
        GROUP BY newest.partitions) AS sequence,
      (SELECT count(*) FROM quarantine WHERE reason <> 'dismissed') + (SELECT count(*) FROM unreadable) AS quarantined,
      ${utcText(NEWEST_KNOWN)} AS newest`.execute(db);
  const halfway = await sql<{ partition: number; revaluation: RevaluationCursor }>`
    SELECT partition, revaluation FROM partition_position
    WHERE revaluation IS NOT NULL ORDER BY partition`.execute(db);
  const row = rows[0];
  return {
    streamCreatedAt: row?.created_at ?? undefined,
    sequence: row?.sequence ?? 0n,
    revaluations: halfway.rows.map(({ partition, revaluation }) => ({ partition, cursor: revaluation })),
    quarantined: row?.quarantined ?? 0n,
    newestEventAt: row?.newest ?? null,
  };
}
