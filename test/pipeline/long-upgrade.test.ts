/** While many cases are valued once more, a calculator still ends when it is asked to, and shares with another. */
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { manyCases, usePipeline } from './fixtures.ts';

const PAGES = 6;
const PAGE_CASES = 1_000;
/** All pages together take longer than a stop may, and than another waits for its share. */
const PAGE_SECONDS = 2.5;
const SHARED_WITHIN_MS = 12_000;

const world = usePipeline();
const { pipeline } = world;
const other = pipeline.service('calculator', {}, 'calculator-other');

test('a long upgrade holds up neither the stop nor another calculator', { timeout: 90_000 }, async () => {
  await world.sendAll(manyCases('long', PAGES * PAGE_CASES), 500);
  expect(await world.faults()).toEqual([]);
  await pipeline.calculator.stop();
  await slowPages();
  await sql`UPDATE partition_position SET valuation = 1`.execute(pipeline.db);

  await pipeline.calculator.start();
  await pipeline.until(isWritingPage, 'a page is being written');
  const { exited } = pipeline.calculator.running;
  await pipeline.calculator.stop();
  expect(await exited).toEqual({ code: 0, signal: null });

  await pipeline.calculator.start();
  await pipeline.until(isWritingPage, 'a page is being written');
  await other.start();
  await pipeline.until(async () => (await partitionsHeld()).join() === '2,2', 'both hold', SHARED_WITHIN_MS);
  expect(await toUpgrade()).toBe(4);

  await sql`DROP TRIGGER slow_page ON partition_position`.execute(pipeline.db);
  await pipeline.until(async () => (await toUpgrade()) === 0, 'all cases are valued once more');
  expect(await world.faults()).toEqual([]);
});

/** Every page takes its time in PostgreSQL. */
async function slowPages(): Promise<void> {
  await sql`CREATE FUNCTION slow_page() RETURNS trigger LANGUAGE plpgsql AS
    ${sql.lit(`BEGIN PERFORM pg_sleep(${PAGE_SECONDS}); RETURN NULL; END`)}`.execute(pipeline.db);
  await sql`CREATE TRIGGER slow_page BEFORE UPDATE OF revaluation ON partition_position
    FOR EACH STATEMENT EXECUTE FUNCTION slow_page()`.execute(pipeline.db);
}

async function isWritingPage(): Promise<boolean> {
  const { rows } = await sql`SELECT FROM pg_stat_activity WHERE wait_event = 'PgSleep'`.execute(pipeline.db);
  return rows.length > 0;
}

/** How many partitions have cases that wait to be valued once more. */
async function toUpgrade(): Promise<number> {
  const { rows } = await sql`SELECT FROM partition_position WHERE valuation < 2`.execute(pipeline.db);
  return rows.length;
}

/** How many partitions each worker holds the locks of. */
async function partitionsHeld(): Promise<number[]> {
  const { rows } = await sql<{ held: number }>`SELECT count(*)::integer AS held FROM pg_locks
    JOIN pg_stat_activity USING (pid)
    WHERE locktype = 'advisory' AND classid = 7246002 AND granted GROUP BY pid`.execute(pipeline.db);
  return rows.map(({ held }) => held);
}
