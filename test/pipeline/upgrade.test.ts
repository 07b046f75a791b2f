/** Cases that a version of before valued are valued once more: no total moves, and the ledger says why. */
import { keepUpgradeCursor, readNewestValuing, readPositions } from '@effectstroom/database';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { ADDRESS, assessed, PROGRAMME, registered, usePipeline, withdrawn } from './fixtures.ts';

const world = usePipeline();
const { pipeline } = world;

test('a database of before gets services, prices and ranges, and keeps every figure', async () => {
  const cases = Array.from({ length: 60 }, (_, place) => `u-${place}`);
  await world.sendAll(cases.map((caseId) => assessed(caseId, 1)));
  await world.sendAll(cases.slice(0, 20).map((caseId) => assessed(caseId, 2, { theme: '1' })));
  await world.sendAll([registered('u-1', 3), withdrawn('u-2', 3)]);
  await world.putProgramme(ADDRESS, {
    ...PROGRAMME,
    correctionFactors: [{ from: '2021-01-01', factor: '0.8' }],
  });
  expect(await world.faults()).toEqual([]);
  const { db } = pipeline;
  const now = await figures();
  await pipeline.calculator.stop();
  const entries = await count(sql`ledger`);
  await asBefore();
  await asKilledHalfway();
  expect(await pipeline.status()).toMatchObject({ applied: { pending: 0 } });
  const before = await figures();
  expect(before).not.toEqual(now);
  await pipeline.calculator.start();
  await expect.poll(() => count(sql`partition_position WHERE valuation < 2`), { timeout: 20_000 }).toBe(0);
  expect(await figures()).toEqual(now);
  expect(await world.faults()).toEqual([]);
  const { rows } = await sql<{ moved: string; entries: bigint }>`
    SELECT sum(l.sign * a * l.similar_cases)::text AS moved, count(DISTINCT l.ctid) AS entries
    FROM ledger l CROSS JOIN unnest(l.amounts) AS a WHERE l.part = 10`.execute(db);
  expect(rows[0]?.moved).toBe('0');
  expect(await count(sql`ledger`)).toBe(entries + Number(rows[0]?.entries));

  // A second start finds nothing to do.
  await pipeline.calculator.kill();
  await pipeline.calculator.start();
  await world.sendAll([assessed('u-after', 1)]);
  expect(await world.faults()).toEqual([]);
});

/** Leaves what a calculator leaves that is killed between two pages. */
async function asKilledHalfway(): Promise<void> {
  const { db } = pipeline;
  const partitions = await db.selectFrom('partition_position').select(['partition', 'epoch']).execute();
  const positions = await readPositions(
    db,
    partitions.map(({ partition }) => partition),
    partitions[0]?.epoch ?? 0,
  );
  const number = await readNewestValuing(db);
  if (number === undefined) throw new Error('No programme was put');
  await db.transaction().execute((tx) => keepUpgradeCursor(tx, positions, { number, done: 20 }));
}

/** Takes away what a version of before did not know. */
async function asBefore(): Promise<void> {
  const { db } = pipeline;
  await sql`UPDATE partition_position SET valuation = 1`.execute(db);
  await sql`UPDATE ledger SET lows = amounts, highs = amounts`.execute(db);
  await sql`UPDATE saving_total SET low = corrected, high = corrected`.execute(db);
  await sql`UPDATE saving_year SET low = corrected, high = corrected`.execute(db);
  await sql`UPDATE case_state SET contribution = jsonb_set(contribution::jsonb, '{v}', (
      SELECT coalesce(jsonb_agg(jsonb_build_array(v->0, v->1, v->2)), '[]')
      FROM jsonb_array_elements(contribution::jsonb->'v') AS v))::text
    WHERE contribution IS NOT NULL`.execute(db);
}

async function figures(): Promise<unknown[]> {
  const { rows } = await sql`SELECT t.organisation, theme_group, month, recurrence, year,
      sum(gross)::text AS gross, sum(corrected)::text AS corrected, sum(low)::text AS low, sum(high)::text AS high
    FROM saving_total t JOIN line_group g ON g.organisation = t.organisation AND g.id = t.line_group
    GROUP BY 1, 2, 3, 4, 5 HAVING sum(gross) <> 0 ORDER BY 1, 2, 3, 4, 5`.execute(pipeline.db);
  expect(rows.length).toBeGreaterThan(1);
  return rows;
}

async function count(of: ReturnType<typeof sql>): Promise<number> {
  const { rows } = await sql<{ count: bigint }>`SELECT count(*) AS count FROM ${of}`.execute(pipeline.db);
  return Number(rows[0]?.count);
}
