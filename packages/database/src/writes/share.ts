/** How workers divide the partitions among themselves: by the locks that PostgreSQL knows each of them holds. */
import { type Kysely, sql } from 'kysely';
import type { Database } from '../tables.ts';
import { PARTITION_LOCK } from './partition-locks.ts';

/** First key of the advisory lock that every worker shares while it can work. */
const WORKER_LOCK = 7_246_010;

export interface Workers {
  /** Workers that can work, this one among them. */
  working: number;
  /** Those of them that hold no partition. */
  waiting: number;
}

/** Counts this session as a worker until it ends. */
export async function joinWorkers(db: Kysely<Database>): Promise<void> {
  await sql`SELECT pg_advisory_lock_shared(${WORKER_LOCK}::integer, 0)`.execute(db);
}

/** A statement of another worker, for which PostgreSQL waits. */
interface Waiting {
  pid: number;
  startedAt: string;
  /** How far its COPY came: the table, and the bytes. */
  progress: string;
}

/** What each session saw last of the others, and since when (`performance.now()`). */
const lastSeen = new WeakMap<Kysely<Database>, ReadonlyMap<string, number>>();

/**
 * Ends the sessions of other workers for which PostgreSQL waits in the midst of a statement: they were frozen, or cut
 * off, while they sent it. Call it again and again: one whose statement went on since a quarter of the lease ago lives,
 * however long it takes. (One that is between statements ends by itself: see `leaseMs` of connect.ts.)
 */
export async function endSilentWorkers(db: Kysely<Database>, leaseMs: number): Promise<void> {
  const { rows } = await sql<Waiting>`SELECT a.pid, a.query_start::text AS "startedAt",
      concat(c.relid, ' ', c.bytes_processed) AS progress
    FROM pg_stat_activity a JOIN pg_locks l USING (pid) LEFT JOIN pg_stat_progress_copy c USING (pid)
    WHERE l.locktype = 'advisory' AND l.classid = ${WORKER_LOCK}::oid AND l.granted
      AND a.datname = current_database() AND a.pid <> pg_backend_pid()
      AND a.state = 'active' AND a.wait_event_type = 'Client'
      AND a.query_start < clock_timestamp() - make_interval(secs => ${leaseMs / 1000}::float8)`.execute(db);
  const now = performance.now();
  const before = lastSeen.get(db);
  const seen = new Map<string, number>();
  lastSeen.set(db, seen);
  for (const { pid, startedAt, progress } of rows) {
    const key = `${pid} ${startedAt} ${progress}`;
    const since = before?.get(key) ?? now;
    seen.set(key, since);
    if (now - since < leaseMs / 4) continue;
    await sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE pid = ${pid} AND query_start::text = ${startedAt}`.execute(db);
  }
}

/** The workers there are at this moment; one that died or was cut off is not, once PostgreSQL has ended its session. */
export async function countWorkers(db: Kysely<Database>): Promise<Workers> {
  const { rows } = await sql<Workers>`WITH mine AS (
      SELECT pid, bool_or(classid = ${PARTITION_LOCK}::oid) AS holds, bool_or(classid = ${WORKER_LOCK}::oid) AS works
      FROM pg_locks WHERE locktype = 'advisory' AND granted
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
      GROUP BY pid)
    SELECT count(*)::integer AS working, (count(*) FILTER (WHERE NOT holds))::integer AS waiting
    FROM mine WHERE works`.execute(db);
  return rows[0] ?? { working: 1, waiting: 0 };
}
