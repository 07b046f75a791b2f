/** PostgreSQL ends a connection while nothing is being asked on it. */
import { connect, type Database } from '@effectstroom/database';
import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Pipeline } from '../harness/pipeline.ts';

const pipeline = new Pipeline();
let db: Kysely<Database>;

beforeAll(async () => {
  await pipeline.start([]);
  db = connect({ url: pipeline.postgres.running.url, applicationName: 'lost', connectionsMax: 1 });
});
afterAll(async () => {
  await db.destroy();
  await pipeline.end();
});

async function endConnections(): Promise<void> {
  await sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'lost'`.execute(
    pipeline.db,
  );
  await pipeline.until(async () => {
    const { rows } = await sql`SELECT FROM pg_stat_activity WHERE application_name = 'lost'`.execute(
      pipeline.db,
    );
    return rows.length === 0;
  }, 'the connection has ended');
}

test('in a transaction: it fails, the process goes on, the next query connects anew', async () => {
  const work = db.transaction().execute(async (tx) => {
    await sql`SELECT 1`.execute(tx);
    await endConnections();
    await sql`SELECT 2`.execute(tx);
  });
  await expect(work).rejects.toThrow();
  expect((await sql<{ three: number }>`SELECT 3 AS three`.execute(db)).rows).toEqual([{ three: 3 }]);
});

test('in the pool: once its end is heard of, the next query connects anew', async () => {
  await sql`SELECT 1`.execute(db);
  await endConnections();
  // PostgreSQL knows of the end before this process has read it: a query in between fails, and only that.
  await expect
    .poll(async () => (await sql<{ three: number }>`SELECT 3 AS three`.execute(db)).rows)
    .toEqual([{ three: 3 }]);
});
