/** Tests of all pages of the board in a real browser: for every eye, hand, language and width. */
import { brotliCompressSync } from 'node:zlib';
import type { Page, Response } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type OpenedPage, openPage } from '../people/open-page.ts';
import type { PeopleStack } from '../people/people-stack.ts';
import { axeFaults } from '../web/axe.ts';
import { BoardClient } from './board-client.ts';
import { inLanguage, keepScreen, overflow, reachablePages } from './screen-walk.ts';

const WIDE = { width: 1100, height: 900 };
const PHONE = { width: 360, height: 740 };

/** Bytes of script, as they go over the wire. */
const SCRIPT_BYTES_MAX = 150 * 1024;
const OWN_SCRIPT_BYTES_MAX = 10 * 1024;

let stack: PeopleStack;
let opened: OpenedPage;
let page: Page;
let paths: string[] = [];

const nameOf = (path: string): string => path.replaceAll(/[?&=/.:%]+/g, '-').slice(0, 60);

/** Its tests. */
export function describeFrame(on: () => PeopleStack): void {
  beforeAll(async () => {
    stack = on();
    opened = await openPage(`${stack.portal}/`, { key: 'local-admin' });
    page = opened.page;
    paths = await reachablePages(page, stack.portal, '/');
  });
  afterAll(() => opened?.end());

  describe('every page', describeEveryPage);
  test('the first view loads little script', weighScript);
  describe('filters', describeFilters);
  test('with the keyboard alone: past the frame, to another page, another year, and out', useKeyboard);
}

function describeEveryPage(): void {
  test.each([
    ['light', 'en', WIDE],
    ['dark', 'nl', PHONE],
  ] as const)(
    '%s, %s, %o: is there; no script fails, axe finds nothing, nothing sticks out',
    async (colorScheme, language, size) => {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize(size);
      const faults: string[] = [];
      expect(paths.length).toBeGreaterThan(4);
      for (const path of paths) {
        const answer = await page.goto(stack.portal + inLanguage(path, language));
        expect([path, answer?.status(), await page.locator('h1').count()]).toEqual([path, 200, 1]);
        expect(await page.locator('html').getAttribute('lang')).toBe(language);
        for (const fault of await axeFaults(page)) faults.push(`${path}: ${fault}`);
        const beyond = await overflow(page);
        if (beyond > 0) faults.push(`${path} is ${beyond} pixels wider than the screen`);
        const name = [nameOf(path), colorScheme, language, size.width].join('-');
        await keepScreen(page, `bord${name}`);
      }
      expect([...faults, ...opened.complaints]).toEqual([]);
      await page.emulateMedia({ colorScheme: 'light' });
      await page.setViewportSize(WIDE);
    },
  );

  test('can be read without scripts', async () => {
    const client = new BoardClient(stack.portal);
    await client.signIn('local-admin');
    for (const path of paths) {
      const { status, text, headers } = await client.get(path);
      expect([path, status]).toEqual([path, 200]);
      expect(text).not.toMatch(/<script(?![^>]*\ssrc=)|\son\w+=|<style|\sstyle="/);
      expect(headers.get('content-security-policy')).toContain(
        "default-src 'none'; script-src 'self'; style-src 'self'",
      );
    }
  });

  test('tells in Dutch what to do where something cannot be', async () => {
    const client = new BoardClient(stack.portal);
    await client.signIn('local-read');
    const nowhere = await client.get('/bestaat-niet');
    expect([nowhere.status, nowhere.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
    expect(nowhere.text).toContain('Controleer het adres');
    expect((await client.get('/v1/bestaat-niet')).headers.get('content-type')).toContain('problem+json');
    const limited = new BoardClient(stack.portal);
    await limited.signIn(await stack.makeKey(['read'], ['niemand']));
    const refused = await limited.get('/?organisatie=meerwaarde&taal=en');
    expect([refused.status, refused.text.includes('You may not see this')]).toEqual([403, true]);
  });
}

async function weighScript(): Promise<void> {
  const sizes = new Map<string, number>();
  const weigh = async (answer: Response): Promise<void> => {
    if (answer.request().resourceType() !== 'script') return;
    expect(answer.headers()['content-encoding']).toBe('br');
    sizes.set(new URL(answer.url()).pathname, brotliCompressSync(await answer.body()).length);
  };
  const weighed: Promise<void>[] = [];
  page.on('response', (answer) => weighed.push(weigh(answer)));
  await page.goto(`${stack.portal}/`);
  await page.waitForLoadState('networkidle').catch(() => undefined);
  await Promise.all(weighed);
  const total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  const own = [...sizes].filter(([path]) => path.startsWith('/bord/board.')).map(([, size]) => size);
  expect(own.length).toBe(1);
  expect(own[0]).toBeLessThan(OWN_SCRIPT_BYTES_MAX);
  expect(total).toBeLessThan(SCRIPT_BYTES_MAX);
}

function describeFilters(): void {
  test('are in the address, apply at once, and go back', async () => {
    await page.goto(`${stack.portal}/`);
    const before = await page.locator('#view').textContent();
    await page.locator('#filter-gemeente').selectOption('GM0394');
    await page.locator('#filter-jaar').selectOption('2021');
    await page.waitForURL('**/?gemeente=GM0394&jaar=2021');
    await expect.poll(() => page.locator('#view').textContent()).not.toBe(before);
    // The navigation keeps them.
    const others = page.locator('nav a:not([href*="gemeente=GM0394&jaar=2021"])');
    await expect.poll(() => others.count()).toBe(0);
    await page.goBack();
    await page.waitForURL('**/?gemeente=GM0394**');
    await page.goBack();
    await page.waitForURL(`${stack.portal}/`);
    await expect.poll(() => page.locator('#view').textContent()).toBe(before);
    await expect.poll(() => page.locator('#filter-gemeente').inputValue()).toBe('');
  });

  test('name municipalities and offer only what belongs together', async () => {
    await page.goto(`${stack.portal}/?gemeente=GM0394`);
    expect(await page.locator('#filter-gemeente').locator('option:checked').textContent()).toBe(
      'Haarlemmermeer',
    );
    const organisations = await page.locator('#filter-organisatie').locator('option').allTextContents();
    expect(organisations).toEqual(['Alle', 'Meerwaarde']);
  });
}

async function useKeyboard(): Promise<void> {
  await page.goto(`${stack.portal}/`);
  const focused = () =>
    page.evaluate('document.activeElement.textContent.trim() || document.activeElement.id');
  await page.keyboard.press('Tab');
  expect(await focused()).toBe('Naar de inhoud');
  await page.keyboard.press('Enter');
  expect(await page.evaluate('document.activeElement.tagName')).toBe('MAIN');
  await page.keyboard.press('Tab');
  expect(await focused()).toContain('Alle');
  const seen = await page.evaluate(`
    const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
    outlineStyle + ' ' + outlineWidth
  `);
  expect(seen).toBe('solid 3px');
  for (let press = 0; press < 3; press++) await page.keyboard.press('Tab');
  expect(await page.evaluate('document.activeElement.id')).toBe('filter-jaar');
  await page.keyboard.type('2021');
  await page.waitForURL('**/?jaar=2021');
  expect(await page.evaluate('document.activeElement.id')).toBe('filter-jaar');
  while ((await focused()) !== 'Uitloggen') await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/inloggen?reden=uitgelogd');
  expect(await axeFaults(page)).toEqual([]);
  await keepScreen(page, 'bord-inloggen');
}
