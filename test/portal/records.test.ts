/** What can be asked beside figures, of a pipeline that runs: cases, quarantine, settings and status. */
import {
  type CaseHistoryAnswer,
  caseHistorySchema,
  priceListHistorySchema,
  priceListsSchema,
  programmeHistorySchema,
  programmesSchema,
  type Quarantine,
  quarantineSchema,
  type Savings,
  statusSchema,
} from '@effectstroom/contracts';
import { beforeAll, describe, expect, test } from 'vitest';
import type { SentLine } from '../harness/sent.ts';
import {
  ADDRESS,
  assessed,
  BEGELEIDING,
  PRICE_LIST,
  PRICES,
  PROGRAMME,
  registered,
  SOURCE,
  usePipeline,
  withdrawn,
} from '../pipeline/fixtures.ts';
import { readCsv } from './read-files.ts';

const world = usePipeline();
const { pipeline } = world;

function ask(path: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${pipeline.portal.running.url}/v1/${path}`, {
    headers: { authorization: 'Bearer local-read', ...headers },
  });
}

async function get<Answer>(path: string): Promise<Answer> {
  const response = await ask(path);
  expect(response.status, path).toBe(200);
  return (await response.json()) as Answer;
}

const YEARLY: SentLine = {
  ...{ amount: '1250.00', costBearer: 'zorgverzekeraar', likelihood: 70, contribution: 35, deadweight: 10 },
  ...{ recurrence: 'yearly', years: 3, dropOff: 20, effect: 'prevented-heavier-care', cashable: 'capacity' },
};

describe('the history of a case', () => {
  const history = () => get<CaseHistoryAnswer>('cases/meerwaarde/c-1');

  beforeAll(async () => {
    const lines = { similarCases: 12, cost: '450.00', avoided: [BEGELEIDING, YEARLY] };
    const secret = { residentKey: 'a-resident-key-of-16-or-more' };
    const counting = assessed('c-1', 2, { ...lines, ...secret }, { id: 'counts' });
    await world.send(registered('c-1', 1));
    await world.send(counting);
    await world.send({ ...counting, id: 'says-the-same' });
    await world.send(assessed('c-1', 0, {}, { id: 'comes-late' }));
    await world.send(assessed('c-1', 2, { cost: '1.00' }, { id: 'conflicts', time: '2020-01-01T00:00:00Z' }));
    await world.send(assessed('c-1', 7, {}, { id: 'counts' }));
    await pipeline.settled();
  });

  test('says of each event whether it counts, and never who the resident is', async () => {
    const answer = await history();
    expect(caseHistorySchema.parse(answer)).toEqual(answer);
    expect(answer.state).toBe('assessed');
    const events = answer.events.map(({ id, revision, status, reason }) => [id, revision, status, reason]);
    expect(events.slice(1)).toEqual([
      ['counts', 2, 'counted', null],
      ['says-the-same', 2, 'duplicate', null],
      ['comes-late', 0, 'superseded', null],
      ['conflicts', 2, 'quarantined', 'revision-conflict'],
      ['counts', 7, 'quarantined', 'identity-conflict'],
    ]);
    expect(answer.events[0]).toMatchObject({ revision: 1, status: 'superseded', source: SOURCE });
    expect(answer.events[1]?.data).toMatchObject({ theme: '3', similarCases: 12, cost: '450.00' });
    expect(JSON.stringify(answer)).not.toMatch(/residentKey|rk1:/);
  });

  test('walks every euro back to its price and percentages', async () => {
    const { entries } = await history();
    expect(entries.map(({ sign, event, gross }) => [sign, event.id === 'counts', gross])).toEqual([
      [1, false, '0.00'],
      [-1, false, '0.00'],
      // 12 × (64.00 × 26 × 0.7 + 1250 × 0.7 × 0.35 × 0.9 × (1 + 0.8 + 0.64))
      [1, true, '22047.90'],
    ]);
    const last = entries.at(-1);
    expect(last).toMatchObject({
      cause: { kind: 'event', source: SOURCE, id: 'counts' },
      ...{ similarCases: 12, cost: '450.00', factor: '0.9000', corrected: '19843.11', date: '2021-03-17' },
      programme: { kind: 'programme', key: 'GM0394/meerwaarde/main' },
      priceList: { kind: 'price-list', key: PRICES },
    });
    expect(last?.lines).toEqual([
      {
        ...{ service: 'begeleiding', price: '64.000000', quantity: '26' },
        edition: { from: '2021-01-01', priceLevel: null, source: null },
        ...{ likelihood: 70, contribution: 100, deadweight: 0, displacement: 0, dropOff: 0 },
        ...{ costBearer: 'gemeente', municipal: true, recurrence: 'one-off', effect: null, cashable: null },
        years: ['1164.800000'],
      },
      {
        ...{ service: null, price: '1250.000000', quantity: '1', edition: null },
        ...{ likelihood: 70, contribution: 35, deadweight: 10, displacement: 0, dropOff: 20 },
        ...{ costBearer: 'zorgverzekeraar', municipal: false, recurrence: 'yearly' },
        ...{ effect: 'prevented-heavier-care', cashable: 'capacity' },
        years: ['275.625000', '220.500000', '176.400000'],
      },
    ]);
    expect(
      last?.amounts.map(({ costBearer, year, ofOneCase, gross }) => [costBearer, year, ofOneCase, gross]),
    ).toEqual([
      ['gemeente', 0, '1164.800000', '13977.60'],
      ['zorgverzekeraar', 0, '275.625000', '3307.50'],
      ['zorgverzekeraar', 1, '220.500000', '2646.00'],
      ['zorgverzekeraar', 2, '176.400000', '2116.80'],
    ]);
  });

  test('names the settings that made it count for another amount', async () => {
    const [edition] = PRICE_LIST.editions;
    const items = (edition?.items ?? []).map((item) => ({ ...item, price: '100.00' }));
    await world.putPriceList(PRICES, { ...PRICE_LIST, editions: [{ from: '2021-01-01', items }] });
    await pipeline.settled();
    const { entries } = await history();
    expect(entries.slice(3)).toMatchObject([
      {
        sign: -1,
        cause: { kind: 'price-list', key: PRICES },
        gross: '-22047.90',
        lines: [{ price: '64.000000' }, {}],
      },
      {
        sign: 1,
        cause: { kind: 'price-list', key: PRICES },
        gross: '29910.30',
        lines: [{ price: '100.000000' }, {}],
      },
    ]);
    const { total } = await get<Savings>(
      'savings?from=2021-03-17&to=2021-03-17&organisation=meerwaarde&theme=3',
    );
    expect(total.gross.total).toBe('29910.30');
  });

  test('ends at nothing when the case is withdrawn', async () => {
    await world.send(withdrawn('c-1', 8));
    await pipeline.settled();
    const { state, entries } = await history();
    expect(state).toBe('withdrawn');
    const sum = entries.reduce((total, { gross }) => total + BigInt(gross.replace('.', '')), 0n);
    expect(sum).toBe(0n);
  });
});

describe('quarantine', () => {
  beforeAll(async () => {
    await world.sendAll([
      ...Array.from({ length: 5 }, (_, number) => assessed(`-${number}`, 3, { theme: '9' })),
      ...Array.from({ length: 2 }, (_, number) => assessed(`p-${number}`, 0, { programme: 'unheard-of' })),
    ]);
    await pipeline.settled();
  });

  test('comes in pages that hold each event once, with counts per reason', async () => {
    const found: Quarantine['rows'] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: Quarantine = await get(`quarantine?limit=3&cursor=${cursor}`);
      expect(quarantineSchema.parse(page)).toEqual(page);
      expect(page.rows.length).toBeLessThanOrEqual(3);
      expect(page.counts).toEqual({
        ...{ 'identity-conflict': 1, 'revision-conflict': 1, 'unknown-programme': 2, 'unknown-theme': 5 },
      });
      found.push(...page.rows);
      cursor = page.next;
    }
    expect(found).toHaveLength(9);
    expect(new Set(found.map(({ caseId, id, revision }) => `${caseId} ${id} ${revision}`)).size).toBe(9);
  });

  test('can be narrowed, and shows no more than what the event is', async () => {
    const { rows, next } = await get<Quarantine>('quarantine?reason=unknown-theme&organisation=meerwaarde');
    expect(next).toBeNull();
    expect(rows).toHaveLength(5);
    const names = ['caseId', 'detail', 'id', 'organisation', 'reason', 'revision', 'since', 'source', 'type'];
    expect(Object.keys(rows[0] ?? {}).sort()).toEqual(names);
    expect((await get<Quarantine>('quarantine?organisation=nobody')).rows).toEqual([]);
  });

  test('is a file too, in which no spreadsheet finds a formula', async () => {
    const response = await ask('quarantine?reason=unknown-theme&limit=2', { accept: 'text/csv' });
    const rows = readCsv(Buffer.from(await response.arrayBuffer()));
    const cases = rows.map(({ caseId }) => String(caseId));
    expect(cases).toHaveLength(2);
    for (const name of cases) expect(name).toMatch(/^'-\d$/);
    const link = /^<(.+)>; rel="next"$/.exec(response.headers.get('link') ?? '')?.[1] ?? '';
    const next = await get<Quarantine>(link.replace('/v1/', ''));
    expect(next.rows).toHaveLength(2);
    for (const { caseId } of next.rows) expect(cases).not.toContain(`'${caseId}`);
  });
});

