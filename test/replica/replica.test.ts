/**
 * Portal and exporter read from a replica of PostgreSQL, say how far it is behind, and outlive either
 * server.
 */
import { connect, type Database } from '@effectstroom/database';
import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { momentsOf } from '../../services/portal/src/savings/moments.ts';
import { BoardClient } from '../board/board-client.ts';
import { pendingOf } from '../harness/pending.ts';
import { until as becomesSo } from '../harness/until.ts';
import { signalTree } from '../machines/process-tree.ts';
import { manyCases, registered, usePipeline } from '../pipeline/fixtures.ts';
import { ask, assess, figuresOf, gaugeOf, replicaOf, SAVINGS, statusOf } from './following.ts';

const world = usePipeline();
const { pipeline } = world;
const replica = replicaOf(pipeline);
/** Follows the replica however far it is behind. */
let patient = '';
/** Goes to the primary when the replica is three seconds behind. */
let strict = '';
let exporter = '';
const REGISTERED = '/v1/assessments/meerwaarde/first-1';
let onReplica: Kysely<Database>;

beforeAll(async () => {
  await replica.start();
  const { url } = replica.running;
  onReplica = connect({ url, applicationName: 'test' });
  const env = (seconds: string) => ({ READ_DATABASE_URL: url, READ_BEHIND_SECONDS_MAX: seconds });
  const services = [
    pipeline.service('portal', env('600'), 'patient'),
    pipeline.service('portal', env('3'), 'strict'),
    pipeline.service('exporter', { ...env('3'), REFRESH_SECONDS: '1' }),
  ];
  await Promise.all(services.map((service) => service.start()));
  [patient = '', strict = '', exporter = ''] = services.map(({ running }) => running.url);
});
afterAll(async () => {
  await onReplica.destroy();
  await replica.stop();
});

/** Within seconds. */
const until = (isSo: () => Promise<boolean>, what: string, ms = 15_000) => becomesSo(isSo, what, ms);

const readsFrom = (portal: string, role: string) => async () =>
  (await statusOf(portal)).database.role === role;

/** Sends cases and waits until the primary has them. @returns its figures */
async function more(prefix: string) {
  await world.sendAll(manyCases(prefix, 100));
  await pipeline.settled();
  return figuresOf(pipeline.portal.running.url);
}

test('they follow the replica, and say that it is hardly behind', { timeout: 60_000 }, async () => {
  const { rows, total } = await more('first');
  for (const portal of [patient, strict]) {
    await until(readsFrom(portal, 'replica'), 'reads from the replica');
    await until(async () => (await pendingOf(portal)) === 0, 'all is in');
    expect((await statusOf(portal)).database.behindSeconds).toBeLessThan(5);
    expect(await figuresOf(portal)).toMatchObject({ rows, total });
  }
  await until(async () => (await gaugeOf(exporter, 'database_is_replica')) === 1, 'reads from the replica');
  await until(async () => (await gaugeOf(exporter, 'pending_messages')) === 0, 'all is in');
  expect(await gaugeOf(exporter, 'database_behind_seconds')).toBeLessThan(5);
  const { rows: sessions } = await sql<{ name: string }>`
    SELECT DISTINCT application_name AS name FROM pg_stat_activity`.execute(onReplica);
  expect(sessions).toContainEqual({ name: 'portal' });
  // What the portals ask of the primary is only where it is.
  await until(async () => (await gaugeOf(exporter, 'refresh_success')) === 1, 'refreshes');
});

