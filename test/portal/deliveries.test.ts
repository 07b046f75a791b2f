/** Who has delivered and who has not, of a pipeline that runs. */
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type DeliveriesAnswer,
  type DeliveryRow,
  deliveriesAnswerSchema,
  deliveriesHistorySchema,
  type Savings,
  savingsSchema,
} from '@effectstroom/contracts';
import { describe, expect, test } from 'vitest';
import { decide, putDeliveries } from '../harness/sender.ts';
import type { SentEvent } from '../harness/sent.ts';
import {
  ADDRESS,
  assessed,
  PROGRAMME,
  registered,
  SOURCE,
  usePipeline,
  withdrawn,
} from '../pipeline/fixtures.ts';
import { readCsv, readXlsx } from './read-files.ts';

const world = usePipeline();
const { pipeline } = world;
const OTHER = 'urn:nld:kvknr:41224547:systeem:ander';
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const YEARLY = { source: SOURCE, name: 'RegiX', rhythm: 'yearly', graceDays: 10, from: '2021-01-01' };
const ENDED = { ...YEARLY, to: '2021-12-31' };

function by(source: string, event: SentEvent): SentEvent {
  return { ...event, source };
}

/** What an organisation that only one test knows sends. */
function of(organisation: string) {
  return { address: { ...ADDRESS, organisation }, data: { organisation } };
}

