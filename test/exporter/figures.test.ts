/** What /metrics says of rows that are in the tables. */
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { StreamState } from '../../services/exporter/src/collector.ts';
import { ExporterDatabase } from './exporter-database.ts';
import { writeGoldenRows } from './golden-rows.ts';
import { type InventedCase, writeCases } from './invented-rows.ts';
import { exporterOf, readSeries, steadyPart } from './page.ts';
import { recompute } from './recomputation.ts';

const database = new ExporterDatabase();

beforeAll(() => database.start(), 120_000);
beforeEach(() => database.migrateAnew());
afterAll(() => database.remove());

test('/metrics says what it said', async () => {
  await database.use(writeGoldenRows);
  const countRefused = (organisation: string) => (organisation === 'meerwaarde' ? 7 : 0);
  const exporter = await exporterOf(database.url, { countRefused });
  await exporter.refresh();
  await expect(steadyPart(exporter.page().text)).toMatchFileSnapshot('metrics.golden.txt');
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

/** Cases around the edges of the periods, in few groups, so that they meet. */
const inventedCase: fc.Arbitrary<InventedCase> = fc.record({
  municipality: fc.constantFrom('GM0001', 'GM0394'),
  organisation: fc.constantFrom('one', 'two'),
  programme: fc.constantFrom('main', 'second'),
  theme: fc.constantFrom('1', '2'),
  goal: fc.constantFrom('1.1', '1.2'),
  date: fc
    .integer({ min: Date.parse('2022-12-01'), max: Date.parse('2025-12-31') })
    .map((time) => new Date(time).toISOString().slice(0, 10)),
  isWithdrawn: fc.integer({ min: 0, max: 9 }).map((chance) => chance === 0),
  assessment: fc.option(
    fc.record({
      similarCases: fc.integer({ min: 1, max: 50 }),
      cost: fc.bigInt(0n, 10_000_000_000n),
      factor: fc.integer({ min: 1, max: 10_000 }),
      lines: fc.uniqueArray(
        fc.record({
          costBearer: fc.constantFrom('gemeente-jeugd', 'politie'),
          municipal: fc.boolean(),
          recurrence: fc.constantFrom('one-off', 'yearly'),
          amounts: fc.array(fc.bigInt(1n, 100_000_000_000_000n), { minLength: 1, maxLength: 4 }),
        }),
        {
          selector: (line) => `${line.costBearer} ${line.municipal} ${line.recurrence}`,
          minLength: 1,
          maxLength: 3,
        },
      ),
    }),
    { nil: undefined, freq: 8 },
  ),
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
