/** A newer version adds a column to a table whose statements the connections of this one have kept. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type Database, inSnapshot, isOutdated } from '@effectstroom/database';
import { type Postgres, startPostgres } from '@effectstroom/infra';
import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'effectstroom-kept-'));
let postgres: Postgres;
let db: Kysely<Database>;
let other: Kysely<Database>;

beforeAll(async () => {
  postgres = await startPostgres({ folder: join(folder, 'postgres'), settings: { fsync: 'off' } });
  const [options, changing] = ['reader', 'newer version'].map((applicationName) => ({
    ...{ url: postgres.url, applicationName, connectionsMax: 1 },
  }));
  if (options === undefined || changing === undefined) throw new Error('two connections');
  db = connect(options);
  other = connect(changing);
  await sql`CREATE TABLE thing (id integer); INSERT INTO thing VALUES (1)`.execute(other);
}, 60_000);
afterAll(async () => {
  await db.destroy();
  await other.destroy();
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Two statements that are kept from the second time on. */
async function ask(on: Kysely<Database>): Promise<unknown[]> {
  const one = await sql`SELECT * FROM thing WHERE id = ${1}`.execute(on);
  const all = await sql`SELECT t.*, ${'x'}::text AS x FROM thing t`.execute(on);
  return [...one.rows, ...all.rows];
}

test('a snapshot is answered, and what is asked alone is answered the next time', async () => {
  for (let time = 0; time < 3; time++)
    expect(await inSnapshot(db, ask)).toEqual([{ id: 1 }, { id: 1, x: 'x' }]);
  await sql`ALTER TABLE thing ADD COLUMN size integer DEFAULT 3`.execute(other);
  const wider = [
    { id: 1, size: 3 },
    { id: 1, size: 3, x: 'x' },
  ];
  for (let time = 0; time < 3; time++) expect(await inSnapshot(db, ask)).toEqual(wider);

  await sql`ALTER TABLE thing DROP COLUMN size`.execute(other);
  const failed: unknown = await ask(db).catch((error: unknown) => error);
  expect(isOutdated(failed)).toBe(true);
  expect(await ask(db)).toEqual([{ id: 1 }, { id: 1, x: 'x' }]);
});
