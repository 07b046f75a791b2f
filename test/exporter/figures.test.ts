/** What /metrics says of rows that are in the tables. */
import { promtool } from '@effectstroom/infra';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { StreamState } from '../../services/exporter/src/collector.ts';
import { COLLECTORS } from '../../services/exporter/src/collectors.ts';
import { ExporterDatabase } from './exporter-database.ts';
import { writeGoldenRows } from './golden-rows.ts';
import { inventedCase } from './invented-case.ts';
import { writeCases, writeProgramme } from './invented-rows.ts';
import { exporterOf, readSeries, steadyPart } from './page.ts';
import { recompute } from './recomputation.ts';

const database = new ExporterDatabase();

beforeAll(() => database.start(), 120_000);
beforeEach(() => database.migrateAnew());
afterAll(() => database.remove());

test('/metrics says what it said', async () => {
  await database.use(writeGoldenRows);
  const countRefused = (organisation: string) => (organisation === 'meerwaarde' ? 7 : 0);
  const exporter = await exporterOf(database.url, {
    countRefused,
    readKeys: () => [{ id: 'k1', expiresAt: new Date('2026-04-01T00:00:00Z') }],
    readCertificates: async () => [
      { file: '/run/secrets/portal.pem', expiresAt: new Date('2026-05-01T00:00:00Z') },
      { file: '/run/secrets/lost.pem', expiresAt: undefined },
    ],
  });
  await exporter.refresh();
  await expect(steadyPart(exporter.page().text)).toMatchFileSnapshot('metrics.golden.txt');
});

/** What promtool does not find: units that are not base units, and samples that carry a moment. */
const NOT_BASE = /_(?:eur|cents?|percent|percentage|days|hours|minutes|ms|milliseconds)(?:_|$)/;

test('promtool finds nothing wrong with a whole page, nor do we', async () => {
  await database.use(writeGoldenRows);
  const exporter = await exporterOf(database.url, { readKeys: () => [] });
  await exporter.refresh();
  const { text } = exporter.page();
  expect(await promtool(['check', 'metrics'], text)).toEqual({ code: 0, output: '' });
  const samples = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  expect(samples.filter((line) => !/^\w+(?:\{.*\})? \S+$/.test(line))).toEqual([]);
  expect(samples.filter((line) => line.endsWith(' NaN'))).toEqual([]);
  const gauges = COLLECTORS.flatMap(({ gauges }) => Object.keys(gauges));
  expect(gauges.filter((name) => NOT_BASE.test(name) || !name.startsWith('effectstroom_'))).toEqual([]);
});

test('an empty schema gives a page without figures', async () => {
  const exporter = await exporterOf(database.url);
  await exporter.refresh();
  const series = readSeries(exporter.page().text);
  expect(series.get('effectstroom_refresh_success{}')).toBe(1);
  expect(series.get('effectstroom_pending_messages{}')).toBe(120);
  const figures = /^effectstroom_(savings|cases|budget|return|municipality|invariant|known)/;
  expect([...series.keys()].filter((name) => figures.test(name))).toEqual([]);
});

const DAYS = [
  '2024-02-29',
  '2025-02-28',
  '2024-01-01',
  '2024-12-31',
  '2025-01-31',
  '2024-03-15',
  '2025-07-01',
];

