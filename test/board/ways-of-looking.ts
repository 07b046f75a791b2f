/** Tests of how people look at figures: down to a case, without a right to small numbers, on a phone. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPage } from '../people/open-page.ts';
import type { PeopleStack } from '../people/people-stack.ts';
import { keepScreen } from './screen-walk.ts';
import { ShownBoard } from './shown-board.ts';

const HELMOND = 'GM0794';
let stack: PeopleStack;
let board: ShownBoard;

/** Its tests. */
export function describeWaysOfLooking(on: () => PeopleStack): void {
  beforeAll(async () => {
    stack = on();
    board = await ShownBoard.of(stack);
  });
  afterAll(() => board?.end());

  test('any euro is walked down to a case, its lines and its history, and every step adds up', walkDown);
  test('who may not see small numbers sees stars, no cases, and no parts of a change', seeStars);
  test('charts are drawn without a script or a style, one for wide and one for narrow screens', lookOnPhone);
  test('no script failed', () => expect(board.complaints).toEqual([]));
}

async function walkDown(): Promise<void> {
  await board.open('/themas?gemeente=GM0762&organisatie=stadswelzijn&programma=main');
  const link = board.page.locator('#themes-figures-0 tbody tr').first().locator('a.figure-link');
  const [amount] = await link
    .locator('data')
    .evaluateAll((all) => all.map((one) => one.getAttribute('value')));
  await link.click();
  for (let step = 0; step < 3; step += 1) {
    const [sum] = await board.values('#explained-sum');
    if (step === 0) expect(sum).toBe(amount);
    const parts = await board.rows('explained-parts');
    const cents = (all: string[]) => all.reduce((total, one) => total + Math.round(Number(one) * 100), 0);
    const own = parts.slice(0, -1).flatMap(([, amounts]) => amounts);
    expect(parts.at(-1)?.[1]).toEqual([sum]);
    expect(Math.abs(cents(own) - cents([sum ?? '']))).toBeLessThanOrEqual(own.length / 2);
    const [first = ''] = own;
    await board.page.locator('#explained-parts tbody tr').first().locator('a').click();
    await board.page.waitForLoadState();
    expect((await board.values('#explained-sum'))[0]).toBe(first);
  }
  expect(await board.text('.working')).toMatch(/×.*=/);
  await board.page.getByRole('link', { name: 'De hele geschiedenis van deze casus' }).click();
  await board.page.waitForURL(/\/casus\//);
  expect(await board.page.locator('#events tbody tr').count()).toBeGreaterThan(0);
  expect(await board.text('.lead')).toContain('Stadswelzijn');
}

async function seeStars(): Promise<void> {
  const key = await stack.makeKey(['read']);
  const reader = await openPage(`${stack.portal}/themas?gemeente=${HELMOND}`, { key });
  try {
    expect(await reader.page.locator('.suppressed').count()).toBeGreaterThan(0);
    await reader.page.goto(`${stack.portal}/uitleg?gemeente=GM0762&organisatie=stadswelzijn&per=theme`);
    expect(await reader.page.locator('#explained-parts tbody tr').count()).toBeGreaterThan(0);
    expect(await reader.page.getByRole('link', { name: 'casus', exact: true }).count()).toBe(0);
    await reader.page.goto(`${stack.portal}/vergelijken?gemeente=${HELMOND}`);
    expect(await reader.page.locator('#bridge').count()).toBe(0);
    await reader.page.goto(`${stack.portal}/aanlevering`);
    expect(await reader.page.locator('#quarantine').count()).toBe(0);
    const answer = await reader.page.goto(`${stack.portal}/casus/stadswelzijn/st62-00001`);
    expect(answer?.status()).toBe(403);
  } finally {
    await reader.end();
  }
}

async function lookOnPhone(): Promise<void> {
  const {
    page: phone,
    complaints,
    end,
  } = await openPage(`${stack.portal}/themas?gemeente=GM0762`, {
    ...{ width: 360, isPlain: true },
  });
  try {
    expect(await phone.locator('.chart-narrow').first().isVisible()).toBe(true);
    expect(await phone.locator('.chart-wide').first().isVisible()).toBe(false);
    expect(await phone.locator('.chart svg style, .chart svg [style]').count()).toBe(0);
    expect(await phone.locator('.chart [role=img]').first().getAttribute('aria-label')).toContain('thema');
    expect(complaints).toEqual([]);
    await keepScreen(phone, 'themas-telefoon');
  } finally {
    await end();
  }
}
