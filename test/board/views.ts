/** Tests of the pages with figures: what they show is what the API says, to the cent. */
import type { Comparison, DeliveriesAnswer, Outlook, Savings } from '@effectstroom/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PeopleStack } from '../people/people-stack.ts';
import { keepScreen } from './screen-walk.ts';
import { ShownBoard } from './shown-board.ts';

const HELMOND = 'GM0794';
let board: ShownBoard;
let year: string;
let soFar: string;

/** Its tests. */
export function describeViews(on: () => PeopleStack): void {
  beforeAll(async () => {
    board = await ShownBoard.of(on());
    year = board.today.slice(0, 4);
    soFar = `from=${year}-01-01&to=${board.today}`;
  });
  afterAll(() => board?.end());

  describe('the overview', describeOverview);
  test('themes stand beside their budget, with what is expected', compareThemes);
  test('cost bearers have their part of the whole', compareBearers);
  describe('a comparison', describeComparison);
  test('deliveries: who is late stands first, quarantine with its reasons', compareDeliveries);
  test('filters are in the address, and work from the keyboard', filterByKeyboard);
  test('no script failed', () => expect(board.complaints).toEqual([]));
}

function describeOverview(): void {
  test('shows the published figures of Haarlemmermeer 2021', async () => {
    await board.open('/?gemeente=GM0394&jaar=2021');
    expect(await board.text('#card-savings .card-figure')).toBe('€ 18.634.766');
    expect(await board.text('#card-return .card-figure')).toBe('€ 3,17');
    expect(await board.text('#card-cases')).toContain('Zij staan voor 2.467 casussen');
    await keepScreen(board.page, 'overzicht-haarlemmermeer');
  });

  test('has the figures of the API, and what they rest on', async () => {
    await board.open(`/?gemeente=${HELMOND}`);
    const { total } = await board.ask<Savings>(`/v1/savings?municipality=${HELMOND}&${soFar}`);
    expect(await board.values('#card-savings')).toEqual([
      ...[total.corrected.total, total.range.low, total.range.high, total.corrected.total],
    ]);
    expect(await board.values('#card-return')).toEqual([total.return, total.budget]);
    expect(await board.values('#card-municipality')).toEqual([
      total.municipal.return,
      total.municipal.corrected,
    ]);
    const { registered, assessed, represented } = total.cases;
    expect((await board.values('#card-cases')).map(Number)).toEqual([registered, assessed, represented]);
    const outlook = await board.ask<Outlook>(`/v1/outlook?municipality=${HELMOND}`);
    const { mid, low, high } = outlook.total.expected ?? {};
    expect(await board.values('#card-outlook')).toEqual([mid, low, high]);
    expect(await board.text('#card-savings .basis')).toMatch(/na correctie.*2 volgende jaren.*samenleving/);
  });

  test('says who has not delivered, and why it differs from last year', async () => {
    await board.open(`/?gemeente=${HELMOND}`);
    expect(await board.text('#completeness')).toMatch(
      /nog niet volledig.*Buurtkracht had op .* moeten leveren/,
    );
    const { total } = await board.ask<Comparison>(
      `/v1/compare?municipality=${HELMOND}&${soFar}&against=year-before`,
    );
    const [after, before, difference] = await board.values('.change');
    expect([after, before]).toEqual([total.after.corrected, total.before.corrected]);
    expect(difference).toBe(total.difference.corrected.replace('-', ''));
    const parts = total.parts.map(({ corrected }) => corrected).filter((one) => Math.abs(Number(one)) >= 0.5);
    const shown = await board.values('.change-parts');
    expect([...shown].sort()).toEqual(parts.map((one) => one.replace('-', '')).sort());
    expect(shown.map(Number)).toEqual(shown.map(Number).sort((one, other) => other - one));
  });

  test('draws every month, with the figures in a table', async () => {
    await board.open(`/?gemeente=${HELMOND}`);
    await board.page.locator('#months summary').click();
    const months = await board.ask<Savings>(
      `/v1/savings?municipality=${HELMOND}&from=${year}-01-01&to=${year}-12-31&groupBy=month`,
    );
    const shown = (await board.rows('months-figures')).slice(0, Number(board.today.slice(5, 7)));
    const ofMonth = (place: number) =>
      months.rows.find(({ month }) => month === `${year}-${String(place + 1).padStart(2, '0')}`);
    expect(shown.map(([, amounts]) => amounts[0])).toEqual(
      shown.map((_, place) => ofMonth(place)?.corrected.total ?? '0.00'),
    );
  });
}

