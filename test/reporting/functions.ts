/**
 * Tests that the functions of `reporting` say what the portal's API says: year ends, and two periods
 * compared.
 */
import type { Comparison, Outlook } from '@effectstroom/contracts';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import type { ReportingWorld } from './reporting-world.ts';

let world: ReportingWorld;

const cents = (...names: string[]) => names.map((name) => `round(${name}, 2)::text AS ${name}`).join(', ');

async function outlookView(year: number, today: string): Promise<Map<string, unknown>> {
  const rows = await world.reader.rows(
    `SELECT municipality, organisation, programme, theme, months,
       ${cents('budget', 'budget_to_date', 'to_date', 'expected_low', 'expected', 'expected_high')}
     FROM outlook_on($1, $2)`,
    [year, today],
  );
  return new Map(
    rows.map(({ municipality, organisation, programme, theme, ...figures }) => [
      [municipality, organisation, programme, theme].join('/'),
      figures,
    ]),
  );
}

function outlookFigures({ toDate, budget, budgetToDate, expected, months }: Outlook['total']) {
  return {
    ...{ budget, budget_to_date: budgetToDate, to_date: toDate, months: String(months) },
    ...{ expected_low: expected?.low ?? null, expected: expected?.mid ?? null },
    expected_high: expected?.high ?? null,
  };
}

const PLACES = ['GM0001', 'GM0002'].flatMap((municipality) =>
  ['noorderlicht', 'oosterwind', 'zuiderzon'].flatMap((organisation) =>
    ['main', 'gezinswerk'].map((programme) => ({ municipality, organisation, programme })),
  ),
);

/** A year, and the day on which its outlook is asked. */
const DATES: [number, string][] = [
  ...[2020, 2021, 2022].map((year): [number, string] => [year, `${year}-03-15`]),
  [2020, '2020-02-29'],
  [2021, '2021-12-31'],
  [2021, '2021-01-01'],
  [2020, '2021-06-01'],
  [2021, '2020-06-01'],
  [2019, '2019-11-30'],
  [2020, '2020-01-31'],
  [2021, '2021-08-31'],
];

const day = fc
  .oneof(
    fc.integer({ min: 0, max: 1000 }).map((days) => Date.UTC(2019, 9, 1) + days * 86_400_000),
    fc.integer({ min: 0, max: 32 }).map((months) => Date.UTC(2019, 9 + months, 1)),
    fc.integer({ min: 1, max: 33 }).map((months) => Date.UTC(2019, 9 + months, 0)),
  )
  .map((time) => new Date(time).toISOString().slice(0, 10));
const period = fc.tuple(day, day).map((days) => days.sort());
const scope = fc.record(
  {
    municipality: fc.constantFrom('GM0001', 'GM0002'),
    organisation: fc.constantFrom('noorderlicht', 'zuiderzon', 'nobody'),
    programme: fc.constantFrom('main', 'gezinswerk'),
  },
  { requiredKeys: [] },
);

/** Its tests; they change which day is today. */
export function describeFunctions(on: () => ReportingWorld): void {
  beforeAll(() => {
    world = on();
  });
  test.each(DATES)('the outlook of %i on %s', compareOutlook, 30_000);
  test('the view is the outlook of this year today', compareOutlookView);
  test('two periods compared', comparePeriods, 60_000);
  test('what changed between two moments, by the day it became known', compareChanges);
}

async function compareOutlook(year: number, today: string): Promise<void> {
  const seen = await outlookView(year, today);
  for (const place of PLACES) {
    const names = Object.values(place).join('/');
    const { rows, total } = await world.ask<Outlook>('/v1/outlook', {
      ...{ year: String(year), today, groupBy: 'theme' },
      ...place,
    });
    const themes = [...seen.keys()].filter((key) => key.startsWith(`${names}/`) && !key.endsWith('/'));
    expect(themes.sort()).toEqual(rows.map(({ theme }) => `${names}/${theme}`).sort());
    for (const row of rows) expect(seen.get(`${names}/${row.theme}`), names).toEqual(outlookFigures(row));
    if (rows.length > 0) expect(seen.get(`${names}/`), names).toEqual(outlookFigures(total));
  }
}

