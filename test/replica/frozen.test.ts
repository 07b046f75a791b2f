/** PostgreSQL is stopped (SIGSTOP): whoever asks is told so within seconds, and all goes on afterwards. */
import { connect } from '@effectstroom/database';
import { sql } from 'kysely';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { BoardClient } from '../board/board-client.ts';
import { until } from '../harness/until.ts';
import { signalTree } from '../machines/process-tree.ts';
import { manyCases, usePipeline } from '../pipeline/fixtures.ts';
import { type Answer, ask, gaugeOf, SAVINGS } from './following.ts';

const world = usePipeline();
const { pipeline } = world;
const exporter = pipeline.service('exporter', { REFRESH_SECONDS: '1', DEADLINE_SECONDS: '3' });
const postgres = () => pipeline.postgres.running.pid;
beforeAll(() => exporter.start());
afterEach(() => signalTree(postgres(), 'SIGCONT'));

/**
 * Milliseconds: until the server counts as away, with what was in hand; on a machine that is busy with
 * other tests.
 */
const TOLD_WITHIN = 12_000;
/** Once it counts as away nobody waits for it. */
const TOLD_AT_ONCE = 2_000;

const PATHS = [
  SAVINGS,
  '/v1/savings?from=2021-01-01&to=2021-12-31',
  '/v1/compare?from=2021-01-01&to=2021-12-31&beforeFrom=2020-01-01&beforeTo=2020-12-31',
  '/v1/status',
  '/v1/quarantine',
  '/v1/programmes',
  '/health/ready',
];

function askAll(times: number): Promise<Answer[]> {
  const { url } = pipeline.portal.running;
  const paths = Array.from({ length: times }, () => PATHS).flat();
  return Promise.all(paths.map((path) => ask(url + path)));
}

/** All are told to come back, within some milliseconds. */
function expectRefused(answers: readonly Answer[], ms: number): void {
  for (const answer of answers) {
    expect(answer).toMatchObject({ status: 503, retryAfter: expect.stringMatching(/^\d+$/) });
    expect(answer.ms).toBeLessThan(ms);
  }
}

/**
 * A statement of 30 seconds, and a connection that does nothing: what becomes of them at a server that is
 * stopped.
 */
async function holdTwo(): Promise<() => Promise<unknown>> {
  const options = { url: pipeline.postgres.running.url, applicationName: 'test' };
  const [asking, idle] = [connect(options), connect(options)];
  await sql`SELECT 1`.execute(idle);
  const asked = sql`SELECT pg_sleep(30)`.execute(asking).then(
    () => 'answered',
    (error: unknown) => error,
  );
  await until(async () => (await sleepers()) === 1, 'the statement is under way');
  return async () => {
    await idle.destroy();
    const outcome = await asked;
    await asking.destroy();
    return outcome;
  };
}

/** Statements that are asleep, by the word of PostgreSQL. */
async function sleepers(): Promise<number> {
  const { rows } = await sql<{ count: number }>`SELECT count(*)::integer AS count FROM pg_stat_activity
    WHERE wait_event = 'PgSleep'`.execute(pipeline.db);
  return rows[0]?.count ?? 0;
}

/** Milliseconds until the board has said something. */
async function look(board: BoardClient): Promise<{ status: number; ms: number }> {
  const began = performance.now();
  const { status } = await board.get('/');
  return { status, ms: performance.now() - began };
}

test('who asks is told within seconds, who sends is not held up, and nothing is lost', {
  timeout: 150_000,
}, async () => {
  const board = new BoardClient(pipeline.portal.running.url);
  await board.signIn('local-admin');
  await world.sendAll(manyCases('before', 200));
  await pipeline.settled();
  // Every connection of the portal exists and has been used.
  for (const one of await askAll(4)) expect(one.status).toBe(200);
  const endOfBoth = await holdTwo();

  const load = world.sendAll(manyCases('under-way', 2_000), 50);
  signalTree(postgres(), 'SIGSTOP');
  const began = performance.now();
  const [answers, page, ended] = await Promise.all([askAll(4), look(board), endOfBoth()]);
  expectRefused(answers, TOLD_WITHIN);
  expect(page.ms).toBeLessThan(TOLD_WITHIN);
  expect(ended).toMatchObject({ code: 'ETIMEDOUT', message: 'PostgreSQL does not answer' });
  expect(performance.now() - began).toBeLessThan(TOLD_WITHIN);
  expectRefused(await askAll(4), TOLD_AT_ONCE);
  expect((await look(board)).ms).toBeLessThan(TOLD_AT_ONCE);
  await load;
  await world.sendAll(manyCases('while-frozen', 200));

  const { url } = exporter.running;
  const isRefreshed = (success: number) => () =>
    gaugeOf(url, 'refresh_success').then((found) => found === success);
  await until(isRefreshed(0), 'the exporter says that it cannot refresh', 15_000);
  // The last figures stay.
  expect(await gaugeOf(url, 'applied_sequence')).toBeGreaterThan(0);
  expect((await ask(`${url}/metrics`)).ms).toBeLessThan(TOLD_AT_ONCE);
  const calculator = `${pipeline.calculator.running.url}/health/ready`;
  await until(async () => (await ask(calculator)).status === 503, 'the calculator is not ready', 15_000);

  signalTree(postgres(), 'SIGCONT');
  const thawed = performance.now();
  await pipeline.settled();
  expect(performance.now() - thawed).toBeLessThan(15_000);
  for (const one of await askAll(1)) expect(one.status).toBe(200);
  await until(isRefreshed(1), 'the exporter refreshes', 15_000);
  expect(await world.faults()).toEqual([]);
});

test('a statement may take as long as it takes where the server lives', { timeout: 60_000 }, async () => {
  const db = connect({ url: pipeline.postgres.running.url, applicationName: 'test' });
  // Longer than the wait for a first sign of life.
  const { rows } = await sql<{ done: boolean }>`SELECT pg_sleep(3.5) IS NOT NULL AS done`.execute(db);
  expect(rows).toEqual([{ done: true }]);
  await db.destroy();
});
