/** The published figures, and those of today, in the views, at the portal and on /metrics. */
import type { Savings } from '@effectstroom/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readSeries } from '../exporter/page.ts';
import { type PeopleStack, startPeopleStack } from '../people/people-stack.ts';
import { type Reader, readerAt } from './reader.ts';

let stack: PeopleStack;
let reader: Reader;

beforeAll(async () => {
  stack = await startPeopleStack({ exporter: { REFRESH_SECONDS: '1' } });
  reader = await readerAt(stack.readerUrl);
}, 240_000);

afterAll(async () => {
  await reader?.close();
  await stack?.end();
});

test('people look at this year and the last of three municipalities, both references, and five faults', async () => {
  const thisYear = Number(stack.today.slice(0, 4));
  const found = await reader.rows('SELECT DISTINCT municipality, year FROM cases');
  const places = found.map(({ municipality, year }) => `${municipality} ${year}`);
  for (const municipality of ['GM0762', 'GM0794', 'GM0848'])
    expect(places).toEqual(
      expect.arrayContaining([`${municipality} ${thisYear}`, `${municipality} ${thisYear - 1}`]),
    );
  expect(places).toEqual(expect.arrayContaining(['GM0394 2021', 'GM1700 2020']));
  expect(await stack.ask('/v1/status')).toMatchObject({ applied: { pending: 0 }, quarantined: 5 });
  // Every organisation has cases that wait for an assessment.
  const waiting = await reader.rows(`SELECT organisation, sum(registered) > sum(assessed) AS waits
    FROM cases WHERE year >= ${thisYear - 1} GROUP BY 1 ORDER BY 1`);
  expect(waiting.map(({ organisation }) => organisation)).toEqual([
    'buurtkracht',
    'dorpsteam',
    'stadswelzijn',
  ]);
  expect(waiting.map(({ waits }) => waits)).toEqual(['t', 't', 't']);
});

test('Haarlemmermeer 2021 comes out to the euro', async () => {
  const where = `municipality = 'GM0394' AND organisation = 'meerwaarde' AND year = 2021`;
  expect(
    await reader.rows(`SELECT round(sum(gross) FILTER (WHERE recurrence = 'one-off')) AS one_off,
      round(sum(corrected) FILTER (WHERE recurrence = 'yearly' AND counted_year = 0)) AS first_year,
      round(sum(corrected), 2) AS total FROM savings WHERE ${where}`),
  ).toEqual([{ one_off: '9627226', first_year: '3323421', total: '18634766.40' }]);
  expect(
    await reader.rows(`SELECT round(100 * (SELECT sum(corrected) FROM savings_by_year WHERE ${where})
      / amount) AS percent FROM year_budgets WHERE ${where} AND theme IS NULL`),
  ).toEqual([{ percent: '317' }]);
  expect(
    await reader.rows(`SELECT theme, sum(assessed) AS assessed, sum(represented) AS represented FROM cases
      WHERE ${where} AND theme IN ('1', '2') GROUP BY 1 ORDER BY 1`),
  ).toEqual([
    { theme: '1', assessed: '72', represented: '736' },
    { theme: '2', assessed: '73', represented: '357' },
  ]);
});

test('the references and the invented years are the same at the portal', async () => {
  const groupBy = 'municipality,organisation,programme,theme,year';
  const asked = `/v1/savings?from=2019-01-01&to=${stack.today}&groupBy=${groupBy}`;
  const { rows } = (await stack.ask(asked)) as Savings;
  const expected = rows.map(({ gross, corrected, municipality, organisation, programme, theme, year }) => ({
    ...{ municipality, organisation, programme, theme, year },
    ...{ gross: gross.total, corrected: corrected.total },
  }));
  expect(await savedBy()).toEqual(expected.filter(({ gross }) => gross !== '0.00'));
});

async function savedBy(): Promise<Record<string, string | null>[]> {
  return reader.rows(`SELECT municipality, organisation, programme, theme, year,
    round(sum(gross), 2) AS gross, round(sum(corrected), 2) AS corrected FROM savings GROUP BY 1, 2, 3, 4, 5 HAVING round(sum(gross), 2) <> 0
    ORDER BY 1, 2, 3, 4, 5`);
}

test('today is the same at the exporter, with its quarantine', async () => {
  const total = async () => {
    const page = await (await fetch(`${stack.exporter}/metrics`)).text();
    return [...readSeries(page)];
  };
  const sumOf = (series: [string, number][], gauge: string, ...labels: string[]) =>
    series
      .filter(([name]) => name.startsWith(`${gauge}{`) && labels.every((label) => name.includes(label)))
      .reduce((sum, [, value]) => sum + Math.round(value * 100), 0);
  const [row] = await reader.rows(`SELECT sum(round(corrected, 2)) AS corrected, (SELECT sum(registered)
    FROM cases_to_date WHERE period = 'ytd') AS registered,
    (SELECT sum(events) FROM quarantine) AS quarantined
    FROM (SELECT sum(corrected) AS corrected FROM savings_to_date WHERE period = 'ytd'
      GROUP BY municipality, organisation, programme, theme, cost_bearer, recurrence) AS saved`);
  await expect
    .poll(
      async () => {
        const series = await total();
        return [
          sumOf(series, 'effectstroom_savings_euros', 'basis="corrected"', 'period="ytd"') / 100,
          sumOf(series, 'effectstroom_cases', 'state="registered"', 'period="ytd"') / 100,
          sumOf(series, 'effectstroom_quarantined_events') / 100,
        ];
      },
      { timeout: 30_000, interval: 500 },
    )
    .toEqual([Number(row?.['corrected']), Number(row?.['registered']), Number(row?.['quarantined'])]);
}, 40_000);
