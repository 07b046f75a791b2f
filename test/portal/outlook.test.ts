import { type Outlook, outlookSchema, type Savings } from '@effectstroom/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seededRandom } from '../scenarios/random.ts';
import { inventCases, inventPriceList, inventProgrammes } from './invented-cases.ts';
import { KEYS, startTestPortal, type TestPortal } from './portal-server.ts';
import { recomputeOutlook } from './recomputed-outlook.ts';
import { writeInvented } from './write-invented.ts';

const cases = inventCases(400, seededRandom(29n));
const programmes = inventProgrammes();
const FIGURES = { authorization: `Bearer ${KEYS.figures}` };
let portal: TestPortal;

beforeAll(async () => {
  portal = await startTestPortal();
  await writeInvented(portal.database.url, cases, programmes, [inventPriceList()]);
}, 180_000);

afterAll(() => portal?.stop());

async function ask<T = Outlook>(path: string, headers?: Record<string, string>): Promise<T> {
  const response = await portal.get(path, headers);
  expect(response.status, path).toBe(200);
  return (await response.json()) as T;
}

describe('an outlook', () => {
  test.each([
    ['2021-06-15', 'theme', {}],
    ['2021-01-31', 'theme,organisation', { municipality: 'GM0001' }],
    ['2021-12-31', 'workType', { organisation: 'zuiderzon' }],
    ['2020-02-29', 'municipality,organisation,programme', {}],
    ['2020-03-01', 'goal', { theme: '1' }],
    ['2019-12-30', '', { organisation: 'oosterwind', programme: 'main' }],
  ])('on %s by %s is what its method says', async (today, groupBy, filters) => {
    const outlook = await ask(`/v1/outlook?${new URLSearchParams({ today, groupBy, ...filters })}`);
    expect(outlookSchema.parse(outlook)).toEqual(outlook);
    const expected = recomputeOutlook(cases, { today, groupBy: groupBy.split(',').filter(Boolean), filters });
    const figures = ({ toDate, expected, months, unexpected }: Outlook['total']) => ({
      ...{ toDate, expected, months, unexpected },
    });
    expect(figures(outlook.total)).toEqual(expected.total);
    const rows = outlook.rows.map((row) => [
      outlook.basis.groupBy.map((name) => row[name] ?? null).join(),
      figures(row),
    ]);
    const budgetOnly = rows.filter(([name]) => !expected.rows.has(String(name)));
    expect(new Map(rows as [string, object][])).toEqual(
      new Map([...expected.rows, ...(budgetOnly as [string, never][])]),
    );
    for (const [, row] of budgetOnly) expect(row).toMatchObject({ toDate: '0.00' });
  });

  test('has the budget of the year, and of its days so far', async () => {
    const asked = 'organisation=noorderlicht&municipality=GM0001&today=2021-06-30';
    const { rows, total } = await ask(`/v1/outlook?${asked}&groupBy=theme`);
    expect(total).toMatchObject({ budget: '333333.33', budgetToDate: '165296.80' });
    const ofTheme = (theme: string) => rows.find((row) => row.theme === theme);
    expect(ofTheme('2')).toMatchObject({ budget: '5000.00', budgetToDate: '2479.45' });
    expect(ofTheme('1')).toMatchObject({ budget: null, budgetToDate: null });
    expect((await ask(`/v1/outlook?${asked}&year=2022`)).total).toMatchObject({ unexpected: 'ahead' });
    const past = await ask(`/v1/outlook?${asked}&year=2020`);
    const { toDate, budget, budgetToDate, expected, months } = past.total;
    expect({ budget, budgetToDate, months }).toEqual({
      ...{ budget: '100000.00', budgetToDate: '100000.00', months: 0 },
    });
    expect(expected).toEqual({ low: null, mid: toDate, high: null });
  });

  test('adds up: rows expect together what the total expects', async () => {
    const { rows, total } = await ask('/v1/outlook?today=2021-06-15&groupBy=theme');
    const cents = (amount: string | undefined) => Number(amount) * 100;
    const sum = rows.reduce((all, { expected }) => all + cents(expected?.mid), 0);
    expect(Math.abs(sum - cents(total.expected?.mid))).toBeLessThanOrEqual(rows.length);
  });

  test('is a table too, and names what is wrong with a question', async () => {
    const accept = { accept: 'text/csv' };
    const csv = await (await portal.get('/v1/outlook?today=2021-06-15&groupBy=theme', accept)).text();
    expect(csv.split('\r\n')[0]).toContain('kind;theme;toDate;budget;budgetToDate;expected.low;expected.mid');
    const wrong = await portal.get('/v1/outlook?year=21&groupBy=team&today=2021-02-30&theme=1&x=1');
    expect(wrong.status).toBe(400);
    const { errors } = (await wrong.json()) as { errors: { pointer: string }[] };
    expect(errors.map(({ pointer }) => pointer).sort()).toEqual(['/groupBy', '/today', '/x', '/year']);
  });
});

test('without detail it rests only on months that the savings show', async () => {
  const [year, today] = ['2021', '2021-06-15'];
  for (const groupBy of ['theme', 'organisation', 'theme,workType']) {
    const outlook = await ask(`/v1/outlook?today=${today}&groupBy=${groupBy}`, FIGURES);
    const names = groupBy.split(',') as 'theme'[];
    const inYear = await ask<Savings>(
      `/v1/savings?from=${year}-01-01&to=${year}-12-31&groupBy=${groupBy}`,
      FIGURES,
    );
    const inMonths = await ask<Savings>(
      `/v1/savings?from=2020-06-01&to=2021-05-31&groupBy=${groupBy},month`,
      FIGURES,
    );
    const keyOf = (row: object) => names.map((name) => Reflect.get(row, name)).join();
    for (const row of outlook.rows) {
      const shown = inYear.rows.find((one) => keyOf(one) === keyOf(row));
      if (shown !== undefined) expect(row.toDate).toBe(shown.corrected?.total ?? null);
      const hidden = inMonths.rows.some((one) => keyOf(one) === keyOf(row) && one.corrected === null);
      if (row.toDate === null || hidden)
        expect(row).toMatchObject({ expected: null, unexpected: 'few-cases' });
    }
  }
  const refused = await portal.get('/v1/outlook?groupBy=theme,goal,workType,organisation', FIGURES);
  expect(refused.status).toBe(400);
});