async function compareOutlookView(): Promise<void> {
  await world.reader.setToday('2021-05-06');
  const view = await world.reader.rows('SELECT * FROM outlook ORDER BY 1, 2, 3, 4');
  const asked = await world.reader.rows(`SELECT * FROM outlook_on(2021, '2021-05-06') ORDER BY 1, 2, 3, 4`);
  expect(view.length).toBeGreaterThan(10);
  expect(view).toEqual(asked);
}

async function comparePeriods(): Promise<void> {
  await fc.assert(
    fc.asyncProperty(
      period,
      period,
      scope,
      async ([beforeFrom = '', beforeTo = ''], [from = '', to = ''], of) => {
        const { rows, total } = await world.ask<Comparison>('/v1/compare', {
          ...{ beforeFrom, beforeTo, from, to, groupBy: 'theme' },
          ...of,
        });
        const chosen = [of.municipality, of.organisation, of.programme].map((name) => (name ? [name] : null));
        const found = await world.reader.rows(
          `SELECT theme, part, position, ${cents('gross', 'corrected', 'municipal')}, cases, represented
         FROM comparison($1, $2, $3, $4, $5, $6, $7)`,
          [beforeFrom, beforeTo, from, to, ...chosen],
        );
        const told = found.filter(({ theme }) => theme === null);
        expect(told).toEqual(told.length === 0 ? [] : comparedParts(null, total));
        for (const row of rows)
          expect(found.filter(({ theme }) => theme === row.theme)).toEqual(comparedParts(row.theme, row));
        const themes = new Set(found.map(({ theme }) => theme));
        for (const { theme } of rows) expect(themes).toContain(theme);
        if (told.length === 0) expect(rows).toEqual([]);
      },
    ),
    { numRuns: 60 },
  );
}

function comparedParts(theme: unknown, { before, after, parts }: Comparison['total']) {
  const amounts = ({
    gross,
    corrected,
    municipal,
  }: Pick<typeof before, 'gross' | 'corrected' | 'municipal'>) => ({
    ...{ gross, corrected, municipal: municipal.corrected },
  });
  const side = (part: string, { cases, ...of }: typeof before) => ({
    ...{ part, ...amounts(of), cases: String(cases.registered), represented: String(cases.represented) },
  });
  const steps = parts.map((one) => ({ part: one.part, ...amounts(one), cases: null, represented: null }));
  return [side('before', before), ...steps, side('after', after)].map((row, place) => ({
    ...{ theme, position: String(place), ...row },
  }));
}

async function compareChanges(): Promise<void> {
  const asked = { from: '1980-01-01', to: '2023-12-31', groupBy: 'theme,year' };
  const { rows } = await world.ask<Comparison>('/v1/compare', {
    ...asked,
    beforeAsOf: '2023-12-31T00:00:00Z',
  });
  const found = await world.reader.rows(
    `SELECT theme, year, part, day, sum(cases) AS cases, ${['gross', 'corrected']
      .map((name) => `round(sum(${name}), 2)::text AS ${name}`)
      .join(', ')} FROM changes GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3`,
  );
  const expected = rows.flatMap(({ theme, year, parts }) =>
    parts
      .filter(({ gross }) => gross !== '0.00')
      .map(({ part, gross, corrected, cases }) => ({
        ...{ theme, year, part, day: '2024-01-01 00:00:00+01', gross, corrected },
        cases: String((cases?.started ?? 0) - (cases?.stopped ?? 0)),
      })),
  );
  const key = (row: Record<string, unknown>) => [row['theme'], row['year'], row['part']].join();
  const moved = found.filter(({ gross }) => gross !== '0.00');
  expect(new Map(moved.map((row) => [key(row), row]))).toEqual(
    new Map(expected.map((row) => [key(row), row])),
  );
  const ever = "'1980-01-01T00:00:00Z', '2100-01-01T00:00:00Z'";
  expect(
    await world.reader.rows(
      `SELECT told.* FROM changes_between(${ever}, NULL, NULL, NULL) AS told ORDER BY told`,
    ),
  ).toEqual(await world.reader.rows('SELECT * FROM changes ORDER BY changes'));
}
