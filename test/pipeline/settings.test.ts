/** A change of settings values exactly the cases again that it touches. */
import { type Savings, savingsSchema } from '@effectstroom/contracts';
import { jetstreamManager } from '@nats-io/jetstream';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { STREAM } from '../harness/pipeline.ts';
import type { SentPriceList } from '../harness/sent.ts';
import {
  ADDRESS,
  assessed,
  BEGELEIDING,
  manyCases,
  PRICE_LIST,
  PRICES,
  PROGRAMME,
  registered,
  usePipeline,
} from './fixtures.ts';

const world = usePipeline();
const { pipeline } = world;

/** Rows that are there now. */
async function counts(): Promise<{ entries: number; versions: number }> {
  const { rows } = await sql<{ entries: number; versions: number }>`SELECT
    (SELECT count(*)::integer FROM ledger) AS entries,
    (SELECT count(*)::integer FROM settings) AS versions`.execute(pipeline.db);
  return rows[0] ?? { entries: 0, versions: 0 };
}

/** What a change adds. The totals are checked too. */
async function addedBy(change: () => Promise<void>): Promise<{ entries: number; versions: number }> {
  expect(await world.faults()).toEqual([]);
  const before = await counts();
  await change();
  expect(await world.faults()).toEqual([]);
  const after = await counts();
  return { entries: after.entries - before.entries, versions: after.versions - before.versions };
}

function priced(price: string): SentPriceList {
  const [edition] = PRICE_LIST.editions;
  const items = (edition?.items ?? []).map((item) =>
    item.service === 'begeleiding' ? { ...item, price } : item,
  );
  return { ...PRICE_LIST, editions: [{ from: '2021-01-01', items }] };
}

test('as many entries as there are cases that it touches, twice', async () => {
  const huisarts = { avoided: [{ ...BEGELEIDING, service: 'huisarts' }] };
  const sroi = { ...ADDRESS, programme: 'sroi' };
  await world.putProgramme(sroi, { ...PROGRAMME, method: 'sroi', correctionFactors: [] });
  await world.sendAll([
    ...manyCases('three', 30),
    ...manyCases('one', 20, { theme: '1' }),
    ...manyCases('later', 10, { theme: '1', date: '2022-04-01' }),
    ...manyCases('huisarts', 15, huisarts),
    ...manyCases('sroi', 25, { programme: 'sroi' }),
    registered('registered', 0),
    ...Array.from({ length: 5 }, (_, number) => assessed(`three-${number}`, 1)),
  ]);
  const own = { from: '2022-01-01', factor: '0.8', theme: '1' };
  const factors = { ...PROGRAMME, correctionFactors: [...(PROGRAMME.correctionFactors ?? []), own] };
  expect(await addedBy(() => world.putProgramme(ADDRESS, factors))).toEqual({ entries: 20, versions: 1 });
  expect(await addedBy(() => world.putPriceList(PRICES, priced('65.00')))).toEqual({
    entries: 170,
    versions: 1,
  });
  expect(await addedBy(() => world.putProgramme(ADDRESS, { ...factors, name: 'Anders' }))).toEqual({
    entries: 0,
    versions: 1,
  });
});

test('the same settings again change nothing, however they are written', async () => {
  const current = world.book.programmes.get('GM0394/meerwaarde/main') ?? PROGRAMME;
  const [scale, followingYears] = [{ possible: 35, probable: 70, certain: 100 }, 2];
  const spelled = { followingYears, scale, budgets: [], ...current };
  expect(await addedBy(() => world.putProgramme(ADDRESS, current))).toEqual({ entries: 0, versions: 0 });
  expect(await addedBy(() => world.putProgramme(ADDRESS, spelled))).toEqual({ entries: 0, versions: 0 });
  expect(await addedBy(() => world.putPriceList(PRICES, priced('65.0')))).toEqual({
    entries: 0,
    versions: 0,
  });
});

test('figures as of a moment before a change stay what they were', async () => {
  await world.send(...manyCases('asof', 40));
  await pipeline.settled();
  const moment = await knownMoment();
  const then = await grossAsOf(moment);
  expect(then).toBe(await grossNow());
  await world.putPriceList(PRICES, priced('99.99'));
  await world.send(...manyCases('after', 10));
  expect(await world.faults()).toEqual([]);
  expect(await grossAsOf(moment)).toBe(then);
  expect(await grossNow()).not.toBe(then);
  expect(await grossAsOf(await knownMoment())).toBe(await grossNow());
});