describe('settings', () => {
  test('are answered as they were put, with every version', async () => {
    const one = await get('programmes/GM0394/meerwaarde/main');
    expect(programmeHistorySchema.parse(one)).toEqual(one);
    expect(one).toMatchObject({ ...ADDRESS, name: PROGRAMME.name, themes: PROGRAMME.themes });
    await world.putProgramme(ADDRESS, { ...PROGRAMME, name: 'Anders' });
    await pipeline.settled();
    const two = await get<{ name: string; history: { body: { name: string } }[] }>(
      'programmes/GM0394/meerwaarde/main',
    );
    expect(two.name).toBe('Anders');
    expect(two.history.map(({ body }) => body.name)).toEqual(['Anders', PROGRAMME.name]);
    const prices = await get('price-lists/kostenhandleiding');
    expect(priceListHistorySchema.parse(prices)).toEqual(prices);
    expect(prices).toMatchObject({ history: [{}, { body: { editions: PRICE_LIST.editions } }] });
  });

  test('are listed in pages', async () => {
    await world.putProgramme({ ...ADDRESS, programme: 'tweede' }, PROGRAMME);
    await world.putPriceList('andere', PRICE_LIST);
    await pipeline.settled();
    const programmes = programmesSchema.parse(await get('programmes?limit=1'));
    expect(programmes.rows).toMatchObject([{ ...ADDRESS, name: 'Anders', priceList: PRICES }]);
    const rest = programmesSchema.parse(await get(`programmes?limit=1&cursor=${programmes.next}`));
    expect(rest).toMatchObject({ rows: [{ programme: 'tweede' }], next: null });
    const lists = priceListsSchema.parse(await get('price-lists'));
    expect(lists.rows.map(({ code }) => code)).toEqual(['andere', 'kostenhandleiding']);
  });
});

describe('status', () => {
  test('says that everything is in, and figures as of now can be asked', async () => {
    await pipeline.settled();
    const answer = statusSchema.parse(await get('status'));
    const lastSequence = await pipeline.lastSequence();
    expect(answer).toMatchObject({
      stream: { lastSequence },
      applied: { sequence: lastSequence, pending: 0 },
      ...{ quarantined: 9, revaluations: [] },
    });
    const { rows } = await get<Quarantine>('quarantine?reason=unknown-programme');
    expect(answer.newestEventAt).toBe(rows.at(-1)?.since);
    const now = new Date().toISOString();
    const { basis } = await get<Savings>(`savings?from=2021-01-01&to=2021-12-31&asOf=${now}`);
    expect(basis.asOf).toBe(now.replace('Z', '000Z'));
  });

  test('counts what has not been applied', async () => {
    await pipeline.calculator.stop();
    await world.send(assessed('c-waits', 0));
    const { applied, stream } = statusSchema.parse(await get('status'));
    expect(applied.pending).toBe(1);
    expect(applied.sequence).toBe(stream.lastSequence - 1);
    await pipeline.calculator.start();
    await pipeline.settled();
    expect(statusSchema.parse(await get('status')).applied.pending).toBe(0);
  });
});
