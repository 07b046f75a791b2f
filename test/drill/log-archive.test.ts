/** A folder holds the log of one history: what goes another way must begin another. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Postgres, startPostgres } from '@effectstroom/infra';
import { afterAll, afterEach, expect, test } from 'vitest';
import { takeBaseBackup } from '../../infra/src/backup/base-backup.ts';
import { PARTS } from '../../infra/src/backup/make-backup.ts';
import { writeManifest } from '../../infra/src/backup/manifest.ts';
import { putBack } from '../../infra/src/backup/put-back.ts';
import { postgresTools } from '../../infra/src/postgres-tools.ts';
import { withClient } from '../../infra/src/with-client.ts';
import { untilArchived } from './until-archived.ts';

const folder = mkdtempSync(join(tmpdir(), 'effectstroom-log-'));
const at = (...names: string[]) => join(folder, ...names);
const settings = { fsync: 'off' };
const timeout = 120_000;
const running: Postgres[] = [];

afterEach(async () => {
  for (const server of running.splice(0)) await server.stop();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Starts the server of a data folder. */
async function start(data: string, archive: string | undefined): Promise<Postgres> {
  const server = await startPostgres({ folder: at(data, 'postgres'), settings, archive });
  running.push(server);
  return server;
}

async function startOnce(data: string, archive: string | undefined): Promise<void> {
  await start(data, archive);
  await running.pop()?.stop();
}

async function ask({ url }: Postgres, text: string): Promise<unknown[]> {
  return withClient(url, async (client) => (await client.query(text)).rows);
}

/** A back-up with `--base`. */
async function copied({ url }: Postgres, data: string, name: string): Promise<string> {
  const path = at(name);
  mkdirSync(path);
  await takeBaseBackup(await postgresTools(), { url, folder: join(path, PARTS.base) });
  writeFileSync(join(path, 'postgres-password'), readFileSync(at(data, 'postgres', 'password')));
  await writeManifest(path, { madeAt: new Date().toISOString(), programs: {}, database: 'base' });
  return path;
}

/** Puts a back-up and its log into a data folder. */
function put(from: string, archive: string, data: string): Promise<void> {
  const where = { folder: at(data), databaseUrl: undefined, natsUrl: undefined };
  const folders = { ingestFolder: at(data, 'ingest'), reportsFolder: at(data, 'reports') };
  const parts = { database: true, streams: false, files: false };
  const quiet = { tell: () => undefined, signal: new AbortController().signal };
  return putBack({ settings: where, folders, from, parts, archive, until: undefined, ...quiet });
}

test('what was put back begins another log, and a copy of it goes on with that one', {
  timeout,
}, async () => {
  const [before, after] = [at('log-before'), at('log-after')];
  const first = await start('first', before);
  await ask(first, 'CREATE TABLE said (word text)');
  const copy = await copied(first, 'first', 'copy');
  await ask(first, 'INSERT INTO said VALUES ($$before$$)');
  await untilArchived(first.url, before);
  await put(copy, before, 'second');

  // What it writes now has names that the log of before has with other contents, or will have.
  await expect(start('second', before)).rejects.toThrow('waarop dit niet aansluit');
  const second = await start('second', after);
  const further = await copied(second, 'second', 'further');
  await ask(second, 'INSERT INTO said VALUES ($$after$$)');
  await untilArchived(second.url, after);
  await expect(put(further, before, 'third')).rejects.toThrow('hoort niet bij deze kopie');
  await put(further, after, 'third');
  const third = await start('third', undefined);
  expect(await ask(third, 'SELECT word FROM said')).toEqual([{ word: 'before' }, { word: 'after' }]);

  // The same copy again, with all of its own log: another history of the same cluster and timeline.
  await put(copy, before, 'again');
  await expect(start('again', after)).rejects.toThrow('waarop dit niet aansluit');
});

test('a log goes on in its folder, but not with a gap in it, nor after the data began anew', {
  timeout,
}, async () => {
  const [own, old] = [at('log-own'), at('log-old')];
  await startOnce('logged', own);
  await startOnce('logged', own);
  await startOnce('logged', undefined);
  await expect(startOnce('logged', own)).rejects.toThrow('zonder EFFECTSTROOM_ARCHIVE');
  rmSync(at('logged'), { recursive: true });
  await expect(startOnce('logged', own)).rejects.toThrow('lege map');
  mkdirSync(old);
  writeFileSync(join(old, '000000010000000000000001'), '');
  await expect(startOnce('logged', old)).rejects.toThrow('lege map');
  await startOnce('logged', at('log-new'));
});
