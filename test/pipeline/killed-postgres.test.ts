/** PostgreSQL dies in the middle of a batch and comes back on the same folder. */
import { expect, test } from 'vitest';
import { assessed, manyCases, usePipeline } from './fixtures.ts';

const world = usePipeline();
const { pipeline } = world;

test('the calculator recovers by itself, and ingest goes on meanwhile', { timeout: 120_000 }, async () => {
  const pid = pipeline.calculator.running.pid;
  for (const round of ['one', 'two', 'three']) {
    const before = await entries();
    const load = world.sendAll(manyCases(round, 2_000), 50);
    await pipeline.until(async () => (await entries()) > before, 'a batch is in');
    await pipeline.postgres.kill();
    await world.sendAll(manyCases(`${round}-while-down`, 300), 50);
    await world.send(assessed(`${round}-7`, 3));
    await pipeline.postgres.start();
    await load;
    expect(await world.faults()).toEqual([]);
  }
  expect(pipeline.calculator.running.pid).toBe(pid);
});

async function entries(): Promise<number> {
  const { count } = await pipeline.db
    .selectFrom('ledger')
    .select((build) => build.fn.countAll<bigint>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}
