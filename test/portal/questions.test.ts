import {
  type DeliveriesAnswer,
  portalOpenApi,
  problemSchema,
  type Savings,
  savingsSchema,
} from '@effectstroom/contracts';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seededRandom } from '../scenarios/random.ts';
import { figureFaults, rowFaults } from './compare-figures.ts';
import { inventCases, inventPriceList, inventProgrammes, MINUTES, momentOf } from './invented-cases.ts';
import { KEYS, startTestPortal, type TestPortal } from './portal-server.ts';
import { type FileRow, readCsv, readXlsx } from './read-files.ts';
import { recompute } from './recomputation.ts';
import { writeInvented } from './write-invented.ts';

const cases = inventCases(200, seededRandom(11n));
const programmes = inventProgrammes();
const YEAR = 'from=2021-01-01&to=2021-12-31';
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
let portal: TestPortal;

beforeAll(async () => {
  portal = await startTestPortal();
  await writeInvented(portal.database.url, cases, programmes, [inventPriceList()]);
}, 180_000);

afterAll(() => portal?.stop());

async function savings(query: string, headers?: Record<string, string>): Promise<Savings> {
  const response = await portal.get(`/v1/savings?${query}`, headers);
  expect(response.status).toBe(200);
  return (await response.json()) as Savings;
}

async function problem(path: string, status: number, headers?: Record<string, string>) {
  const response = await portal.get(path, headers);
  expect(response.status).toBe(status);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  return problemSchema.parse(await response.json());
}

const QUESTION = {
  from: '2021-01-01',
  to: '2021-12-31',
  view: 'cohort',
  filters: {},
  asOfMinute: undefined,
} as const;

describe('a good question', () => {
  test('gets the answer that is documented, with what it rests on', async () => {
    const answer = await savings(`${YEAR}&groupBy=theme,costBearer,month&organisation=noorderlicht`);
    expect(savingsSchema.parse(answer)).toEqual(answer);
    expect(answer.basis).toEqual({
      ...{ municipality: null, organisation: 'noorderlicht', programme: null },
      ...{ from: '2021-01-01', to: '2021-12-31', view: 'cohort', groupBy: ['theme', 'costBearer', 'month'] },
      ...{ asOf: momentOf(MINUTES).replace('000Z', '000000Z'), followingYears: 3 },
      ...{ complete: false, missing: [{ kind: 'no-rhythm', organisation: 'noorderlicht' }] },
    });
    const expected = recompute(cases, programmes, {
      ...QUESTION,
      ...{ groupBy: ['theme', 'costBearer', 'month'], organisations: undefined },
      filters: { organisation: 'noorderlicht' },
    });
    expect(rowFaults(answer.rows, expected['rows'])).toEqual([]);
    expect(figureFaults(answer.total, expected['total'])).toEqual([]);
  });

  test('has the headers of every answer, and the same for HEAD', async () => {
    const response = await portal.get(`/v1/savings?${YEAR}`);
    expect(response.headers.get('api-version')).toBe('1.0.0');
    expect(response.headers.get('cache-control')).toBe('no-store');
    const head = await fetch(`${portal.service.url}/v1/savings?${YEAR}`, {
      method: 'HEAD',
      headers: { authorization: `Bearer ${KEYS.all}` },
    });
    expect(head.status).toBe(200);
    expect(await head.text()).toBe('');
  });

  test('may leave parameters empty', async () => {
    expect(await savings(`${YEAR}&municipality=&organisation=&groupBy=&asOf=`)).toEqual(await savings(YEAR));
  });
});

describe('a question at the prices of a day', () => {
  test('gets these beside the recorded figures, which stay', async () => {
    const asked = `${YEAR}&groupBy=theme,organisation`;
    const answer = await savings(`${asked}&prices=2022-05-01`);
    expect(savingsSchema.parse(answer)).toEqual(answer);
    expect(answer.basis.prices).toBe('2022-05-01');
    const expected = recompute(
      cases,
      programmes,
      {
        ...QUESTION,
        ...{ groupBy: ['theme', 'organisation'], organisations: undefined, prices: '2022-05-01' },
      },
      [inventPriceList()],
    );
    expect(rowFaults(answer.rows, expected['rows'])).toEqual([]);
    expect(answer.total.atPrices?.editions).toEqual([{ priceList: 'verzonnen', from: '2022-01-01' }]);
    const recorded = await savings(asked);
    const { atPrices: _, ...total } = answer.total;
    expect(total).toEqual(recorded.total);
  });

  test('in files too', async () => {
    const response = await portal.get(`/v1/savings?${YEAR}&prices=2020-06-01&groupBy=theme`, {
      accept: 'text/csv',
    });
    const rows = readCsv(Buffer.from(await response.arrayBuffer()));
    expect(rows.at(-1)).toMatchObject({
      ...{ kind: 'total', 'basis.prices': '2020-06-01', 'atPrices.editions': 'verzonnen 2020-01-01' },
      'atPrices.unpriced': expect.stringMatching(/^\d+,\d\d$/),
    });
  });
});

