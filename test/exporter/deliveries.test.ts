/** What /metrics says of sources that deliver, or should have. */
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ExporterDatabase } from './exporter-database.ts';
import { type InventedSource, writeSources } from './invented-deliveries.ts';
import { exporterOf, readSeries } from './page.ts';
import { seriesName } from './recomputation.ts';

const database = new ExporterDatabase();

beforeAll(() => database.start(), 120_000);
beforeEach(() => database.migrateAnew());
afterAll(() => database.remove());

const TODAY = '2026-03-14';
const MONTHS = ['2024-12', '2025-12', '2026-01', '2026-02', '2026-03'];

const inventedSource = fc.record({
  organisation: fc.constantFrom('one', 'two', 'three'),
  source: fc.constantFrom('urn:nld:kvknr:1', 'urn:nld:kvknr:2', 'urn:nld:kvknr:3'),
  rhythm: fc.option(fc.constantFrom('daily', 'monthly'), { nil: undefined }),
  graceDays: fc.integer({ min: 0, max: 5 }),
  days: fc.uniqueArray(
    fc.constantFrom('2025-11-30', '2026-02-27', '2026-02-28', '2026-03-12', '2026-03-13'),
    {
      maxLength: 3,
    },
  ),
  cases: fc.uniqueArray(
    fc.record({
      municipality: fc.constantFrom('GM0001', 'GM0394'),
      month: fc.constantFrom(...MONTHS),
      registered: fc.integer({ min: 1, max: 1_000_000 }),
      assessed: fc.integer({ min: 0, max: 10 }),
    }),
    { selector: ({ municipality, month }) => `${municipality} ${month}`, maxLength: 6 },
  ),
});

const inventedSources = fc
  .uniqueArray(inventedSource, { selector: ({ organisation, source }) => `${organisation} ${source}` })
  .map((sources) =>
    sources.map(({ rhythm, graceDays, ...rest }): InventedSource => {
      return { ...rest, ...(rhythm ? { expected: { rhythm, graceDays, from: '2025-01-01' } } : {}) };
    }),
  );

/** Every day before today is tried as the last one of an interval whose days of grace are over. */
function lastDueDay({ rhythm, graceDays }: { rhythm: string; graceDays: number }): string {
  for (const day = new Date(TODAY); ; day.setUTCDate(day.getUTCDate() - 1)) {
    const grace = new Date(day.getTime() + graceDays * 86_400_000).toISOString().slice(0, 10);
    const isLast = rhythm === 'daily' || new Date(day.getTime() + 86_400_000).getUTCDate() === 1;
    if (isLast && grace < TODAY) return day.toISOString().slice(0, 10);
  }
}

function recompute(sources: readonly InventedSource[]): Map<string, number> {
  const series = new Map<string, number>();
  for (const { organisation, source, expected, days, cases } of sources) {
    const labels = { organisation, source };
    const last = [...days].sort().at(-1);
    if (last !== undefined)
      series.set(
        seriesName('effectstroom_delivery_last_timestamp_seconds', labels),
        Date.parse(`${last}T12:00:00Z`) / 1000,
      );
    if (expected !== undefined)
      series.set(
        seriesName('effectstroom_delivery_overdue', labels),
        (last ?? '') < lastDueDay(expected) ? 1 : 0,
      );
    if (last !== undefined || expected !== undefined)
      series.set(seriesName('effectstroom_delivery_refused', labels), organisation.length);
    const thisYear = cases.filter(({ month }) => month.startsWith('2026'));
    for (const state of thisYear.length === 0 ? [] : (['registered', 'assessed'] as const))
      series.set(
        seriesName('effectstroom_source_cases', { ...labels, state }),
        thisYear.reduce((sum, counts) => sum + counts[state], 0),
      );
  }
  return series;
}

test('what is shown of sources equals an independent recomputation', { timeout: 120_000 }, async () => {
  const samples = fc.sample(inventedSources, { seed: 5, numRuns: 12 });
  for (const sources of samples) {
    await database.migrateAnew();
    await database.use((db) => writeSources(db, sources));
    const exporter = await exporterOf(database.url, {
      now: () => new Date(`${TODAY}T10:00:00Z`),
      countRefused: (organisation) => organisation.length,
    });
    await exporter.refresh();
    const shown = [...readSeries(exporter.page().text)].filter(([name]) =>
      /^effectstroom_(delivery|source)_/.test(name),
    );
    expect(new Map(shown)).toEqual(recompute(sources));
  }
});

test('of many days the last one is shown, of each source', async () => {
  const days = Array.from({ length: 60 }, (_, day) =>
    new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10),
  );
  const sources = ['one', 'two'].flatMap((organisation) =>
    ['urn:a', 'urn:b'].map((source, place) => ({
      ...{ organisation, source, cases: [] },
      days: place === 0 ? days : days.slice(0, 5),
    })),
  );
  await database.use((db) => writeSources(db, sources));
  const exporter = await exporterOf(database.url);
  await exporter.refresh();
  const shown = [...readSeries(exporter.page().text)].filter(([name]) => name.includes('_delivery_last_'));
  const last = shown.map(([, value]) => new Date(value * 1000).toISOString().slice(0, 10));
  expect(last.sort()).toEqual(['2026-01-05', '2026-01-05', '2026-03-01', '2026-03-01']);
});