test('savings and cases equal an independent recomputation, on any day of the year', async () => {
  const [cases = []] = fc.sample(fc.array(inventedCase, { minLength: 300, maxLength: 300 }), {
    seed: 11,
    numRuns: 1,
  });
  await database.use((db) => writeCases(db, cases));
  for (const day of DAYS) {
    // Cases of after the day are in the totals of its month, and must not count.
    const exporter = await exporterOf(database.url, { now: () => new Date(`${day}T12:00:00Z`) });
    await exporter.refresh();
    const shown = [...readSeries(exporter.page().text)].filter(([name]) =>
      /_(savings_euros|cases)\{/.test(name),
    );
    expect(new Map(shown), day).toEqual(recompute(cases, day));
  }
}, 60_000);

test('a budget to date is its share of the days of the year, to the cent', async () => {
  const names = { municipality: 'GM0001', organisation: 'one', programme: 'main' };
  const budgets = [2023, 2024].map((year) => ({ year, amount: '1000.01', theme: '1' }));
  await database.use((db) => writeProgramme(db, 1, names, budgets));
  const shares = async (day: string) => {
    const exporter = await exporterOf(database.url, { now: () => new Date(`${day}T12:00:00Z`) });
    await exporter.refresh();
    const shown = [...readSeries(exporter.page().text)].filter(([name]) => name.includes('_budget_to_date_'));
    return shown.map(([, amount]) => amount);
  };
  // Last year's first: 59 of 365 days beside 60 of 366, then whole years but for a day.
  expect(await shares('2024-02-29')).toEqual([161.65, 163.94]);
  expect(await shares('2024-12-30')).toEqual([997.27, 997.28]);
});

test('the day is that of Amsterdam', async () => {
  await database.use((db) =>
    writeCases(db, [
      { municipality: 'GM0001', organisation: 'one', programme: 'main', theme: '1', date: '2026-07-01' },
    ]),
  );
  const cases = async (now: string) => {
    const exporter = await exporterOf(database.url, { now: () => new Date(now) });
    await exporter.refresh();
    const series = readSeries(exporter.page().text);
    return [...series].filter(([name]) => name.includes('state="registered"')).map(([, value]) => value);
  };
  expect(await cases('2026-06-30T21:59:59Z')).toEqual([]);
  expect(await cases('2026-06-30T22:00:00Z')).toEqual([1, 0]);
});

test('a budget without a case returns 0, and a partition that has nothing yet is known up to no moment', async () => {
  const names = { municipality: 'GM0001', organisation: 'one', programme: 'main' };
  await database.use(async (db) => {
    await writeProgramme(db, 1, names, [{ year: 2026, amount: '1000.00' }]);
    await sql`INSERT INTO stream (epoch, created_at, partitions) VALUES (1, now(), 1)`.execute(db);
    await sql`INSERT INTO partition_position (partition, epoch, sequence, known_at, stored_at)
      VALUES (0, 1, 0, 'epoch', now())`.execute(db);
  });
  const exporter = await exporterOf(database.url);
  await exporter.refresh();
  const shown = [...readSeries(exporter.page().text)].filter(([name]) => /_return_ratio|_known_/.test(name));
  const labels = 'municipality="GM0001",organisation="one",period="ytd",programme="main"';
  expect(shown).toEqual([
    [`effectstroom_return_ratio{${labels},purse="society"}`, 0],
    [`effectstroom_return_ratio{${labels},purse="municipality"}`, 0],
  ]);
});

test('reading the tables is enough', async () => {
  const url = new URL(database.url);
  await database.use(async (db) => {
    await writeGoldenRows(db);
    await sql`CREATE ROLE looker LOGIN PASSWORD 'looker'`.execute(db);
    await sql`GRANT USAGE ON SCHEMA public TO looker`.execute(db);
    await sql`GRANT SELECT ON ALL TABLES IN SCHEMA public TO looker`.execute(db);
  });
  [url.username, url.password] = ['looker', 'looker'];
  const [exporter, other] = [await exporterOf(url.href), await exporterOf(database.url)];
  await Promise.all([exporter.refresh(), other.refresh()]);
  expect(steadyPart(exporter.page().text)).toBe(steadyPart(other.page().text));
});

test('more series than allowed are cut, and the page says so', async () => {
  await database.use(writeGoldenRows);
  const exporter = await exporterOf(database.url, { seriesMax: 5 });
  await exporter.refresh();
  const series = readSeries(exporter.page().text);
  expect([...series.keys()].filter((name) => name.startsWith('effectstroom_savings_euros'))).toHaveLength(5);
  expect(series.get('effectstroom_collector_cut{collector="savings"}')).toBe(1);
  expect(series.get('effectstroom_collector_cut{collector="verification"}')).toBe(0);
});

test('a stream newer than the positions has nothing applied; a silent one is not guessed', async () => {
  await database.use(writeGoldenRows);
  const show = async (stream: StreamState | undefined) => {
    const exporter = await exporterOf(database.url, { readStream: async () => stream });
    await exporter.refresh();
    const series = readSeries(exporter.page().text);
    return ['stream_reachable', 'stream_last_sequence', 'applied_sequence', 'pending_messages'].map((name) =>
      series.get(`effectstroom_${name}{}`),
    );
  };
  expect(await show({ lastSequence: 7, createdAt: new Date('2026-03-01T00:00:00Z') })).toEqual([1, 7, 0, 7]);
  expect(await show(undefined)).toEqual([0, undefined, 100, undefined]);
});