describe('a question as of a moment', () => {
  test('gives the figures of then, however the offset is written', async () => {
    const answer = await savings(`${YEAR}&groupBy=theme&asOf=2024-01-01T06:00:00Z`);
    expect(answer.basis.asOf).toBe('2024-01-01T06:00:00.000000Z');
    const expected = recompute(cases, programmes, {
      ...QUESTION,
      ...{ groupBy: ['theme'], asOfMinute: 360, organisations: undefined },
    });
    expect(figureFaults(answer.total, expected['total'])).toEqual([]);
    expect(await savings(`${YEAR}&groupBy=theme&asOf=2024-01-01T07:00:00%2B01:00`)).toEqual(answer);
    expect(await savings(`${YEAR}&groupBy=theme&asOf=2024-01-01T07:00:00+01:00`)).toEqual(answer);
  });

  test('is refused with the latest possible moment where not everything is known yet', async () => {
    const latest = momentOf(MINUTES).replace('000Z', '000000Z');
    const { latest: told } = await problem(`/v1/savings?${YEAR}&asOf=2100-01-01T00:00:00Z`, 409);
    expect(told).toBe(latest);
    expect(await savings(`${YEAR}&asOf=${latest}`)).toMatchObject({ basis: { asOf: latest } });
    await problem(`/v1/savings?${YEAR}&asOf=${latest.replace('000000Z', '000001Z')}`, 409);
  });
});

describe('a faulty question names every fault', () => {
  const FAULTS: [query: string, faults: [pointer: string, code: string][]][] = [
    [
      '',
      [
        ['/from', 'required'],
        ['/to', 'required'],
      ],
    ],
    [
      'from=2021-02-29&to=today',
      [
        ['/from', 'format'],
        ['/to', 'format'],
      ],
    ],
    ['from=2021-12-31&to=2021-01-01', [['/to', 'range']]],
    ['from=1900-01-01&to=2000-01-01', [['/to', 'range']]],
    [
      `${YEAR}&groupBy=theme,themes,,theme`,
      [
        ['/groupBy', 'enum'],
        ['/groupBy', 'enum'],
        ['/groupBy', 'duplicate'],
      ],
    ],
    [`${YEAR}&groupBy=theme&groupBy=goal`, [['/groupBy', 'duplicate']]],
    [`${YEAR}&view=both`, [['/view', 'enum']]],
    [`${YEAR}&asOf=2021-01-01`, [['/asOf', 'format']]],
    [`${YEAR}&asOf=0001-01-01T00:00:00%2B01:00`, [['/asOf', 'range']]],
    [`${YEAR}&organization=x`, [['/organization', 'unknown-field']]],
    [
      `${YEAR}&month=2021-13&quarter=2021-Q5&year=21`,
      [
        ['/month', 'format'],
        ['/quarter', 'format'],
        ['/year', 'format'],
      ],
    ],
    [
      `${YEAR}&municipality=394&organisation=Meer%00&recurrence=monthly`,
      [
        ['/municipality', 'format'],
        ['/organisation', 'format'],
        ['/recurrence', 'enum'],
      ],
    ],
    [
      `from=x&to=2021-12-31&groupBy=colour&view=side&prices=2024&theme=${'a'.repeat(65)}`,
      [
        ['/from', 'format'],
        ['/prices', 'format'],
        ['/view', 'enum'],
        ['/theme', 'format'],
        ['/groupBy', 'enum'],
      ],
    ],
  ];

  test.each(FAULTS)('%s', async (query, faults) => {
    const { errors = [] } = await problem(`/v1/savings?${query}`, 400);
    const found = errors.map(({ pointer, code }) => [pointer, code]);
    expect(found.sort()).toEqual([...faults].sort());
  });

  test('and repeats nothing that could be a citizen service number', async () => {
    const { errors } = await problem(`/v1/savings?${YEAR}&groupBy=123456782&a123456782=1`, 400);
    expect(JSON.stringify(errors)).not.toContain('123456782');
  });

  test('in lists and addresses too', async () => {
    await problem('/v1/quarantine?limit=0', 400);
    await problem('/v1/quarantine?limit=1001&cursor=x%20y', 400);
    await problem('/v1/quarantine?cursor=bm90aGluZw', 400);
    await problem('/v1/programmes/GM1/a/b', 400);
    await problem('/v1/cases/a/%00', 400);
    await problem('/v1/cases/a/b', 404);
    await problem('/v1/programmes/GM0001/a/b', 404);
    await problem('/v1/price-lists/none', 404);
    await problem('/v1/nothing', 404);
  });
});

