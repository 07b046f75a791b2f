/**
 * A newer version brings its schema while this version runs: beside it where the two work together, else not.
 */
import { copyFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect, migrate } from '@effectstroom/database';
import { sql } from 'kysely';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { assessed, manyCases, usePipeline } from '../pipeline/fixtures.ts';
import { MIGRATIONS } from './filled-first-version.ts';

const world = usePipeline();
const { pipeline } = world;
const folder = mkdtempSync(join(tmpdir(), 'effectstroom-newer-'));
const names = readdirSync(MIGRATIONS).filter((name) => name.endsWith('.sql'));
const newest = names.sort().at(-1)?.slice(0, 4);
/** A reader that waits longer than this was held up. */
const HELD_UP_MS = 4_500;
const READING_MS = 6_000;

beforeAll(() => {
  for (const name of names) copyFileSync(join(MIGRATIONS, name), join(folder, name));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** As a newer version starts: it brings the schema to where it must be. */
async function migrateAsNewer(name: string, text: string): Promise<string[]> {
  writeFileSync(join(folder, name), text);
  const db = connect({
    url: pipeline.postgres.running.url,
    applicationName: 'newer version',
    connectionsMax: 1,
  });
  try {
    return await migrate(db, folder);
  } finally {
    await db.destroy();
  }
}

test('beside a newer version that says that it works with this one, nothing changes', async () => {
  const sending = world.sendAll(manyCases('while-it-comes', 400), 20);
  const text = `-- Works with ${newest} and newer.
    ALTER TABLE ledger ADD COLUMN told text;
    CREATE TABLE of_newer (id integer PRIMARY KEY);`;
  expect(await migrateAsNewer('0901-newer.sql', text)).toEqual(['0901-newer.sql']);
  await sending;
  expect(await world.faults()).toEqual([]);
  // One that starts anew finds a schema that is newer than it, and works.
  await pipeline.calculator.kill();
  await world.sendAll([...manyCases('after-it', 40), assessed('while-it-comes-1', 1)], 10);
  await pipeline.calculator.start();
  expect(await world.faults()).toEqual([]);
});

test('a migration does not hold up others while it waits for a reader', { timeout: 60_000 }, async () => {
  const url = pipeline.postgres.running.url;
  const [reader, other] = [new Client({ connectionString: url }), new Client({ connectionString: url })];
  await Promise.all([reader.connect(), other.connect()]);
  try {
    await reader.query('BEGIN; SELECT count(*) FROM ledger');
    const reading = sleep(READING_MS).then(() => reader.query('COMMIT'));
    const text = `-- Works with ${newest} and newer.\nALTER TABLE ledger ADD COLUMN told_too text`;
    let isDone = false;
    const migrating = migrateAsNewer('0902-newer.sql', text).finally(() => {
      isDone = true;
    });
    let longest = 0;
    let asked = 0;
    while (!isDone) {
      const startedAt = performance.now();
      await other.query('SELECT count(*) FROM ledger');
      longest = Math.max(longest, performance.now() - startedAt);
      asked++;
      await sleep(20);
    }
    await reading;
    expect(await migrating).toEqual(['0902-newer.sql']);
    expect(asked).toBeGreaterThan(10);
    expect(longest).toBeLessThan(HELD_UP_MS);
  } finally {
    await Promise.all([reader.end(), other.end()]);
  }
});

test('nor is it held up where the list of migrations itself must be widened', {
  timeout: 60_000,
}, async () => {
  const url = new URL(pipeline.postgres.running.url);
  await sql`CREATE DATABASE of_before`.execute(pipeline.db);
  url.pathname = '/of_before';
  const [reader, other] = [
    new Client({ connectionString: url.href }),
    new Client({ connectionString: url.href }),
  ];
  const db = connect({ url: url.href, applicationName: 'newer version', connectionsMax: 1 });
  const empty = mkdtempSync(join(tmpdir(), 'effectstroom-none-'));
  await Promise.all([reader.connect(), other.connect()]);
  try {
    await other.query(`CREATE TABLE migration (name text PRIMARY KEY, checksum text NOT NULL,
      applied_at timestamptz NOT NULL DEFAULT now())`);
    await reader.query('BEGIN; SELECT FROM migration');
    const migrating = migrate(db, empty);
    await sleep(500);
    // It gives way, though the one it waits for has not ended.
    const asked = await Promise.race([other.query('SELECT FROM migration'), sleep(HELD_UP_MS, 'held up')]);
    expect(asked).toMatchObject({ rowCount: 0 });
    await reader.query('COMMIT');
    expect(await migrating).toEqual([]);
    await other.query('SELECT works_with FROM migration');
  } finally {
    await Promise.all([reader.end(), other.end(), db.destroy()]);
    rmSync(empty, { recursive: true });
  }
});

test('a calculator ends where the schema is of a version it cannot work with; readers go on', async () => {
  await migrateAsNewer('0903-newer.sql', 'ALTER TABLE ledger ADD COLUMN told_anew text');
  const old = pipeline.service('calculator', {}, 'calculator-old');
  await expect(old.start()).rejects.toThrow(/does not work with: 0903-newer\.sql\. Start a newer version/);
  const total = await pipeline.ask('/v1/savings?from=2021-01-01&to=2021-12-31');
  expect(total).toMatchObject({ total: { cases: { registered: 440 } } });
  const { rows } = await sql<{ works_with: string | null }>`SELECT works_with FROM migration
    WHERE name LIKE '09%' ORDER BY name`.execute(pipeline.db);
  expect(rows.map((row) => row.works_with)).toEqual([newest, newest, null]);
});