test('a replica that is behind says so, and counts as pending what it has not got', {
  timeout: 60_000,
}, async () => {
  const before = await figuresOf(patient);
  await sql`SELECT pg_wal_replay_pause()`.execute(onReplica);
  await world.sendAll([registered('first-1', 1)]);
  const after = await more('unseen');
  const moment = (portal: string, asOf: string) =>
    ask(`${portal}${SAVINGS}&asOf=${encodeURIComponent(asOf)}`);

  expect(await pendingOf(patient)).toBeGreaterThan(0);
  expect(await figuresOf(patient)).toMatchObject({ rows: before.rows, total: before.total });
  const refused = await moment(patient, after.asOf);
  expect(refused.status).toBe(409);
  const { latest } = JSON.parse(refused.text);
  expect(latest < after.asOf).toBe(true);
  expect((await moment(patient, latest)).status).toBe(200);
  // Also where the moment was waited for on another server.
  await expect(momentsOf(onReplica, after.asOf)).rejects.toMatchObject({ status: 409 });

  await until(readsFrom(strict, 'primary'), 'goes to the primary');
  expect(await figuresOf(strict)).toMatchObject({ rows: after.rows, total: after.total });
  expect(await pendingOf(strict)).toBe(0);
  await until(async () => (await gaugeOf(exporter, 'database_is_replica')) === 0, 'goes to the primary');

  await until(async () => ((await statusOf(patient)).database.behindSeconds ?? 0) > 5, 'says how far');
  const board = new BoardClient(patient);
  await board.signIn('local-read');
  expect((await board.get('/')).text).toMatch(
    /kopie van de database, die hooguit zoveel seconden achterloopt: \d/,
  );

  // It shows the former revision of a case, on which no assessment is taken.
  expect(JSON.parse((await ask(patient + REGISTERED)).text)).toMatchObject({ revision: 0 });
  expect(await assess(patient, REGISTERED, 0)).toMatchObject({ status: 409, body: { revision: 1 } });

  await sql`SELECT pg_wal_replay_resume()`.execute(onReplica);
  await until(async () => (await pendingOf(patient)) === 0, 'has caught up');
  await until(readsFrom(strict, 'replica'), 'comes back');
  expect((await moment(patient, after.asOf)).status).toBe(200);
});

test('the loss of the replica costs seconds, be it killed or stopped', { timeout: 60_000 }, async () => {
  const { total } = await figuresOf(patient);
  await replica.kill();
  await until(
    async () => (await statusOf(patient)).database.role === 'primary',
    'goes to the primary',
    5_000,
  );
  expect(await figuresOf(patient)).toMatchObject({ total });
  await replica.start();
  await until(readsFrom(patient, 'replica'), 'comes back');

  signalTree(replica.running.pid, 'SIGSTOP');
  try {
    await until(readsFrom(patient, 'primary'), 'goes to the primary');
    const { status, ms } = await ask(patient + SAVINGS);
    expect(status).toBe(200);
    expect(ms).toBeLessThan(2_000);
  } finally {
    signalTree(replica.running.pid, 'SIGCONT');
  }
  await until(readsFrom(patient, 'replica'), 'comes back');
});

test('without the primary they go on reading, and say how old it may be', { timeout: 60_000 }, async () => {
  const { total } = await figuresOf(patient);
  await pipeline.postgres.kill();
  await until(async () => ((await statusOf(strict)).database.behindSeconds ?? 0) > 4, 'says how far');
  for (const portal of [patient, strict]) {
    expect((await statusOf(portal)).database.role).toBe('replica');
    expect(await figuresOf(portal)).toMatchObject({ total });
    expect((await ask(`${portal}/health/ready`)).status).toBe(200);
    // What is sent would rest on what may be old.
    expect(await assess(portal, REGISTERED, 1)).toMatchObject({ status: 503 });
  }
  await until(async () => ((await gaugeOf(exporter, 'database_behind_seconds')) ?? 0) > 4, 'says how far');
  expect(await gaugeOf(exporter, 'refresh_success')).toBe(1);
  await world.sendAll(manyCases('without-primary', 100));

  await pipeline.postgres.start();
  await pipeline.settled();
  await until(async () => (await pendingOf(patient)) === 0, 'follows again');
  await until(async () => ((await statusOf(strict)).database.behindSeconds ?? 9) < 5, 'is near again');
  expect(await world.faults()).toEqual([]);
});
