import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Nats, type Postgres, StartFault, startNats, startPostgres } from '@effectstroom/infra';
import { jetstream, jetstreamManager, StorageType } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import pg from 'pg';
import { afterAll, afterEach, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'effectstroom-servers-'));
const started: (Nats | Postgres)[] = [];

afterEach(async () => {
  await Promise.all(started.splice(0).map((server) => server.stop()));
});
afterAll(() => rmSync(folder, { recursive: true }));

function kept<Server extends Nats | Postgres>(server: Server): Server {
  started.push(server);
  return server;
}

/** Asks PostgreSQL one thing, on a connection of its own. */
async function ask(url: string, text: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query({ text, rowMode: 'array' })).rows[0]?.[0];
  } finally {
    await client.end();
  }
}

/** Uses a JetStream connection to a server. */
async function withNats<T>(
  nats: Nats,
  work: (connection: Awaited<ReturnType<typeof connect>>) => Promise<T>,
): Promise<T> {
  const { username, password } = new URL(nats.url);
  const connection = await connect({ servers: `127.0.0.1:${nats.port}`, user: username, pass: password });
  try {
    return await work(connection);
  } finally {
    await connection.close();
  }
}

test('PostgreSQL keeps what was committed before a kill, at the same address', async () => {
  const options = { folder: join(folder, 'postgres') };
  const first = kept(await startPostgres(options));
  expect(await ask(first.url, 'SHOW fsync')).toBe('on');
  expect(await ask(first.url, 'SHOW server_encoding')).toBe('UTF8');
  expect(await ask(first.url, 'SHOW listen_addresses')).toBe('127.0.0.1');
  await ask(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
  first.kill('SIGKILL');
  expect(await first.exited).toEqual({ code: null, signal: 'SIGKILL' });
  const second = kept(await startPostgres({ ...options, port: first.port }));
  expect(second.url).toBe(first.url);
  expect(await ask(second.url, 'SELECT answer FROM kept')).toBe(42);
});

test('PostgreSQL starts beside a query that outlived its killed server', async () => {
  const options = { folder: join(folder, 'postgres-busy') };
  const first = kept(await startPostgres(options));
  const busy = ask(first.url, 'SELECT count(*) FROM generate_series(1, 1000000000000)').catch(String);
  const running =
    "SELECT count(*)::int FROM pg_stat_activity WHERE query LIKE '%generate_series%' AND state = 'active'";
  await expect.poll(() => ask(first.url, running), { timeout: 30_000 }).toBe(2);
  first.kill('SIGKILL');
  await first.exited;
  const second = kept(await startPostgres(options));
  expect(await ask(second.url, 'SELECT 1')).toBe(1);
  expect(await busy).toContain('terminated');
});

test('a PostgreSQL that was left running is stopped, and the folder used again', async () => {
  const options = { folder: join(folder, 'postgres-left') };
  const left = kept(await startPostgres(options));
  const next = kept(await startPostgres(options));
  expect(await left.exited).toEqual({ code: 0, signal: null });
  expect(await ask(next.url, 'SELECT 1')).toBe(1);
});

test('the password is for its owner only, and needed', async () => {
  const postgres = kept(await startPostgres({ folder: join(folder, 'postgres-password') }));
  expect(statSync(join(folder, 'postgres-password', 'password')).mode & 0o777).toBe(0o600);
  const url = new URL(postgres.url);
  url.password = 'another';
  await expect(ask(url.href, 'SELECT 1')).rejects.toThrow('password authentication failed');
});

test('settings of a test count', async () => {
  const settings = { fsync: 'off', max_connections: '12' };
  const postgres = kept(await startPostgres({ folder: join(folder, 'postgres-settings'), settings }));
  expect(await ask(postgres.url, 'SHOW fsync')).toBe('off');
  expect(await ask(postgres.url, 'SHOW max_connections')).toBe('12');
});

test('data of another PostgreSQL is left alone, with a message', async () => {
  const data = join(folder, 'postgres-old', 'data');
  mkdirSync(data, { recursive: true, mode: 0o700 });
  writeFileSync(join(data, 'PG_VERSION'), '14\n');
  const start = startPostgres({ folder: join(folder, 'postgres-old') });
  await expect(start).rejects.toThrow(StartFault);
  await expect(start).rejects.toThrow(/PostgreSQL 14.*EFFECTSTROOM_DATA/s);
});

test('a setting that PostgreSQL refuses is told in its own words', async () => {
  const start = startPostgres({ folder: join(folder, 'postgres-wrong'), settings: { fsyncc: 'on' } });
  await expect(start).rejects.toThrow('fsyncc');
});

test('nats-server keeps what it acknowledged before a kill, at the same address', async () => {
  const options = { folder: join(folder, 'nats') };
  const first = kept(await startNats(options));
  await withNats(first, async (connection) => {
    const manager = await jetstreamManager(connection);
    await manager.streams.add({ name: 'KEPT', subjects: ['kept'], storage: StorageType.File });
    await jetstream(connection).publish('kept', 'a message');
  });
  first.kill('SIGKILL');
  await first.exited;
  const second = kept(await startNats({ ...options, port: first.port }));
  expect(second.url).toBe(first.url);
  await withNats(second, async (connection) => {
    const manager = await jetstreamManager(connection);
    expect((await manager.streams.info('KEPT')).state.messages).toBe(1);
  });
});

test('a nats-server that was left running is stopped, and the folder used again', async () => {
  const options = { folder: join(folder, 'nats-left') };
  const left = kept(await startNats(options));
  const next = kept(await startNats(options));
  await left.exited;
  await withNats(next, (connection) => connection.flush());
});

test('nats-server wants the password, which is for its owner only', async () => {
  const nats = kept(await startNats({ folder: join(folder, 'nats-password') }));
  for (const file of ['password', 'nats-server.conf']) {
    expect(statSync(join(folder, 'nats-password', file)).mode & 0o777).toBe(0o600);
  }
  await expect(connect({ servers: `127.0.0.1:${nats.port}`, reconnect: false })).rejects.toThrow(
    /authorization/i,
  );
});

test('a stream of a newer nats-server is left alone, with a message', async () => {
  const place = join(folder, 'nats-newer');
  mkdirSync(place);
  writeFileSync(join(place, 'version'), '99.1.0\n');
  const start = startNats({ folder: place });
  await expect(start).rejects.toThrow(/nats-server 99\.1\.0.*EFFECTSTROOM_DATA/s);
  expect(readFileSync(join(place, 'version'), 'utf8')).toBe('99.1.0\n');
});