describe('rights', () => {
  const PATHS = [
    'savings',
    'status',
    'quarantine',
    'programmes',
    'price-lists',
    'cases/a/b',
    'programmes/GM0001/a/b',
  ];
  const limited = { authorization: `Bearer ${KEYS.limited}` };

  test.each(PATHS)('/v1/%s takes a read key only', async (path) => {
    await problem(`/v1/${path}`, 401, { authorization: '' });
    await problem(`/v1/${path}`, 401, { authorization: 'Bearer unknown' });
    await problem(`/v1/${path}`, 403, { authorization: `Bearer ${KEYS.ingest}` });
  });

  test('a key that is held to organisations sees these only', async () => {
    const answer = await savings(`${YEAR}&groupBy=organisation`, limited);
    expect(answer.rows.map((row) => row.organisation)).toEqual(['noorderlicht']);
    expect(answer.basis.organisations).toEqual(['noorderlicht']);
    expect(answer.total.budget).toBe('333333.33');
    const two = { authorization: `Bearer ${KEYS.two}` };
    const both = await savings(`${YEAR}&groupBy=organisation`, two);
    expect(both.rows.map((row) => row.organisation)).toEqual(['noorderlicht', 'zuiderzon']);
    expect(await savings(`${YEAR}&organisation=zuiderzon`, two)).toEqual(
      await savings(`${YEAR}&organisation=zuiderzon`),
    );
  });

  test('and is told of these only who has not delivered', async () => {
    const source = { source: 'urn:nld:kvknr:1', name: 'Registratie', rhythm: 'yearly', graceDays: 0 };
    for (const [place, organisation] of ['noorderlicht', 'zuiderzon'].entries()) {
      const body = JSON.stringify({ organisation, sources: [{ ...source, from: '2021-01-01' }] });
      await sql`INSERT INTO settings (number, kind, key, known_at, body)
        VALUES (${1_000 + place}, 'deliveries', ${organisation}, ${momentOf(0)}::timestamptz, ${body}::jsonb)`.execute(
        portal.database.db,
      );
    }
    const organisationsOf = async (path: string, headers?: Record<string, string>) => {
      const answer = (await (await portal.get(path, headers)).json()) as DeliveriesAnswer;
      // There is no stream of refusals here.
      expect(answer.rows.map(({ refused }) => refused)).toEqual(answer.rows.map(() => null));
      return answer.rows.map(({ organisation }) => organisation);
    };
    expect(await organisationsOf('/v1/deliveries')).toEqual(['noorderlicht', 'zuiderzon']);
    expect(await organisationsOf('/v1/deliveries', limited)).toEqual(['noorderlicht']);
    expect(await organisationsOf('/v1/deliveries?municipality=GM0001', limited)).toEqual(['noorderlicht']);
    const missing = async (headers?: Record<string, string>) =>
      (await savings(YEAR, headers)).basis.missing.map(({ kind, organisation }) => [kind, organisation]);
    expect(await missing(limited)).toEqual([['delivery', 'noorderlicht']]);
    expect(await missing()).toEqual([
      ['delivery', 'noorderlicht'],
      ['no-rhythm', 'oosterwind'],
      ['delivery', 'zuiderzon'],
    ]);
  });

  test('and is refused what it asks of others', async () => {
    await problem(`/v1/savings?${YEAR}&organisation=zuiderzon`, 403, limited);
    await problem('/v1/quarantine?organisation=zuiderzon', 403, limited);
    await problem('/v1/cases/zuiderzon/c-1', 403, limited);
    await problem('/v1/deliveries?organisation=zuiderzon', 403, limited);
    await problem('/v1/deliveries/zuiderzon', 403, limited);
    await problem('/v1/programmes/GM0001/zuiderzon/main', 403, limited);
    const programmesOf = (await (await portal.get('/v1/programmes', limited)).json()) as { rows: unknown[] };
    expect(programmesOf.rows).toHaveLength(2);
  });
});

