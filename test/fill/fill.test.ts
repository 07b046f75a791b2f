/** A filled database is one that a calculator could have made. */
import { parseCaseEvent } from '@effectstroom/contracts';
import { readProgress, readTotals } from '@effectstroom/database';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { verify } from '../../services/calculator/src/verification.ts';
import { startTestDatabase, type TestDatabase } from '../portal/test-database.ts';
import { faultsOf } from './faults.ts';
import { fill } from './fill.ts';

const CASES = 4_000;
const OPTIONS = { cases: CASES, municipalities: 40, years: 2, seed: 7, tell: () => undefined };

async function withFilled<T>(processors: number, work: (database: TestDatabase) => Promise<T>): Promise<T> {
  const database = await startTestDatabase();
  try {
    await fill({ ...OPTIONS, url: database.url, processors });
    return await work(database);
  } finally {
    await database.stop();
  }
}

test('everything adds up, by every check, and is what ingest and a calculator would have made', async () => {
  await withFilled(2, async ({ db }) => {
    expect(await faultsOf(db)).toEqual([]);
    const { cases, faults } = await verify(db, () => undefined);
    expect({ cases, faults }).toEqual({ cases: CASES, faults: [] });
    const { rows } = await sql<{ state: string; cases: number; corrected: number }>`
      SELECT state, count(*)::integer AS cases,
        (count(*) FILTER (WHERE cardinality(events) > 1))::integer AS corrected
      FROM case_state GROUP BY state`.execute(db);
    const share = (state: string) => (rows.find((row) => row.state === state)?.cases ?? 0) / CASES;
    expect(share('withdrawn')).toBeCloseTo(0.02, 2);
    expect(share('registered')).toBeCloseTo(0.08, 2);
    const corrected = rows.find(({ state }) => state === 'assessed')?.corrected ?? 0;
    expect(corrected / CASES).toBeCloseTo(0.22, 2); // assessed later, or corrected
    const repriced = await sql<{ entries: bigint }>`SELECT count(*) AS entries FROM ledger
      WHERE revalued`.execute(db);
    expect(repriced.rows[0]?.entries).toBeGreaterThan(0n);
    expect(await db.selectFrom('quarantine').selectAll().execute()).toEqual([]);
    expect((await readProgress(db)).quarantined).toBe(0n);
    // The payloads are what ingest would have published.
    const events = await db.selectFrom('event').select('payload').limit(500).execute();
    for (const { payload } of events)
      expect(JSON.stringify(parseCaseEvent(JSON.parse(payload)))).toBe(payload);
  });
});

test('the same seed gives the same totals, on any number of processors', async () => {
  const sums = async ({ db }: TestDatabase) => {
    const { cases, savings } = await readTotals(db);
    const total = savings.reduce((sum, { corrected }) => sum + corrected, 0n);
    return { total, cost: cases.reduce((sum, { cost }) => sum + cost, 0n), rows: savings.length };
  };
  expect(await withFilled(3, sums)).toEqual(await withFilled(1, sums));
});
