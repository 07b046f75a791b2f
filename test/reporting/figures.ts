/** Tests that the views say what the portal's API and the exporter say, of invented cases. */
import type { Savings } from '@effectstroom/contracts';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { exporterOf, readSeries } from '../exporter/page.ts';
import type { ReportingWorld } from './reporting-world.ts';
import { budgetSeries, casesSeries, LABELS, only, savingsSeries } from './view-series.ts';

let world: ReportingWorld;

const ALL_DAYS = { from: '1980-01-01', to: '2023-12-31' };

/** Dimensions of the API as columns of the views. */
const COLUMNS: Record<string, string> = {
  ...{ municipality: 'municipality', organisation: 'organisation', programme: 'programme', theme: 'theme' },
  ...{ goal: 'goal', workType: 'work_type', costBearer: 'cost_bearer', recurrence: 'recurrence' },
  ...{ cashable: 'cashable', year: 'year' },
  month: "to_char(month AT TIME ZONE 'Europe/Amsterdam', 'YYYY-MM')",
};
const OF_LINES = ['costBearer', 'recurrence', 'cashable'];

type Figures = Record<string, (string | null)[]>;

/** Figures by group, without groups that have none. */
function figuresBy(
  rows: readonly Record<string, unknown>[],
  groupBy: readonly string[],
  of: (row: never) => (string | null)[],
): Figures {
  const all = rows.map(
    (row) => [JSON.stringify(groupBy.map((name) => row[name])), of(row as never)] as const,
  );
  return Object.fromEntries(all.filter(([, figures]) => figures.some((one) => Number(one) !== 0)));
}

/** The figures of a view by group, rounded to cents. */
async function viewed(view: string, groupBy: readonly string[], sums: readonly string[]): Promise<Figures> {
  const keys = groupBy.map((name) => `${COLUMNS[name]} AS "${name}"`);
  const columns = sums.map((sum, place) => `(${sum})::text AS f${place}`);
  const places = groupBy.map((_, place) => place + 1);
  const rows = await world.reader.rows(
    `SELECT ${[...keys, ...columns].join(', ')} FROM reporting.${view}
     ${places.length > 0 ? `GROUP BY ${places.join(', ')}` : ''}`,
  );
  return figuresBy(rows, groupBy, (row) => sums.map((_, place) => row[`f${place}`] ?? '0.00'));
}

const cents = (sum: string) => `round(${sum}, 2)`;
const SAVED = [
  ...['gross', 'corrected', 'low', 'high', 'counted_gross', 'counted_corrected'].map((name) =>
    cents(`sum(${name})`),
  ),
  cents('coalesce(sum(corrected) FILTER (WHERE municipal), 0)'),
  cents("coalesce(sum(gross) FILTER (WHERE recurrence = 'one-off'), 0)"),
  cents("coalesce(sum(gross) FILTER (WHERE recurrence = 'yearly' AND counted_year = 0), 0)"),
];
const HANDLED = ['sum(registered)', 'sum(assessed)', 'sum(represented)', cents('sum(cost)')];

type Row = Savings['rows'][number];

function saved({ gross, corrected, counted, municipal, range }: Row): (string | null)[] {
  return [
    ...[gross.total, corrected.total, range.low, range.high],
    ...[counted.gross, counted.corrected, municipal.corrected, gross.oneOff, gross.yearlyFirstYear],
  ];
}

const grouping = (names: readonly string[]) => fc.shuffledSubarray([...names], { maxLength: 5 });

const DAYS = ['2020-02-29', '2021-02-28', '2020-12-31', '2021-01-01', '2021-03-15', '2022-01-31'];

/** Its tests; they change which day is today. */
export function describeFigures(on: () => ReportingWorld): void {
  beforeAll(() => {
    world = on();
  });
  describe('the views and the portal', describeViews);
  describe('the year to date in views, exporter and portal', describeToDate);
}

function describeViews(): void {
  test.each([
    ['savings', Object.keys(COLUMNS), 25],
    [
      'savings_by_year',
      Object.keys(COLUMNS).filter((name) => !['costBearer', 'cashable', 'month'].includes(name)),
      15,
    ],
  ])(
    '%s',
    async (view, names, numRuns) => {
      await fc.assert(
        fc.asyncProperty(grouping(names), async (groupBy) => {
          const asked = { ...ALL_DAYS, ...(groupBy.length > 0 && { groupBy: groupBy.join(',') }) };
          const { rows, total } = await world.ask<Savings>('/v1/savings', asked);
          const expected = figuresBy(groupBy.length > 0 ? rows : [total], groupBy, saved);
          expect(await viewed(view, groupBy, SAVED)).toEqual(expected);
        }),
        { numRuns },
      );
    },
    60_000,
  );

  test.each([
    ['cases', Object.keys(COLUMNS).filter((name) => !OF_LINES.includes(name)), 15],
    ['cases_by_year', Object.keys(COLUMNS).filter((name) => ![...OF_LINES, 'month'].includes(name)), 10],
  ])(
    '%s',
    async (view, names, numRuns) => {
      await fc.assert(
        fc.asyncProperty(grouping(names), async (groupBy) => {
          const asked = { ...ALL_DAYS, ...(groupBy.length > 0 && { groupBy: groupBy.join(',') }) };
          const { rows, total } = await world.ask<Savings>('/v1/savings', asked);
          const expected = figuresBy(groupBy.length > 0 ? rows : [total], groupBy, ({ cases, cost }: Row) => [
            ...[cases.registered, cases.assessed, cases.represented].map(String),
            cost,
          ]);
          expect(await viewed(view, groupBy, HANDLED)).toEqual(expected);
        }),
        { numRuns },
      );
    },
    60_000,
  );
}

function describeToDate(): void {
  test.each(DAYS)('on %s', async (day) => {
    await world.reader.setToday(day);
    const exporter = await exporterOf(world.portal.database.url, { now: () => new Date(`${day}T12:00:00Z`) });
    await exporter.refresh();
    const series = readSeries(exporter.page().text);
    expect(await savingsSeries(world.reader)).toEqual(only(series, 'effectstroom_savings_euros'));
    expect(await casesSeries(world.reader)).toEqual(only(series, 'effectstroom_cases'));
    const budgets = await budgetSeries(world.reader);
    expect(budgets.size).toBeGreaterThan(0);
    for (const [name, value] of only(series, 'effectstroom_budget_to_date_euros'))
      expect(budgets.get(name), name).toBe(value);

    const groupBy = [...LABELS, 'costBearer', 'recurrence'];
    const asked = { from: `${day.slice(0, 4)}-01-01`, to: day, groupBy: groupBy.join(',') };
    const { rows } = await world.ask<Savings>('/v1/savings', asked);
    const expected = figuresBy(rows, groupBy, ({ gross, corrected, municipal }: Row) => [
      ...[gross.total, corrected.total, municipal.corrected],
    ]);
    const sums = ['gross', 'corrected'].map((name) => cents(`sum(${name}) FILTER (WHERE period = 'ytd')`));
    const municipal = "coalesce(sum(corrected) FILTER (WHERE period = 'ytd' AND municipal), 0)";
    expect(await viewed('savings_to_date', groupBy, [...sums, cents(municipal)])).toEqual(expected);
  });
}
