/** PostgreSQL keeps the statements that the portal asks again and again, but not all, and none for ever. */
import { connect, type Database } from '@effectstroom/database';
import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestDatabase, type TestDatabase } from './test-database.ts';

let database: TestDatabase;
let db: Kysely<Database>;

beforeAll(async () => {
  database = await startTestDatabase();
  db = connect({ url: database.url, applicationName: 'test', connectionsMax: 1 });
}, 120_000);
afterAll(async () => {
  await db?.destroy();
  await database?.stop();
});

async function kept(): Promise<string[]> {
  const { rows } = await sql<{ statement: string }>`SELECT statement FROM pg_prepared_statements`.execute(db);
  return rows.map(({ statement }) => statement).filter((text) => !text.includes('pg_prepared_statements'));
}

test('a statement is kept from its second time on, and gives what it gave', async () => {
  const ask = (value: number) => sql<{ it: number }>`SELECT ${value}::integer + 1 AS it`.execute(db);
  expect((await ask(1)).rows).toEqual([{ it: 2 }]);
  expect(await kept()).toEqual([]);
  for (let value = 2; value < 10; value++) expect((await ask(value)).rows).toEqual([{ it: value + 1 }]);
  expect(await kept()).toEqual(['SELECT $1::integer + 1 AS it']);
});

test('statements about the ledger are planned for their values', async () => {
  for (const organisation of [1, 2, 3])
    await sql`SELECT count(*) FROM ledger WHERE organisation = ${organisation}`.execute(db);
  expect((await kept()).filter((text) => text.includes('ledger'))).toEqual([]);
});

test('a connection keeps fifty; others are answered all the same', async () => {
  for (let number = 0; number < 80; number++)
    for (const value of [1, 2])
      expect((await sql`SELECT ${value}::integer + ${sql.lit(number)} AS it`.execute(db)).rows).toEqual([
        { it: value + number },
      ]);
  expect((await kept()).length).toBeGreaterThan(40);
  expect((await kept()).length).toBeLessThanOrEqual(50);
});

test('a fault in a transaction leaves the next one whole', async () => {
  const divide = (by: number) =>
    db.transaction().execute(async (tx) => (await sql`SELECT 12 / ${by}::integer AS it`.execute(tx)).rows);
  expect(await divide(3)).toEqual([{ it: 4 }]);
  for (let time = 0; time < 3; time++) await expect(divide(0)).rejects.toThrow('division by zero');
  expect(await divide(4)).toEqual([{ it: 3 }]);
});