test('killed while it values thousands of cases again, it goes on where it was', {
  timeout: 120_000,
}, async () => {
  const cases = 12_000;
  await world.sendAll(manyCases('many', cases, { programme: 'large' }), 500);
  await world.putProgramme({ ...ADDRESS, programme: 'large' }, { ...PROGRAMME, priceList: 'large' });
  await world.putPriceList('large', priced('1.00'));
  let killed = 0;
  for (let change = 2; killed < 2; change++) {
    expect(change, 'the revaluation was never met half-way').toBeLessThan(12);
    expect(await world.faults()).toEqual([]);
    const { entries } = await counts();
    await world.putPriceList('large', priced(`${change}.00`));
    await pipeline.until(
      async () => (await casesDone()) > 0 || (await counts()).entries === entries + 2 * cases,
      'the revaluation is under way',
    );
    if ((await casesDone()) === 0) continue;
    await pipeline.calculator.kill();
    if ((await casesDone()) < cases) killed++;
    await pipeline.calculator.start();
    expect(await world.faults()).toEqual([]);
    expect((await counts()).entries).toBe(entries + 2 * cases);
  }
});

test('what a stream made anew interrupts, is finished: settings reach every case', {
  timeout: 120_000,
}, async () => {
  const cases = 12_000;
  await world.sendAll(manyCases('anew', cases, { programme: 'anew' }), 500);
  await world.putProgramme({ ...ADDRESS, programme: 'anew' }, { ...PROGRAMME, priceList: 'anew' });
  await world.putPriceList('anew', priced('1.00'));
  let interrupted = false;
  for (let change = 2; !interrupted; change++) {
    expect(change, 'the revaluation was never met half-way').toBeLessThan(12);
    expect(await world.faults()).toEqual([]);
    await world.putPriceList('anew', priced(`${change}.00`));
    await pipeline.until(
      async () => (await casesDone()) > 0 || (await pipeline.status()).applied.pending === 0,
      'the revaluation is under way',
    );
    if ((await casesDone()) === 0) continue;
    await pipeline.calculator.kill();
    interrupted = (await casesDone()) < cases;
    if (interrupted) await (await jetstreamManager(pipeline.connection)).streams.delete(STREAM);
    await pipeline.calculator.start();
  }
  await world.send(...manyCases('after-anew', 5));
  expect(await world.faults()).toEqual([]);
});

test('while settings are being applied, figures without asOf are those of the moment that they name', {
  timeout: 120_000,
}, async () => {
  await world.sendAll(manyCases('between', 12_000, { programme: 'between' }), 500);
  await world.putProgramme({ ...ADDRESS, programme: 'between' }, { ...PROGRAMME, priceList: 'between' });
  await world.putPriceList('between', priced('1.00'));
  expect(await world.faults()).toEqual([]);
  const answers: Savings[] = [];
  let met = 0;
  for (let change = 2; met < 3 && change < 12; change++) {
    await world.putPriceList('between', priced(`${change}.00`));
    while ((await pipeline.status()).applied.pending > 0) {
      answers.push(await savings());
      if ((await casesDone()) > 0) met++;
    }
  }
  expect(met, 'the revaluation was never met half-way').toBeGreaterThan(0);
  for (const answer of answers)
    expect(await savings(answer.basis.asOf ?? ''), answer.basis.asOf ?? '').toEqual(answer);
});

/** The figures of the year, as JSON. */
async function savings(asOf?: string): Promise<Savings> {
  const query = new URLSearchParams({ from: '2021-01-01', to: '2021-12-31', ...(asOf ? { asOf } : {}) });
  return savingsSchema.parse(await pipeline.ask(`/v1/savings?${query}`));
}

/** How many cases settings that are half applied have been applied to; 0 where none are. */
async function casesDone(): Promise<number> {
  const { rows } = await sql<{
    done: number;
  }>`SELECT coalesce(max((revaluation->>'done')::integer), 0) AS done
    FROM partition_position`.execute(pipeline.db);
  return rows[0]?.done ?? 0;
}

/** The moment up to which everything is in. */
async function knownMoment(): Promise<string> {
  const { rows } = await sql<{
    moment: string;
  }>`SELECT min(known_at)::text AS moment FROM partition_position`.execute(pipeline.db);
  return rows[0]?.moment ?? '';
}

async function grossAsOf(moment: string): Promise<string> {
  const { rows } = await sql<{ gross: string }>`SELECT sum(sign * similar_cases * amount)::text AS gross
    FROM ledger CROSS JOIN unnest(amounts) AS amount WHERE known_at <= ${moment}::timestamptz`.execute(
    pipeline.db,
  );
  return rows[0]?.gross ?? '';
}

async function grossNow(): Promise<string> {
  const { rows } = await sql<{ gross: string }>`SELECT sum(gross)::text AS gross FROM saving_total`.execute(
    pipeline.db,
  );
  return rows[0]?.gross ?? '';
}
