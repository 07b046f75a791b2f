/** A closing takes what stands before it in the stream, whatever the clocks of the calculators say. */
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Pipeline } from '../harness/pipeline.ts';
import { World } from '../harness/world.ts';
import { ADDRESS, assessed, manyCases, PRICE_LIST, PRICES, PROGRAMME } from '../pipeline/fixtures.ts';
import { askBundle, askClosing, close, recompute } from './closed-world.ts';

const pipeline = new Pipeline();
const world = new World(pipeline);
const share = { PARTITIONS_MAX: '2' };
const calculators = [1, 2].map((number) => pipeline.service('calculator', share, `calculator-${number}`));
const { organisation } = ADDRESS;

beforeAll(async () => {
  await pipeline.start([...calculators, pipeline.ingest, pipeline.portal]);
  await world.putPriceList(PRICES, PRICE_LIST);
  await world.putProgramme(ADDRESS, PROGRAMME);
});
afterAll(() => pipeline.end());

/** Has a calculator have answered for moments that are still to come in half of the partitions. */
async function setAhead(partitions: readonly number[]): Promise<void> {
  await pipeline.settled();
  for (const calculator of calculators) await calculator.stop();
  await sql`UPDATE partition_position SET known_at = known_at + interval '10 minutes'
    WHERE partition = ANY(${[...partitions]}::smallint[])`.execute(pipeline.db);
  for (const calculator of calculators) await calculator.start();
}

function priced(price: string) {
  const editions = PRICE_LIST.editions.map((edition) => ({
    ...edition,
    items: edition.items.map((item) => ({ ...item, price })),
  }));
  return { ...PRICE_LIST, editions };
}

const whole = (text: string) => BigInt(text.replace('.', ''));

test('figures, settings and events of a bundle are of one place in the stream', {
  timeout: 120_000,
}, async () => {
  for (const [round, ahead] of [
    [0, 1],
    [2, 3],
    [1, 2],
  ].entries()) {
    await setAhead(ahead);
    const period = `2021-0${round + 4}`;
    const date = `${period}-15`;
    await world.sendAll(manyCases(`before-${round}`, 40, { date }));
    await world.putPriceList(PRICES, priced(`${70 + round}.13`));
    const closed = await close(pipeline, organisation, period);
    expect(closed.reported?.total.cases.registered).toBe(40);
    await world.putPriceList(PRICES, priced(`${50 + round}.77`));
    await world.sendAll(manyCases(`after-${round}`, 20, { date }));
    await world.send(assessed(`before-${round}-3`, 9, { date, similarCases: 7 }));
    await pipeline.settled();
    const { code, output } = await recompute(pipeline, await askBundle(pipeline, organisation, period));
    expect(code, output).toBe(0);
    expect(output).toContain(closed.checksums?.all);
    const { reported, afterClosing, now } = await askClosing(pipeline, organisation, period);
    expect(reported).toEqual(closed.reported);
    expect(afterClosing?.cases.registered).toBe(20);
    const [was, came] = [reported?.total.exact.corrected, afterClosing?.exact.corrected];
    expect(whole(was ?? '') + whole(came ?? '')).toBe(whole(now.exact.corrected));
  }
  expect(await world.faults()).toEqual([]);
  const otherwise = await sql`SELECT FROM ledger l JOIN closing c ON c.organisation = l.organisation
    WHERE (l.cause < c.number) <> (l.known_at <= c.known_at)`.execute(pipeline.db);
  expect(otherwise.rows.length, 'the clocks differ').toBeGreaterThan(0);
});
