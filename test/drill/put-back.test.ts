/** What a restore that fails half-way leaves behind: nothing, so that it can be done again. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, migrate } from '@effectstroom/database';
import { type Postgres, startPostgres } from '@effectstroom/infra';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { takeBaseBackup } from '../../infra/src/backup/base-backup.ts';
import { dumpDatabase, restoreDatabase } from '../../infra/src/backup/database-dump.ts';
import { findErased, keepErasedList, nameOf } from '../../infra/src/backup/erased-list.ts';
import { makeArchive } from '../../infra/src/backup/log-archive.ts';
import { PARTS } from '../../infra/src/backup/make-backup.ts';
import { writeManifest } from '../../infra/src/backup/manifest.ts';
import { putBack } from '../../infra/src/backup/put-back.ts';
import { type PostgresTools, postgresTools } from '../../infra/src/postgres-tools.ts';
import { untilArchived } from './until-archived.ts';

const TIMEOUT = 120_000;
const folder = mkdtempSync(join(tmpdir(), 'effectstroom-put-back-'));
const archive = makeArchive(join(folder, 'archive'));
const stops: (() => unknown)[] = [];
let tools: PostgresTools;
let postgres: Postgres;

beforeAll(async () => {
  tools = await postgresTools();
  postgres = await startPostgres({ folder: join(folder, 'source'), archive, settings: { fsync: 'off' } });
  const db = connect({ url: postgres.url, applicationName: 'test' });
  await migrate(db);
  await db.destroy();
  await run(`INSERT INTO organisation (code) VALUES ('meerwaarde')`);
}, TIMEOUT);
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});
afterAll(async () => {
  await postgres?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function run<Row extends object = object>(
  text: string,
  url = postgres.url,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Row>(text, values)).rows;
  } finally {
    await client.end();
  }
}

/** An empty database beside the source, and what there is of it. */
async function emptyDatabase(name: string) {
  await run(`CREATE DATABASE ${name}`);
  const url = new URL(postgres.url);
  url.pathname = `/${name}`;
  const names = async () => {
    const like = await run<{ name: string }>(
      `SELECT datname AS name FROM pg_database WHERE starts_with(datname, '${name}')`,
    );
    return like.map((row) => row.name);
  };
  const has = async () => (await run(`SELECT FROM pg_class WHERE relname = 'event'`, url.href)).length;
  return { url: url.href, names, has };
}

test('a dump is in its database whole, with what completes it, or not at all', {
  timeout: TIMEOUT,
}, async () => {
  const file = join(folder, 'database.dump');
  await dumpDatabase(tools, { url: postgres.url, file, onlyRecord: false });
  const target = await emptyDatabase('target');
  const nothing = async () => undefined;
  const broken = join(folder, 'broken.dump');
  const bytes = readFileSync(file);
  writeFileSync(broken, bytes.subarray(0, bytes.length - 2_000));
  await expect(restoreDatabase(tools, { url: target.url, file: broken }, nothing)).rejects.toThrow(
    'pg_restore',
  );
  expect([await target.names(), await target.has()]).toEqual([['target'], 0]);

  const interrupt = new AbortController();
  const interrupted = async () => interrupt.abort();
  const options = { url: target.url, file, signal: interrupt.signal };
  await expect(restoreDatabase(tools, options, interrupted)).rejects.toThrow('aborted');
  expect([await target.names(), await target.has()]).toEqual([['target'], 0]);

  const user = new pg.Client({ connectionString: target.url });
  await user.connect();
  await expect(restoreDatabase(tools, { url: target.url, file }, nothing)).rejects.toThrow(
    'stop eerst alles',
  );
  await user.end();

  await restoreDatabase(tools, { url: target.url, file }, async (half) => {
    await run(`INSERT INTO organisation (code) VALUES ('aangevuld')`, half);
    expect(await target.has()).toBe(0);
  });
  expect(await target.names()).toEqual(['target']);
  const codes = await run<{ code: string }>('SELECT code FROM organisation ORDER BY code', target.url);
  expect(codes.map(({ code }) => code)).toEqual(['aangevuld', 'meerwaarde']);
  await expect(restoreDatabase(tools, { url: target.url, file }, nothing)).rejects.toThrow('niet leeg');
});

