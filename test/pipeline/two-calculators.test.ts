/** Two calculators on one database and one stream. */
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Pipeline } from '../harness/pipeline.ts';
import { World } from '../harness/world.ts';
import { ADDRESS, assessed, manyCases, PRICE_LIST, PRICES, PROGRAMME, withdrawn } from './fixtures.ts';

const pipeline = new Pipeline();
const world = new World(pipeline);
const one = pipeline.service('calculator', { PARTITIONS_MAX: '2' }, 'calculator-one');
const other = pipeline.service('calculator', { PARTITIONS_MAX: '2' }, 'calculator-other');
const greedy = pipeline.service('calculator', { PARTITIONS_MAX: '4' }, 'calculator-greedy');

beforeAll(async () => {
  await pipeline.start([one, other, pipeline.ingest, pipeline.portal]);
  await world.putPriceList(PRICES, PRICE_LIST);
  await world.putProgramme(ADDRESS, PROGRAMME);
});
afterAll(() => pipeline.end());

test('they divide the partitions, and the totals are exact', { timeout: 120_000 }, async () => {
  const events = manyCases('shared', 4_000);
  const load = world.sendAll([...events, ...again(events.length)], 100);
  await pipeline.until(async () => world.accepted.length > 1_000, 'the load is under way');
  await world.putProgramme(ADDRESS, {
    ...PROGRAMME,
    correctionFactors: [{ from: '2020-01-01', factor: '0.5' }],
  });
  await load;
  expect(await world.faults()).toEqual([]);
  expect(await partitionsHeld()).toEqual([2, 2]);
  expect(await deadlocks()).toBe(0);
});

test('one takes over what the other held when it is killed', { timeout: 120_000 }, async () => {
  await other.stop();
  await greedy.start();
  await pipeline.until(async () => (await partitionsHeld()).join() === '2,2', 'both hold two partitions');
  const load = world.sendAll(manyCases('over', 3_000), 50);
  await pipeline.until(async () => world.accepted.length > 7_500, 'the load is under way');
  await one.kill();
  await world.putProgramme(ADDRESS, PROGRAMME);
  await load;
  expect(await world.faults()).toEqual([]);
  expect(await partitionsHeld()).toEqual([4]);
  expect(await deadlocks()).toBe(0);
});

function again(cases: number) {
  return Array.from({ length: cases / 2 }, (_, number) =>
    number % 3 === 0 ? withdrawn(`shared-${number}`, 2) : assessed(`shared-${number}`, 1, { theme: '1' }),
  );
}

/** How many partitions each worker holds the locks of. */
async function partitionsHeld(): Promise<number[]> {
  const { rows } = await sql<{ held: number }>`SELECT count(*)::integer AS held FROM pg_locks
    JOIN pg_stat_activity USING (pid)
    WHERE locktype = 'advisory' AND classid = 7246002 AND granted GROUP BY pid`.execute(pipeline.db);
  return rows.map(({ held }) => held);
}

async function deadlocks(): Promise<number> {
  const { rows } = await sql<{ deadlocks: number }>`SELECT deadlocks::integer FROM pg_stat_database
    WHERE datname = current_database()`.execute(pipeline.db);
  return rows[0]?.deadlocks ?? -1;
}