async function compareThemes(): Promise<void> {
  await board.open('/themas?gemeente=GM0762');
  const outlook = await board.ask<Outlook>('/v1/outlook?municipality=GM0762&groupBy=theme');
  const cells = ({ toDate, budget, budgetToDate, expected }: Outlook['total']) => [
    ...[toDate, budget, budgetToDate, expected?.mid, expected?.low, expected?.high],
  ];
  const shown = await board.rows('themes-figures-0');
  expect(shown.map(([, amounts]) => amounts)).toEqual([...outlook.rows, outlook.total].map(cells));
  expect(shown[0]?.[0]).toBe('Samen leven');
  expect(await board.text('#themes-figures-0')).toMatch(/terugverdiend|Op koers|Loopt/);
  await board.page.locator('#goals-0 summary').click();
  const goals = await board.ask<Savings>(`/v1/savings?municipality=GM0762&${soFar}&groupBy=theme,goal`);
  const ofGoals = (await board.rows('goals-figures-0')).map(([, [amount, cases, assessed]]) => [
    ...[amount, Number(cases), Number(assessed)],
  ]);
  expect(ofGoals).toEqual(
    goals.rows.map(({ corrected, cases }) => [corrected.total, cases.registered, cases.assessed]),
  );
  await keepScreen(board.page, 'themas');
}

async function compareBearers(): Promise<void> {
  await board.open(`/kostenhouders?gemeente=${HELMOND}`);
  const { rows: bearers, total } = await board.ask<Savings>(
    `/v1/savings?municipality=${HELMOND}&${soFar}&groupBy=costBearer`,
  );
  const shown = await board.rows('bearers-figures');
  const expected = [...bearers]
    .sort((one, other) => Number(other.corrected.total) - Number(one.corrected.total))
    .map(({ gross, corrected }) => [gross.total, corrected.total]);
  expect(shown.map(([, [gross, corrected]]) => [gross, corrected])).toEqual([
    ...expected,
    [total.gross.total, total.corrected.total],
  ]);
  expect((await board.values('.lead')).slice(0, 1)).toEqual([total.municipal.corrected]);
}

function describeComparison(): void {
  test('of two periods has the parts of the API', async () => {
    await board.open('/vergelijken?soort=perioden');
    const days = { vanaf: `${year}-01-01`, tot: `${year}-01-31` };
    const then = { toenVanaf: `${Number(year) - 1}-01-01`, toenTot: `${Number(year) - 1}-02-10` };
    for (const [name, day] of Object.entries({ ...days, ...then }))
      await board.page.fill(`[name=${name}]`, day);
    await board.page.click('#compare-form button');
    await board.page.waitForURL(/toenTot=/);
    const { total } = await board.ask<Comparison>(
      `/v1/compare?from=${days.vanaf}&to=${days.tot}&beforeFrom=${then.toenVanaf}&beforeTo=${then.toenTot}`,
    );
    const shown = (await board.rows('bridge-figures')).map(([, [gross, corrected]]) => [gross, corrected]);
    const parts = total.parts.filter(({ gross, corrected }) => gross !== '0.00' || corrected !== '0.00');
    expect(shown).toEqual(
      [total.before, ...parts, total.after, total.difference].map((one) => [one.gross, one.corrected]),
    );
    await keepScreen(board.page, 'vergelijken');
  });

  test('of what was known then and now adds up, and a wrong choice is told in words', async () => {
    await board.open('/vergelijken?soort=momenten');
    const shown = await board.rows('bridge-figures');
    expect(shown.at(0)?.[1][1]).toBe('0.00');
    expect(shown.at(-1)?.[1][1]).toBe(shown.at(-2)?.[1][1]);
    await board.open(`/vergelijken?soort=perioden&vanaf=${year}-05-01&tot=${year}-01-01`);
    expect(await board.text('main .utrecht-alert')).toContain('Deze dagen kunnen niet');
    expect(await board.page.locator('#compare-form').count()).toBe(1);
  });
}

async function compareDeliveries(): Promise<void> {
  await board.open('/aanlevering');
  const { rows: sources } = await board.ask<DeliveriesAnswer>('/v1/deliveries');
  const late = sources.filter(({ onTime }) => onTime === false);
  expect(await board.page.locator('#late li').count()).toBe(late.length);
  expect(await board.text('#late')).toContain(late[0]?.name ?? '');
  expect(await board.page.locator('#deliveries tbody tr').count()).toBe(sources.length);
  const { counts } = await board.ask<{ counts: Record<string, number> }>('/v1/quarantine');
  expect((await board.values('#quarantine-reasons')).map(Number).sort()).toEqual(
    Object.values(counts).sort(),
  );
}

async function filterByKeyboard(): Promise<void> {
  await board.open('/kostenhouders');
  await board.page.selectOption('#filter-gemeente', HELMOND);
  await board.page.locator('#filters button').press('Enter');
  await board.page.waitForURL(/gemeente=GM0794/);
  const { total } = await board.ask<Savings>(`/v1/savings?municipality=${HELMOND}&${soFar}`);
  // The script may still be showing it too.
  await expect
    .poll(async () => (await board.values('#bearers-figures tfoot'))[1])
    .toBe(total.corrected.total);
}