test('a cluster is there when the log brought it to its moment, or not at all', {
  timeout: TIMEOUT,
}, async () => {
  const from = join(folder, 'backup');
  mkdirSync(from);
  await takeBaseBackup(tools, { url: postgres.url, folder: join(from, PARTS.base) });
  writeFileSync(join(from, 'postgres-password'), readFileSync(join(folder, 'source', 'password')));
  await writeManifest(from, { madeAt: new Date().toISOString(), programs: {}, database: 'base' });
  await run(`INSERT INTO organisation (code) VALUES ('later')`);
  await untilArchived(postgres.url, archive);

  const data = join(folder, 'restored');
  const parts = { database: true, streams: false, files: false };
  const settings = { folder: data, databaseUrl: undefined, natsUrl: undefined };
  const folders = { ingestFolder: join(data, 'ingest'), reportsFolder: join(data, 'reports') };
  const what = { settings, folders, from, parts };
  const restore = (until: Date | undefined, signal = new AbortController().signal) =>
    putBack({ ...what, archive, until, tell: () => undefined, signal });
  const quiet = { tell: () => undefined, signal: new AbortController().signal };
  const left = () => ['postgres', 'postgres.half'].filter((name) => existsSync(join(data, name)));

  const nothing = makeArchive(join(folder, 'nothing'));
  const elsewhere = putBack({ ...what, archive: nothing, until: undefined, ...quiet });
  await expect(elsewhere).rejects.toThrow(/geen log van PostgreSQL:\nhet gaat tot .* van 20\d\d-/);
  expect(left()).toEqual([]);
  await expect(restore(new Date(Date.now() + 3_600_000))).rejects.toThrow(
    /log gaat niet tot .*Z; .* van: 20\d\d-/,
  );
  expect(left()).toEqual([]);
  const interrupt = new AbortController();
  const looking = setInterval(() => {
    if (existsSync(join(data, 'postgres.half', 'data', 'recovery.signal'))) interrupt.abort();
  }, 1);
  stops.push(() => clearInterval(looking));
  await expect(restore(undefined, interrupt.signal)).rejects.toThrow('aborted');
  expect(left()).toEqual([]);

  await restore(undefined);
  expect(left()).toEqual(['postgres']);
  const again = await startPostgres({ folder: join(data, 'postgres') });
  stops.push(() => again.stop());
  expect(await run('SELECT code FROM organisation', again.url)).toContainEqual({ code: 'later' });
});

test('an erased case is on the list as long as there is a back-up that may hold it', {
  timeout: TIMEOUT,
}, async () => {
  const backups = join(folder, 'backups');
  const begunAt = new Date('2026-11-22T13:00:00Z');
  mkdirSync(join(backups, nameOf(begunAt)), { recursive: true });
  const minutesAfter = (minutes: number) => new Date(begunAt.getTime() + minutes * 60_000);
  const erase = async (id: string, asked: Date, applied: Date | null) => {
    await run(
      `INSERT INTO erasure (id, organisation, number, known_at, applied_at)
       SELECT $1, id, 1, $2, $3 FROM organisation WHERE code = 'meerwaarde'`,
      postgres.url,
      [id, asked, applied],
    );
    await run(
      `INSERT INTO erased_case
       SELECT sha256(salt || convert_to('meerwaarde ' || $1::text, 'UTF8')), $1::uuid, $2 FROM erasure_salt`,
      postgres.url,
      [id, minutesAfter(50_000)],
    );
  };
  const [waits, during, before] = ['1', '2', '3'].map(
    (digit) => `${digit.repeat(8)}-1111-4111-8111-111111111111`,
  );
  if (waits === undefined || during === undefined || before === undefined) throw new Error('no ids');
  await erase(waits, minutesAfter(-300), null);
  await erase(during, minutesAfter(-300), minutesAfter(1));
  await erase(before, minutesAfter(-300), minutesAfter(-200));
  expect(await keepErasedList(backups, postgres.url)).toBe(2);

  // It is done at last, and the database forgets the case a month later: its erasure still says when.
  await run('UPDATE erasure SET applied_at = $1 WHERE id = $2', postgres.url, [minutesAfter(-100), waits]);
  await run('DELETE FROM erased_case');
  expect(await keepErasedList(backups, postgres.url)).toBe(1);
  expect(readFileSync(join(backups, 'erased.json'), 'utf8')).toContain(during);
  expect(await findErased(backups, postgres.url)).toEqual([]);
  // Another folder, or an empty one, says nothing of how old the oldest back-up is.
  rmSync(join(backups, nameOf(begunAt)), { recursive: true });
  expect(await keepErasedList(backups, postgres.url)).toBe(1);
});
