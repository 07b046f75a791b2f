import { type Comparison, compareSchema, DIMENSIONS } from '@effectstroom/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { MINUTES, momentOf } from '../portal/invented-cases.ts';
import { KEYS, startTestPortal, type TestPortal } from '../portal/portal-server.ts';
import { type FileRow, readCsv, readXlsx } from '../portal/read-files.ts';
import { seededRandom } from '../scenarios/random.ts';
import { inventMoves, inventVersions } from './invented-moves.ts';
import { writeMoves } from './write-moves.ts';

const YEAR = 'from=2021-01-01&to=2021-12-31';
let portal: TestPortal;

beforeAll(async () => {
  portal = await startTestPortal();
  const versions = inventVersions();
  await writeMoves(portal.database.url, inventMoves(200, versions.length, seededRandom(5n)), versions);
}, 120_000);

afterAll(() => portal?.stop());

async function ask(query: string): Promise<Comparison> {
  const response = await portal.get(`/v1/compare?${query}`);
  const body = await response.json();
  expect(response.status, JSON.stringify(body)).toBe(200);
  return compareSchema.parse(body);
}

test('two moments: nine parts with their Dutch names and causes', async () => {
  const { basis, rows, total } = await ask(`${YEAR}&beforeAsOf=${momentOf(300)}&groupBy=theme`);
  expect(basis).toMatchObject({
    ...{ kind: 'moments', groupBy: ['theme'], age: null, prices: null },
    before: { from: '2021-01-01', to: '2021-12-31', asOf: momentOf(300).replace('.000Z', '.000000Z') },
    after: { asOf: momentOf(MINUTES).replace('.000Z', '.000000Z') },
  });
  expect(rows.length).toBeGreaterThan(1);
  expect(total.parts.map(({ part }) => part).join()).toBe(
    'new,corrected,withdrawn,price,percentage,quantity,factor,settings,erasure',
  );
  const price = total.parts.find(({ part }) => part === 'price');
  expect(price?.label).toBe('Prijzen');
  expect(price?.causes?.map(({ kind }) => kind)).toContain('settings');
  expect(total.atConstantPrices).toBeNull();
});

test('the same dates a year earlier, at the prices of the day before', async () => {
  const { basis, total } = await ask(`${YEAR}&against=year-before&organisation=noorderlicht`);
  expect(basis).toMatchObject({
    ...{ kind: 'periods', organisation: 'noorderlicht', before: { from: '2020-01-01', to: '2020-12-31' } },
    prices: { day: '2020-12-31', editions: [{ priceList: 'verzonnen', from: '2020-01-01' }] },
  });
  expect(total.parts.map(({ part }) => part)).toEqual(['volume', 'mix', 'value', 'price', 'factor']);
  expect(total.atConstantPrices).not.toBeNull();
  const early = await ask('from=2019-01-01&to=2019-12-31&against=year-before&organisation=noorderlicht');
  expect(early.basis.prices?.editions).toEqual([{ priceList: 'verzonnen', from: null }]);
});

test('at the same age each period is known at its own moment', async () => {
  // Everything is known until 1 January 2024, 16:40 UTC.
  const periods = 'from=2023-11-01&to=2023-11-30&beforeFrom=2023-07-01&beforeTo=2023-07-30';
  const { basis } = await ask(`${periods}&age=31`);
  expect(basis.age).toBe(31);
  expect(basis.after.asOf).toBe('2023-12-31T22:59:59.999999Z');
  expect(basis.before.asOf).toBe('2023-08-30T21:59:59.999999Z');
  const early = await portal.get(`/v1/compare?${periods}&age=32`);
  expect(early.status).toBe(409);
  expect(await early.json()).toMatchObject({
    detail: expect.stringContaining('an age of 31 days at most'),
    latest: momentOf(MINUTES).replace('.000Z', '.000000Z'),
  });
  const ahead = await portal.get('/v1/compare?from=2024-01-01&to=2024-01-31&against=year-before&age=0');
  expect(ahead.status).toBe(409);
});

test('a moment ahead is answered with the latest possible one', async () => {
  const response = await portal.get(`/v1/compare?${YEAR}&beforeAsOf=2999-01-01T00:00:00Z`);
  expect(response.status).toBe(409);
  expect(await response.json()).toHaveProperty('latest', momentOf(MINUTES).replace('.000Z', '.000000Z'));
});

test('every dimension can be grouped by', async () => {
  for (const name of DIMENSIONS) {
    const { rows } = await ask(`${YEAR}&against=year-before&groupBy=${name}`);
    expect(rows.length, name).toBeGreaterThan(0);
  }
});

test('a limited key compares its own organisations', async () => {
  const headers = { authorization: `Bearer ${KEYS.limited}` };
  const response = await portal.get(`/v1/compare?${YEAR}&against=year-before&groupBy=organisation`, headers);
  const { basis, rows } = (await response.json()) as Comparison;
  expect(basis.organisations).toEqual(['noorderlicht']);
  expect(rows.map(({ organisation }) => organisation)).toEqual(['noorderlicht']);
  const other = await portal.get(`/v1/compare?${YEAR}&against=year-before&organisation=zuiderzon`, headers);
  expect(other.status).toBe(403);
});

test('CSV and XLSX hold a line for each row and part, the total last', async () => {
  const path = `/v1/compare?${YEAR}&against=year-before&groupBy=theme`;
  const { rows, total } = await ask(`${YEAR}&against=year-before&groupBy=theme`);
  const read = async (accept: string, reader: (bytes: Buffer) => FileRow[]) => {
    const response = await portal.get(path, { accept });
    expect(response.headers.get('content-disposition')).toContain('compare-2021-01-01-2021-12-31-periods');
    return reader(Buffer.from(await response.arrayBuffer()));
  };
  const csv = await read('text/csv', readCsv);
  expect(csv).toHaveLength((rows.length + 1) * 5);
  expect(csv.at(-1)).toMatchObject({
    ...{ kind: 'total', theme: null, part: 'factor', label: 'Correctiefactor', 'cases.changed': null },
    'exact.corrected': total.parts.at(-1)?.exact.corrected.replace('.', ','),
    'exact.municipal.gross': total.parts.at(-1)?.exact.municipal.gross.replace('.', ','),
    'after.corrected': total.after.corrected.replace('.', ','),
    'after.municipal.corrected': total.after.municipal.corrected.replace('.', ','),
    'basis.before.to': '2020-12-31',
  });
  const xlsx = await read('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', readXlsx);
  expect(xlsx).toHaveLength(csv.length);
  expect(xlsx[0]).toMatchObject({ part: 'volume', 'after.gross': Number(rows[0]?.after.gross) });
});

test('faults are all named', async () => {
  const response = await portal.get('/v1/compare?from=2021-01-01&to=2020-01-01&groupBy=nothing&age=x');
  expect(response.status).toBe(400);
  const { errors } = (await response.json()) as { errors: { pointer: string }[] };
  expect(errors.map(({ pointer }) => pointer).sort()).toEqual([
    ...['/age', '/age', '/beforeAsOf', '/groupBy', '/to'],
  ]);
});
