/** Who keeps the locks of a worker: one that lives, however busy it is; not one that is frozen. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { endSilentWorkers, joinWorkers, openSession, type Session } from '@effectstroom/database';
import { type Postgres, startPostgres } from '@effectstroom/infra';
import { sql } from 'kysely';
import type { Connection } from 'pg';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'effectstroom-lease-'));
const LEASE_MS = 1_000;
let postgres: Postgres;
const sessions: Session[] = [];

beforeAll(async () => {
  postgres = await startPostgres({ folder });
});

afterEach(async () => {
  for (const session of sessions.splice(0)) await session.close();
});

afterAll(async () => {
  await postgres?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** @returns the session, and how it ended by itself, if it did */
async function open(leaseMs?: number): Promise<{ session: Session; lost: Error[] }> {
  const lost: Error[] = [];
  const options = { url: postgres.url, applicationName: 'lease test', ...(leaseMs && { leaseMs }) };
  const session = await openSession(options, (error) => lost.push(error));
  sessions.push(session);
  return { session, lost };
}

/** CopyData, a length of 6 and a row (protocol of PostgreSQL, "COPY Operations"). */
const ROW = Buffer.from('d\0\0\0\x061\n');

/** A COPY of which the rows come one by one. */
class SlowCopy {
  #connection: Connection | undefined;
  failure: Error | undefined;

  submit(connection: Connection): void {
    this.#connection = connection;
    connection.query('COPY slow FROM STDIN');
  }

  send(): void {
    this.#connection?.stream.write(ROW);
  }

  handleCopyInResponse(): void {}

  handleError(error: Error): void {
    this.failure = error;
  }
}

it('a session that has nothing to ask is kept', async () => {
  const { session, lost } = await open(LEASE_MS);
  await sleep(3 * LEASE_MS);
  expect(lost).toEqual([]);
  await sql`SELECT 1`.execute(session.db);
});

it('the session of a process that is frozen ends', async () => {
  const { lost } = await open(LEASE_MS);
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 3 * LEASE_MS);
  await expect.poll(() => lost.length).toBe(1);
});

it('a worker that sends slowly is kept, one that stopped to send ends', async () => {
  const [{ session: other }, { session: worker }] = [await open(), await open()];
  await sql`CREATE TABLE slow (number integer)`.execute(other.db);
  await joinWorkers(worker.db);
  const copy = new SlowCopy();
  worker.client.query(copy);
  const lookFor = async (ms: number, meanwhile: () => void) => {
    for (const until = performance.now() + ms; performance.now() < until; await sleep(100)) {
      meanwhile();
      await endSilentWorkers(other.db, LEASE_MS);
    }
  };
  await lookFor(3 * LEASE_MS, () => copy.send());
  expect(copy.failure).toBeUndefined();
  await lookFor(LEASE_MS, () => undefined);
  expect(copy.failure?.message).toContain('terminating connection');
});