describe('files', () => {
  const query = `${YEAR}&groupBy=theme,workType`;

  /** Every member of both samples has its column, also where there is none. */
  function samples(
    sampling: Savings['total']['sampling'],
    number: (text: string) => string | number,
  ): FileRow {
    const members = ['estimate', 'standardError', 'low', 'high', 'degreesOfFreedom'] as const;
    const counts = ['strata', 'unknownStrata', 'reliable'] as const;
    const found: FileRow = {};
    for (const kind of ['declared', 'measured'] as const)
      for (const name of [...members, ...counts]) {
        const value = sampling?.[kind]?.[name] ?? null;
        const isText = name === 'reliable' || value === null;
        found[`sampling.${kind}.${name}`] = isText
          ? value === null
            ? null
            : String(value)
          : number(String(value));
      }
    return found;
  }

  /** The JSON answer as the rows of a file, with numbers as `number` makes them. */
  function rowsOf({ basis, rows, total }: Savings, number: (text: string) => string | number): FileRow[] {
    const cells = (of: object, prefix = ''): FileRow =>
      Object.entries(of).reduce<FileRow>((found, [name, value]) => {
        if (prefix === '' && name === 'sampling') Object.assign(found, samples(value, number));
        else if (typeof value === 'object' && value !== null)
          Object.assign(found, cells(value, `${prefix}${name}.`));
        else if (typeof value === 'number') found[prefix + name] = number(String(value));
        else found[prefix + name] = /^-?\d+\.\d+$/.test(String(value)) ? number(String(value)) : value;
        return found;
      }, {});
    const { groupBy: _, missing, ...said } = basis;
    const missed = missing
      .map((one) => [one.kind, one.organisation, ...('source' in one ? [one.source] : [])].join(' '))
      .join(', ');
    const same = Object.fromEntries(
      Object.entries({ ...said, missing: missed }).map(([name, value]) => [
        `basis.${name}`,
        value === null ? null : String(value),
      ]),
    );
    return [
      ...rows.map(({ theme = null, workType = null, ...row }) => ({
        kind: 'row',
        theme,
        workType,
        ...cells(row),
        ...same,
      })),
      { kind: 'total', theme: null, workType: null, ...cells(total), ...same },
    ];
  }

  test('CSV says what JSON says', async () => {
    const response = await portal.get(`/v1/savings?${query}`, { accept: 'text/csv' });
    expect(response.headers.get('content-type')).toMatch(/^text\/csv; charset=utf-8/);
    expect(response.headers.get('content-disposition')).toBe(
      'attachment; filename="savings-2021-01-01-2021-12-31-cohort.csv"',
    );
    const rows = readCsv(Buffer.from(await response.arrayBuffer()));
    expect(rows).toEqual(rowsOf(await savings(query), (text) => text.replace('.', ',')));
    expect(Object.keys(rows[0] ?? {})).toContain('gross.followingYears.0');
  });

  test('XLSX says what JSON says, in numbers', async () => {
    const response = await portal.get(`/v1/savings?${query}`, { accept: XLSX });
    expect(response.headers.get('content-type')).toBe(XLSX);
    const rows = readXlsx(Buffer.from(await response.arrayBuffer()));
    expect(rows).toEqual(rowsOf(await savings(query), Number));
  });

  test('lists of settings too', async () => {
    const csv = readCsv(
      Buffer.from(await (await portal.get('/v1/programmes', { accept: 'text/csv' })).arrayBuffer()),
    );
    expect(csv).toHaveLength(programmes.length);
    expect(csv[0]).toMatchObject({ municipality: 'GM0001', organisation: 'noorderlicht', programme: 'main' });
  });

  test('Accept decides', async () => {
    const typeFor = async (accept: string) =>
      (await portal.get(`/v1/savings?${YEAR}`, { accept })).headers.get('content-type')?.split(';')[0];
    expect(await typeFor('*/*')).toBe('application/json');
    expect(await typeFor('text/csv;q=0.5, application/json;q=0.4')).toBe('text/csv');
    expect(await typeFor('text/*, application/*;q=0.9')).toBe('text/csv');
    expect(await typeFor('application/json;q=0, */*')).toBe('text/csv');
    await problem(`/v1/savings?${YEAR}`, 406, { accept: 'image/png' });
  });
});

describe('the rest', () => {
  test('other methods are refused', async () => {
    const response = await fetch(`${portal.service.url}/v1/savings`, { method: 'POST' });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toContain('GET');
  });

  test('the OpenAPI document needs no key and is open to any page', async () => {
    const response = await fetch(`${portal.service.url}/v1/openapi.json`);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(await response.json()).toEqual(JSON.parse(JSON.stringify(portalOpenApi())));
  });

  test('the board asks to sign in, in Dutch and without scripts', async () => {
    const response = await fetch(portal.service.url);
    const html = await response.text();
    expect(response.url).toBe(`${portal.service.url}/inloggen`);
    expect(html).toContain('<html lang="nl">');
    expect(html).not.toContain('<script');
  });
});
