/** Jobs that one of many instances runs at a time. */
import { type Kysely, sql } from 'kysely';
import type { Database } from '../tables.ts';

/** First key of the advisory locks of jobs; the second names the job. */
const JOB_LOCK = 7_246_003;
const JOBS = {
  ...{ verify: 1, 'seal closings': 2, 'let go of erased cases': 3, 'monthly reports': 4 },
  ...{ 'sweep reviews': 5, 'compare claims': 6 },
} as const;

/** Runs the job unless another instance runs it now. @returns undefined where another does. */
export async function underJobLock<T>(
  db: Kysely<Database>,
  name: keyof typeof JOBS,
  job: () => Promise<T>,
): Promise<T | undefined> {
  return db.connection().execute(async (connection) => {
    const { rows } = await sql<{
      locked: boolean;
    }>`SELECT pg_try_advisory_lock(${JOB_LOCK}::integer, ${JOBS[name]}::integer) AS locked`.execute(
      connection,
    );
    if (!rows[0]?.locked) return undefined;
    try {
      return await job();
    } finally {
      await sql`SELECT pg_advisory_unlock(${JOB_LOCK}::integer, ${JOBS[name]}::integer)`.execute(connection);
    }
  });
}
