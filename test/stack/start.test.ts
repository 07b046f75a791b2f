import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { loopback } from '@effectstroom/infra';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LocalStack, type PartName, pidFiles, runs } from './local-stack.ts';

const timeout = 300_000;
const parts = Object.keys(pidFiles) as PartName[];
let stack: LocalStack;

beforeEach(async () => {
  stack = await LocalStack.create();
});
afterEach(() => stack.remove());

async function isReady(service: 'ingest' | 'portal' | 'exporter'): Promise<boolean> {
  try {
    return (await fetch(`${stack.address(service)}/health/ready`)).ok;
  } catch {
    return false;
  }
}

/** What the reading role sees: a view of `reporting`, and the events themselves. */
async function readsReporting(): Promise<{ reporting: boolean; events: boolean }> {
  const kept = (name: string) => readFileSync(join(stack.folder, name), 'utf8').trim();
  const client = new pg.Client({
    ...{ host: loopback, port: Number(kept('postgres/port')), database: 'effectstroom' },
    ...{ user: 'effectstroom_lezer', password: kept('lezer.secret') },
  });
  await client.connect();
  const may = (table: string) =>
    client.query(`SELECT FROM ${table} LIMIT 1`).then(
      () => true,
      () => false,
    );
  try {
    return { reporting: await may('reporting.savings'), events: await may('public.event') };
  } finally {
    await client.end();
  }
}

/** The cookie of who signed in with the local key that reads. */
async function signIn(): Promise<string> {
  const address = stack.address('portal');
  const body = new URLSearchParams({ sleutel: 'local-read', naar: '/' });
  const headers = { origin: address };
  const answer = await fetch(`${address}/inloggen`, { method: 'POST', headers, body, redirect: 'manual' });
  return answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
}

async function boardStatus(cookie: string): Promise<number> {
  return (await fetch(stack.address('portal'), { headers: { cookie }, redirect: 'manual' })).status;
}

test('a fresh folder: up, ready, and gone after SIGTERM; then again on the same folder', {
  timeout,
}, async () => {
  const passwords: string[] = [];
  let session: string | undefined;
  for (const _ of ['first', 'second']) {
    stack.start(['--empty']);
    await stack.isUp();
    for (const service of ['ingest', 'portal', 'exporter'] as const)
      expect(await isReady(service)).toBe(true);
    expect(stack.output).toMatch(/Kijk op:\n +het bord .*local-read/);
    expect(await readsReporting()).toEqual({ reporting: true, events: false });
    session ??= await signIn();
    expect(await boardStatus(session)).toBe(200);
    expect(await boardStatus('')).not.toBe(200);
    const pids = stack.pids();
    expect(pids.every(runs)).toBe(true);
    passwords.push(readFileSync(join(stack.folder, 'postgres', 'password'), 'utf8'));
    stack.signal('SIGTERM');
    expect(await stack.ended()).toBe(0);
    expect(pids.filter(runs)).toEqual([]);
  }
  expect(passwords[0]).toBe(passwords[1]);
});

test('--empty --exit starts, checks and stops', { timeout }, async () => {
  stack.start(['--empty', '--exit']);
  expect(await stack.ended()).toBe(0);
  expect(stack.output).toContain('Alles is gestopt');
});

test('the replay gives every published figure, also a second time', { timeout }, async () => {
  for (const _ of ['first', 'second']) {
    stack.start(['--exit']);
    expect(await stack.ended()).toBe(0);
    expect(stack.output).toContain('€ 18.634.766  € 18.634.766  ✔');
    expect(stack.output).toContain('€ 13.319.919  € 13.319.919  ✔');
    expect(stack.output).not.toContain('✘');
  }
});

test('every part that is killed is started again within five seconds', { timeout }, async () => {
  stack.start(['--empty']);
  await stack.isUp();
  for (const part of parts) {
    const pid = stack.pidOf(part);
    expect(runs(pid)).toBe(true);
    process.kill(pid, 'SIGKILL');
    const anotherRuns = () => ![0, pid].includes(stack.pidOf(part));
    await expect.poll(anotherRuns, { timeout: 5_000, interval: 50 }).toBe(true);
    await expect.poll(() => stack.output, { timeout: 120_000 }).toContain(`✔ ${part} draait weer`);
  }
  for (const service of ['ingest', 'portal', 'exporter'] as const) {
    await expect.poll(() => isReady(service), { timeout: 120_000 }).toBe(true);
  }
});

test('after kill -9 of the starter nothing stays, and the next start works', { timeout }, async () => {
  stack.start(['--empty']);
  await stack.isUp();
  const pids = stack.pids();
  stack.signal('SIGKILL');
  await stack.ended();
  stack.start(['--empty', '--exit']);
  expect(await stack.ended()).toBe(0);
  expect(pids.filter(runs)).toEqual([]);
});

test('Ctrl-C during the start ends what was started', { timeout }, async () => {
  stack.start(['--empty']);
  await expect.poll(() => stack.output, { timeout: 120_000 }).toContain('✔ PostgreSQL');
  const pids = stack.pids();
  stack.signal('SIGINT');
  expect(await stack.ended()).toBe(130);
  expect([...pids, ...stack.pids()].filter(runs)).toEqual([]);
});

test('a second start on the same folder is told who has it', { timeout }, async () => {
  stack.start(['--empty']);
  await stack.isUp();
  const second = await LocalStack.create();
  try {
    second.start(['--empty'], { EFFECTSTROOM_DATA: stack.folder });
    expect(await second.ended()).toBe(1);
    expect(second.output).toContain('al in gebruik door een andere Effectstroom');
    expect(stack.pids().every(runs)).toBe(true);
  } finally {
    await second.remove();
  }
});

test('a port in use is named, with the variable that moves it and who holds it', { timeout }, async () => {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(stack.ports.portal, loopback, resolve);
  });
  try {
    stack.start(['--empty']);
    expect(await stack.ended()).toBe(1);
    expect(stack.output).toContain(`Poort ${stack.ports.portal}`);
    expect(stack.output).toContain('PORTAL_PORT');
    expect(stack.output).toContain(`proces ${process.pid}`);
  } finally {
    server.close();
  }
});

test('a folder of another PostgreSQL is refused with what to do', { timeout }, async () => {
  const data = join(stack.folder, 'postgres', 'data');
  mkdirSync(data, { recursive: true, mode: 0o700 });
  writeFileSync(join(data, 'PG_VERSION'), '17\n');
  stack.start(['--empty']);
  expect(await stack.ended()).toBe(1);
  expect(stack.output).toMatch(/zijn van PostgreSQL 17.*EFFECTSTROOM_DATA/s);
});

test('wrong settings are named all at once', async () => {
  stack.start(['--empty'], { INGEST_PORT: 'x', DATABASE_URL: 'mysql://host' });
  expect(await stack.ended()).toBe(1);
  expect(stack.output).toMatch(/INGEST_PORT.*DATABASE_URL/s);
});

test('an unknown option is refused with the help', async () => {
  stack.start(['--frobnicate']);
  expect(await stack.ended()).toBe(2);
  expect(stack.output).toContain('--frobnicate');
  expect(stack.output).toContain('npm start');
});
