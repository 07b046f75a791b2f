/** The primary is put back, or is none: what replicates another history is not read from, nor called near. */
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createReaders, type Readers } from '@effectstroom/database';
import { becomesTrue, type Postgres, startPostgres } from '@effectstroom/infra';
import { sql } from 'kysely';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'effectstroom-history-'));
const at = (name: string) => join(folder, name);
const settings = { fsync: 'off' };
let primary: Postgres;
let replica: Postgres;
let readers: Readers;
let standbys = 0;

beforeAll(async () => {
  primary = await startPostgres({ folder: at('primary'), settings });
  await onPrimary('CREATE TABLE said (word text); INSERT INTO said VALUES ($$before$$)');
  replica = await startPostgres({
    ...{ folder: at('replica'), settings },
    replicaOf: { url: primary.url, folder: at('primary') },
  });
  readers = read(primary.url, [replica.url]);
});
afterAll(async () => {
  await readers.close();
  await replica.stop();
  await primary.stop();
  rmSync(folder, { recursive: true, force: true });
});

function read(primaryUrl: string, replicaUrls: string[]): Readers {
  const onStandby = () => void standbys++;
  return createReaders({
    ...{ primaryUrl, replicaUrls, behindMsMax: 600_000, applicationName: 'test', onStandby },
  });
}

async function ask({ url }: Postgres, text: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(text).finally(() => client.end());
}

const onPrimary = (text: string) => ask(primary, text);

/** What is read, and where. */
async function seen() {
  const { rows } = await sql<{ word: string }>`SELECT word FROM said`.execute(readers.db);
  const { role, behindMs } = await readers.source();
  return { role, behindMs, words: rows.map(({ word }) => word) };
}

async function until(role: string, word: string): Promise<void> {
  const isSo = async () => {
    const found = await seen().catch(() => undefined);
    return found?.role === role && found.words.includes(word);
  };
  expect(await becomesTrue(isSo, 15_000), `${role} says ${word}`).toBe(true);
}

/** Starts a primary in the place of the former one. */
async function startInPlace(name: string, word: string): Promise<void> {
  primary = await startPostgres({ folder: at(name), settings, port: primary.port });
  const text = `CREATE TABLE IF NOT EXISTS said (word text); INSERT INTO said VALUES ($$${word}$$)`;
  // Until it has recovered it takes no writes.
  const isSaid = () =>
    onPrimary(text)
      .then(() => true)
      .catch(() => false);
  expect(await becomesTrue(isSaid, 15_000)).toBe(true);
}

/** Reads on while the replica would be taken up again. */
async function readsOnlyThePrimary(): Promise<void> {
  await until('primary', 'again');
  const ends = performance.now() + 2_500;
  while (performance.now() < ends)
    expect(await seen()).toMatchObject({ role: 'primary', words: expect.arrayContaining(['again']) });
}

/** The data as they were at this moment, twice; the primary and its replica go on. */
async function copyAndGoOn(): Promise<void> {
  await primary.stop();
  for (const name of ['disk', 'restored']) {
    cpSync(at('primary'), at(name), { recursive: true });
    chmodSync(at(`${name}/data`), 0o700);
  }
  await startInPlace('primary', 'lost');
  await until('replica', 'lost');
  await primary.stop();
}

const timeout = 60_000;

test('a primary that follows another is called a replica, and nobody can tell how far it is', async () => {
  await until('replica', 'before');
  const misled = read(replica.url, []);
  expect(await misled.source()).toMatchObject({ role: 'replica', behindMs: undefined });
  expect(standbys).toBe(1);
  await misled.close();
});

test('the primary is put back as its disk once was: the replica has more than it', { timeout }, async () => {
  await copyAndGoOn();
  await startInPlace('disk', 'again');
  await readsOnlyThePrimary();
  await primary.stop();
});

test('it is restored to a moment, and has written far beyond what the replica has', { timeout }, async () => {
  // As such a recovery ends: it goes on by itself, on a timeline of its own.
  writeFileSync(at('restored/data/recovery.signal'), '');
  writeFileSync(at('restored/data/postgresql.auto.conf'), "restore_command = 'false'\n");
  await startInPlace('restored', 'again');
  await onPrimary('CREATE TABLE more AS SELECT generate_series(1, 200000) AS number');
  await readsOnlyThePrimary();
  await primary.stop();
  // Nor is the replica read from without it.
  const isRefused = () =>
    seen().then(
      () => false,
      () => true,
    );
  expect(await becomesTrue(isRefused, 15_000)).toBe(true);
});

test('it is filled anew, as from a dump', { timeout }, async () => {
  mkdirSync(at('anew'), { mode: 0o700 });
  cpSync(at('primary/password'), at('anew/password'));
  await startInPlace('anew', 'again');
  await readsOnlyThePrimary();
  await primary.stop();
});

test('it comes back as it was: the replica is read from again', { timeout }, async () => {
  await startInPlace('primary', 'back');
  await until('replica', 'back');
});

test('what follows a replica that was promoted is not read from beside the primary', {
  timeout,
}, async () => {
  const further = { url: replica.url, folder: at('replica') };
  const second = await startPostgres({ folder: at('second'), settings, replicaOf: further });
  await readers.close();
  readers = read(primary.url, [second.url]);
  try {
    await until('replica', 'back');
    await ask(replica, 'SELECT pg_promote()');
    await ask(replica, 'INSERT INTO said VALUES ($$elsewhere$$)');
    await onPrimary('INSERT INTO said VALUES ($$again$$)');
    await readsOnlyThePrimary();
    expect((await seen()).words).not.toContain('elsewhere');
  } finally {
    await second.stop();
  }
});
