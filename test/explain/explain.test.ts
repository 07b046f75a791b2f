/** One figure walked down to a price and back up, as a policy officer would. */
import { type Explanation, explainSchema } from '@effectstroom/contracts';
import { beforeAll, describe, expect, test } from 'vitest';
import type { SentLine } from '../harness/sent.ts';
import { assessed, BEGELEIDING, PRICE_LIST, PRICES, registered, usePipeline } from '../pipeline/fixtures.ts';
import { readCsv } from '../portal/read-files.ts';

const world = usePipeline();
const { pipeline } = world;
const YEAR = 'from=2021-01-01&to=2021-12-31';
const CASE = 'case:meerwaarde/c-1';
let before = '';

function ask(path: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${pipeline.portal.running.url}${path}`, {
    headers: { authorization: 'Bearer local-read', ...headers },
  });
}

async function get(path: string): Promise<Explanation> {
  const response = await ask(path);
  expect(response.status, path).toBe(200);
  const answer = (await response.json()) as Explanation;
  expect(explainSchema.parse(answer)).toEqual(answer);
  expect(answer.adds).toBe(true);
  return answer;
}

const explain = (query: string) => get(`/v1/explain?${YEAR}&${query}`);

const YEARLY: SentLine = {
  ...{ amount: '1250.00', costBearer: 'zorgverzekeraar', likelihood: 70, contribution: 35, deadweight: 10 },
  ...{ recurrence: 'yearly', years: 3, dropOff: 20 },
};

beforeAll(async () => {
  await world.send(assessed('c-1', 1, { similarCases: 12, cost: '450.00', avoided: [BEGELEIDING, YEARLY] }));
  await world.send(assessed('c-2', 1, { theme: '1', goal: '1.5', workType: 'jongerenwerk' }));
  await world.send(registered('c-3', 1));
  await pipeline.settled();
  before = new Date().toISOString();
  const [edition] = PRICE_LIST.editions;
  const items = edition?.items.map((item) => ({ ...item, price: item.price.replace('64.00', '65.00') }));
  await pipeline.until(async () => (await ask(`/v1/explain?${YEAR}&asOf=${before}`)).ok, 'it is known');
  await world.putPriceList(PRICES, { ...PRICE_LIST, editions: [{ from: '2021-01-01', items: items ?? [] }] });
  await pipeline.settled();
}, 120_000);

describe('the way down', () => {
  test('goes by the usual levels, with names, to the case', async () => {
    let answer = await explain('');
    const way: (string | null)[] = [];
    while (answer.by !== null && answer.by !== 'line') {
      way.push(answer.by, answer.parts[0]?.label ?? null);
      answer = await get(answer.parts.at(-1)?.href ?? '');
    }
    expect(way).toEqual([
      ...['municipality', 'Gemeente GM0394', 'organisation', 'Organisatie meerwaarde'],
      ...['programme', 'Programma main: Maatschappelijke opdracht', 'theme', 'Thema 1: Samen leven'],
      ...['goal', 'Zonder doel', 'case', 'Casus c-1'],
    ]);
    expect(answer.steps.map(({ label }) => label)).toEqual([
      ...['Totaal', 'Gemeente GM0394', 'Organisatie meerwaarde', 'Programma main: Maatschappelijke opdracht'],
      ...['Thema 3: Kwetsbare inwoners', 'Zonder doel', 'Casus c-1'],
    ]);
    // 12 × 0.9 × (65.00 × 26 × 0.7 + 1250 × 0.7 × 0.35 × 0.9 × (1 + 0.8 + 0.64))
    expect(answer.parts.map(({ label, sum, exact }) => [label, sum, exact])).toEqual([
      ['Regel 1: begeleiding, Kostenhouder gemeente: Gemeente', '12776.40', '12776.4000000000'],
      ['Regel 2: Kostenhouder zorgverzekeraar: Zorgverzekeraar', '7263.27', '7263.2700000000'],
    ]);
    expect(answer.steps.at(-1)?.sum).toBe('20039.67');
  });

  test('tells of a case what it was valued with, in words too', async () => {
    const { case: found, steps } = await explain(`path=${CASE}`);
    expect(steps.map(({ sum }) => sum)).toEqual(['21104.37', '20039.67']);
    expect(found).toMatchObject({
      ...{ counts: true, date: '2021-03-17', similarCases: 12, cost: '450.00' },
      factor: { value: '0.9000', from: '2021-01-01', theme: null },
      events: [{ revision: 1, counts: true, quarantine: null }],
      settings: [
        { kind: 'programme', href: '/v1/programmes/GM0394/meerwaarde/main' },
        { kind: 'price-list', href: '/v1/price-lists/kostenhandleiding' },
      ],
    });
    expect(found?.entries.map(({ sign, part, cause }) => [sign, part, cause?.split(' ')[0]])).toEqual([
      [1, 'new', expect.stringMatching(/^urn:nld:kvknr/)],
      [-1, 'price', 'price-list'],
      [1, 'price', 'price-list'],
    ]);
    expect(found?.lines[0]?.working).toEqual({
      service: { code: 'begeleiding', name: 'Begeleiding', unit: 'uur' },
      ...{
        price: '65.000000',
        quantity: '26',
        edition: { from: '2021-01-01', priceLevel: null, source: null },
      },
      ...{ likelihood: { given: 'probable', percent: 70 }, contribution: { given: 'certain', percent: 100 } },
      ...{ scaleFrom: '0001-01-01', deadweight: 0, displacement: 0, dropOff: 0, discount: null },
      formula:
        '26 × € 65,00 × 70% kans × 100% eigen bijdrage = € 1.183,00 per casus; × 12 soortgelijke casussen = ' +
        '€ 14.196,00 bruto; × correctiefactor 0,9 = € 12.776,40',
    });
    expect(found?.lines[1]?.working?.formula).toBe(
      '1 × € 1.250,00 × 70% kans × 35% eigen bijdrage × (100% − 10% gebeurt ook zonder hulp) = € 275,625 ' +
        'per casus in het eerste jaar, elk volgend jaar × (100% − 20% afname); jaar 1 t/m 3: € 275,625 + ' +
        '€ 220,50 + € 176,40 = € 672,525; × 12 soortgelijke casussen = € 8.070,30 bruto; ' +
        '× correctiefactor 0,9 = € 7.263,27',
    );
  });

  test('ends at a year of a line', async () => {
    const line = await explain(`view=calendar&path=${CASE},line:2`);
    // Realised in 2021: only the first year.
    expect(line.parts.map(({ value, sum }) => [value, sum])).toEqual([['0', '2976.75']]);
    const year = await get(line.parts[0]?.href ?? '');
    expect(year).toMatchObject({ by: null, parts: [], pages: null, sum: '2976.75' });
    expect(year.steps.map(({ level }) => level)).toEqual(['total', 'case', 'line', 'lineYear']);
  });

  test('tells costs and the municipal purse as well', async () => {
    expect((await explain(`figure=cost&path=${CASE}`)).sum).toBe('5400.00');
    const municipal = await explain(`figure=municipal&path=${CASE}`);
    expect(municipal.parts.map(({ value }) => value)).toEqual(['1']);
  });
});

test('the way back up: every total in which the case stands holds it', async () => {
  const { case: found } = await explain(`path=${CASE}`);
  expect(found?.up.map(({ level, value }) => [level, value])).toEqual([
    ...[
      ['theme', '3'],
      ['month', '2021-03'],
      ['costBearer', 'gemeente'],
    ],
    ['costBearer', 'zorgverzekeraar'],
  ]);
  for (const { href } of found?.up ?? []) {
    const cases = await get(`${href}&by=case`);
    expect(cases.parts.map(({ value }) => value)).toContain('meerwaarde/c-1');
  }
});

test('a moment of before gives the prices of before', async () => {
  const then = await explain(`asOf=${before}&path=${CASE}`);
  expect(then.case?.lines[0]?.working?.price).toBe('64.000000');
  expect(then.case?.entries).toHaveLength(1);
  expect(then.sum).toBe('19843.11');
  expect(then.steps[0]?.href).toContain(`asOf=`);
});

test('cases come from the largest, in pages that add up', async () => {
  const first = await explain('by=case&limit=1');
  expect(first.parts.map(({ label }) => label)).toEqual(['Casus c-1']);
  expect(first.pages).toMatchObject({ before: '0.00', page: '20039.67', after: '1064.70' });
  const second = await explain(`by=case&limit=1&cursor=${first.next}`);
  expect(second.parts.map(({ label }) => label)).toEqual(['Casus c-2']);
  expect(second.pages).toMatchObject({ before: '20039.67', page: '1064.70', after: '0.00' });
  expect(second.next).toBeNull();
});

test('a page can be a file, with the next page as a link', async () => {
  const file = await ask(`/v1/explain?${YEAR}&by=case&limit=1`, { accept: 'text/csv' });
  expect(file.headers.get('link')).toMatch(/^<\/v1\/explain\?.*cursor=.*>; rel="next"$/);
  const rows = readCsv(Buffer.from(await file.arrayBuffer()));
  expect(rows).toEqual([
    {
      level: 'case',
      value: 'meerwaarde/c-1',
      label: 'Casus c-1',
      sum: '20039,67',
      exact: '20039.6700000000',
    },
  ]);
});

test('what is not there is not found, and faults are named', async () => {
  expect((await ask(`/v1/explain?${YEAR}&path=case:meerwaarde/c-9`)).status).toBe(404);
  expect((await ask(`/v1/explain?${YEAR}&path=${CASE},line:3`)).status).toBe(404);
  const refused = await ask(`/v1/explain?${YEAR}&path=week:1&cursor=x`);
  expect(refused.status).toBe(400);
  expect(await refused.json()).toMatchObject({ errors: [{ pointer: '/path', code: 'enum' }] });
  expect((await ask(`/v1/explain?${YEAR}&cursor=x`)).status).toBe(400);
});

test('a case that counts for nothing here is still explained', async () => {
  const { sum, case: found, parts } = await explain('path=theme:3,case:meerwaarde/c-2');
  expect([sum, parts, found?.counts]).toEqual(['0.00', [], true]);
  expect(found?.lines[0]?.years[0]?.counts).toBe(false);
});

test('of a case that was erased since, only the sum is left', async () => {
  await world.send(assessed('c-4', 1, { date: '2022-03-17' }));
  await pipeline.settled();
  // What an erasure leaves of a moment of before: ledger entries that name nobody.
  await pipeline.db.deleteFrom('event').where('case_id', '=', 'c-4').execute();
  const { parts } = await get('/v1/explain?from=2022-01-01&to=2022-12-31&by=case');
  expect(parts).toEqual([
    { value: null, label: 'Gewist', sum: '1064.70', exact: '1064.7000000000', href: null },
  ]);
  expect((await ask(`/v1/explain?${YEAR}&path=case:meerwaarde/c-4`)).status).toBe(404);
});