async function ask(path: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${pipeline.portal.running.url}/v1/${path}`, {
    headers: { authorization: 'Bearer local-read', ...headers },
  });
}

async function deliveries(query: string): Promise<DeliveriesAnswer> {
  const response = await ask(`deliveries?${query}`);
  expect(response.status).toBe(200);
  const answer = await response.json();
  expect(deliveriesAnswerSchema.parse(answer)).toEqual(answer);
  return answer as DeliveriesAnswer;
}

async function rowOf(organisation: string, source: string, year = 2021): Promise<DeliveryRow> {
  const { rows } = await deliveries(`organisation=${organisation}&year=${year}`);
  const row = rows.find((one) => one.source === source);
  if (row === undefined) throw new Error('The source is not listed');
  return row;
}

async function basis(query: string): Promise<Savings['basis']> {
  const response = await ask(`savings?${query}`);
  expect(response.status).toBe(200);
  return savingsSchema.parse(await response.json()).basis;
}

const YEAR = 'from=2021-01-01&to=2021-12-31';

test('before anything is expected, it is not known what is missing', async () => {
  await world.send(assessed('first', 0));
  await pipeline.settled();
  const missing = [{ kind: 'no-rhythm', organisation: 'meerwaarde' }];
  expect(await basis(`${YEAR}&municipality=GM0394`)).toMatchObject({ complete: false, missing });
  expect(await basis(`${YEAR}&organisation=meerwaarde&programme=main`)).toMatchObject({ missing });
  // Nobody has a programme there.
  expect(await basis(`${YEAR}&municipality=GM0001`)).toMatchObject({ complete: true, missing: [] });
  const row = await rowOf('meerwaarde', SOURCE);
  expect(row).toMatchObject({ name: null, rhythm: null, due: null, onTime: null });
  expect(Date.now() - Date.parse(row.lastDelivery ?? '')).toBeLessThan(60_000);
});

describe('sources of an organisation', () => {
  const { address, data } = of('drie-bronnen');

  test('are shown with what they count for, beside the same months of last year', async () => {
    await world.putProgramme(address, PROGRAMME);
    await putDeliveries(pipeline, 'drie-bronnen', [
      ENDED,
      { ...ENDED, source: 'urn:nld:kvknr:99999990:nooit', name: 'Nooit geleverd', rhythm: 'monthly' },
    ]);
    await world.send(
      assessed('b-1', 0, { ...data, date: '2021-03-01' }),
      registered('b-2', 0, { ...data, date: '2021-03-31' }),
      assessed('b-3', 0, { ...data, date: '2021-12-31' }),
      assessed('b-4', 0, { ...data, date: '2022-03-01' }),
      by(OTHER, assessed('b-5', 0, { ...data, date: '2022-03-05' })),
    );
    await pipeline.settled();
    const { rows } = await deliveries('organisation=drie-bronnen&year=2022');
    expect(rows.map(({ source }) => source)).toEqual([OTHER, SOURCE, 'urn:nld:kvknr:99999990:nooit']);
    const [other, own, never] = rows;
    expect(other).toMatchObject({
      name: null,
      rhythm: null,
      due: null,
      onTime: null,
      shareAssessed: '1.0000',
    });
    expect(own).toMatchObject({ ...ENDED, due: '2022-01-10', onTime: true, shareAssessed: '1.0000' });
    expect(never).toMatchObject({
      lastDelivery: null,
      due: '2022-01-10',
      onTime: false,
      shareAssessed: null,
    });
    expect(own?.months[2]).toEqual({
      ...{ month: '2022-03', registered: 1, assessed: 1 },
      lastYear: { registered: 2, assessed: 1 },
    });
    expect(own?.months[11]).toMatchObject({ month: '2022-12', registered: 0, lastYear: { registered: 1 } });
    expect((await rowOf('drie-bronnen', SOURCE)).shareAssessed).toBe('0.6667');
  });

  test('show a key without detail no few cases, and no share that would tell them', async () => {
    const created = await fetch(`${pipeline.ingest.running.url}/v1/keys`, {
      method: 'POST',
      headers: { authorization: 'Bearer local-admin', 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'lezer', scopes: ['read'], organisations: ['*'], sources: ['*'] }),
    });
    const { key } = (await created.json()) as { key: string };
    const query = 'deliveries?organisation=drie-bronnen&year=2022';
    const read = () => ask(query, { authorization: `Bearer ${key}` });
    await pipeline.until(async () => (await read()).ok, 'the portal knows the key', 20_000);
    const { rows } = deliveriesAnswerSchema.parse(await (await read()).json());
    const own = rows.find(({ source }) => source === SOURCE);
    const few = { registered: null, assessed: null };
    expect(own?.months[2]).toEqual({ month: '2022-03', ...few, lastYear: few });
    expect(own?.months[1]).toMatchObject({ registered: 0, assessed: 0 });
    expect(own).toMatchObject({ lastDelivery: expect.any(String), shareAssessed: null });
    const csv = await ask(query, { authorization: `Bearer ${key}`, accept: 'text/csv' });
    const table = readCsv(Buffer.from(await csv.arrayBuffer()));
    expect(table.find((row) => row['source'] === SOURCE)).toMatchObject({ '2022-03.registered': null });
  });

  test('move a case to the source that corrects it, and forget one that is withdrawn', async () => {
    const march = async (source: string) => (await rowOf('drie-bronnen', source)).months[2]?.registered;
    expect([await march(SOURCE), await march(OTHER)]).toEqual([2, 0]);
    await world.send(by(OTHER, assessed('b-2', 1, { ...data, date: '2021-03-30' })));
    await pipeline.settled();
    expect([await march(SOURCE), await march(OTHER)]).toEqual([1, 1]);
    const [event] = [withdrawn('b-2', 2)];
    await world.send({ ...event, data: { ...event.data, ...data } });
    await pipeline.settled();
    expect([await march(SOURCE), await march(OTHER)]).toEqual([1, 0]);
  });

  test('say how many of their events stand in quarantine, conflicts of identity among them', async () => {
    const one = assessed('b-6', 0, { ...data, theme: '9' });
    const two = assessed('b-7', 0, { ...data });
    await world.send(one, two, by(OTHER, assessed('b-8', 0, { ...data, theme: '9', date: '2020-01-01' })));
    await world.send({ ...two, data: { ...two.data, theme: '1' } });
    await pipeline.settled();
    const counts = async () =>
      (await deliveries('organisation=drie-bronnen')).rows.map(({ quarantined }) => quarantined);
    expect(await counts()).toEqual([1, 2, 0]);
    const quarantine = async (query: string) =>
      (await basis(`${query}&organisation=drie-bronnen`)).missing.filter(({ kind }) => kind === 'quarantine');
    const expected = (events: number) => [{ kind: 'quarantine', organisation: 'drie-bronnen', events }];
    expect(await quarantine(YEAR)).toEqual(expected(2));
    expect(await quarantine('from=2020-01-01&to=2021-12-31')).toEqual(expected(3));
    expect(await quarantine('from=2022-01-01&to=2022-12-31')).toEqual([]);
    expect(await quarantine('from=2021-01-01&to=2021-01-31&view=calendar')).toEqual(expected(1));
    const before = await basis(`${YEAR}&organisation=drie-bronnen`);
    await world.putProgramme(address, {
      ...PROGRAMME,
      themes: [...PROGRAMME.themes, { code: '9', name: 'Negen', goals: [] }],
    });
    await pipeline.settled();
    expect(await counts()).toEqual([1, 1, 0]); // no factor in 2020
    expect(await quarantine(YEAR)).toEqual(expected(1));
    const between = await basis(`${YEAR}&organisation=drie-bronnen`);
    const conflict = {
      organisation: 'drie-bronnen',
      source: two.source,
      id: two.id,
      target: 'identity-conflict',
    };
    await decide(pipeline, { ...conflict, decision: 'dismiss' });
    await pipeline.settled();
    expect(await counts()).toEqual([1, 0, 0]);
    expect(await quarantine(YEAR)).toEqual([]);
    // As of then, what stood there then.
    expect(await quarantine(`${YEAR}&asOf=${before.asOf}`)).toEqual(expected(2));
    expect(await quarantine(`${YEAR}&asOf=${between.asOf}`)).toEqual(expected(1));
    await decide(pipeline, { ...conflict, decision: 'retry' });
    expect(await world.faults()).toEqual([]);
    expect(await quarantine(YEAR)).toEqual(expected(1));
  });

  test('say how many of their events ingest refused', async () => {
    const before = (await rowOf('drie-bronnen', OTHER)).refused ?? 0;
    const faulty = by(OTHER, assessed('b-9', 0, { ...data, theme: 'not a code' }));
    const response = await fetch(`${pipeline.ingest.running.url}/v1/events`, {
      method: 'POST',
      headers: {
        authorization: 'Bearer local-ingest',
        'content-type': 'application/cloudevents-batch+json',
      },
      body: JSON.stringify([faulty, { ...faulty, id: 'another' }]),
    });
    expect(response.status).toBe(400);
    const isCounted = async () => (await rowOf('drie-bronnen', OTHER)).refused === before + 2;
    await pipeline.until(isCounted, 'what was refused is counted', 20_000);
    expect((await rowOf('drie-bronnen', SOURCE)).refused).toBe(0);
  });

  test('come in pages, and as files', async () => {
    const found: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: DeliveriesAnswer = await deliveries(`municipality=GM0394&limit=1&cursor=${cursor}`);
      found.push(...page.rows.map(({ organisation, source }) => `${organisation} ${source}`));
      cursor = page.next;
    }
    const { rows, asOf } = await deliveries('municipality=GM0394&year=2022');
    expect(found).toEqual(rows.map(({ organisation, source }) => `${organisation} ${source}`));
    for (const [accept, read] of [['text/csv', readCsv] as const, [XLSX, readXlsx] as const]) {
      const response = await ask('deliveries?municipality=GM0394&year=2022', { accept });
      expect(response.headers.get('content-disposition')).toContain('deliveries-2022');
      const table = read(Buffer.from(await response.arrayBuffer()));
      expect(table).toHaveLength(rows.length);
      const own = table.find((row) => row['organisation'] === 'drie-bronnen' && row['source'] === SOURCE);
      expect(own).toMatchObject({ name: 'RegiX', rhythm: 'yearly', onTime: 'true', to: '2021-12-31' });
      // Each answer says its own moment.
      expect(String(own?.['asOf']) >= String(asOf)).toBe(true);
      expect(String(own?.['2021-03.registered'])).toBe('3');
      expect(String(own?.['shareAssessed'])).toMatch(/^1(,0000)?$/);
    }
    const savings = await ask(`savings?${YEAR}&organisation=drie-bronnen`, { accept: 'text/csv' });
    expect(readCsv(Buffer.from(await savings.arrayBuffer()))[0]).toMatchObject({
      'basis.complete': 'false',
      'basis.missing': 'delivery drie-bronnen urn:nld:kvknr:99999990:nooit, quarantine drie-bronnen',
    });
  });

  test('are answered as they were put, with every version', async () => {
    const history = deliveriesHistorySchema.parse(await (await ask('deliveries/drie-bronnen')).json());
    expect(history.sources[0]).toEqual(ENDED);
    expect(history.history).toHaveLength(1);
    expect((await ask('deliveries/niemand')).status).toBe(404);
  });
});

describe('a source that is late', () => {
  const { address, data } = of('te-laat');
  const days = (shift: number) => new Date(Date.now() + shift * 86_400_000).toISOString().slice(0, 10);
  const period = `from=${days(-20)}&to=${days(20)}&organisation=te-laat`;

  test('keeps figures from being complete until it delivers; as of before that, it still does', async () => {
    await world.putProgramme(address, { ...PROGRAMME, budgets: [] });
    await putDeliveries(pipeline, 'te-laat', [{ ...YEARLY, rhythm: 'daily', graceDays: 1, from: days(-30) }]);
    await pipeline.settled();
    const before = await basis(period);
    expect(before).toMatchObject({
      complete: false,
      missing: [{ kind: 'delivery', organisation: 'te-laat', source: SOURCE, lastDelivery: null }],
    });
    const moment = new Date().toISOString();
    await sleep(5); // the next event becomes known later than the moment
    await world.send(registered('t-1', 0, { ...data, date: days(-3) }));
    await pipeline.settled();
    expect(await basis(period)).toMatchObject({ complete: true, missing: [] });
    const { lastDelivery, onTime } = await rowOf('te-laat', SOURCE);
    expect(onTime).toBe(true);
    expect(await basis(`${period}&asOf=${moment}`)).toMatchObject({ missing: before.missing });
    // The same day, after one delivery and before another.
    await sleep(5);
    await world.send(registered('t-2', 0, { ...data, date: days(-3) }));
    await pipeline.settled();
    expect((await rowOf('te-laat', SOURCE)).lastDelivery).not.toBe(lastDelivery);
    expect(await basis(`${period}&asOf=${lastDelivery}`)).toMatchObject({ complete: true });
    // Before the settings were known nobody expected anything.
    const [{ knownAt } = { knownAt: '' }] = deliveriesHistorySchema.parse(
      await (await ask('deliveries/te-laat')).json(),
    ).history;
    const earlier = new Date(Date.parse(knownAt) - 1).toISOString();
    expect((await basis(`${period}&asOf=${earlier}`)).missing).toEqual([
      { kind: 'no-rhythm', organisation: 'te-laat' },
    ]);
  });

  test('misses nothing of days that lie ahead', async () => {
    const ahead = `from=${days(40)}&to=${days(60)}&organisation=te-laat`;
    expect(await basis(ahead)).toMatchObject({ complete: true, missing: [] });
  });

  test('is told with when it delivered before, as of then', async () => {
    const { lastDelivery } = await rowOf('te-laat', SOURCE);
    await putDeliveries(pipeline, 'te-laat', [
      { ...YEARLY, rhythm: 'daily', graceDays: 1, from: days(-30) },
      { ...YEARLY, source: OTHER, rhythm: 'daily', graceDays: 1, from: days(-30) },
    ]);
    await pipeline.settled();
    const { missing } = await basis(period);
    expect(missing).toMatchObject([{ kind: 'delivery', source: OTHER, lastDelivery: null }]);
    expect(lastDelivery).not.toBeNull();
  });
});
