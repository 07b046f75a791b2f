/** Tests that figures on the screen follow the events. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OpenedPage, openPage } from '../people/open-page.ts';
import { newCase, type PeopleStack } from '../people/people-stack.ts';
import { BoardClient } from './board-client.ts';

/** From the answer of ingest to the screen. */
const SOON_MS = 2_000;

let stack: PeopleStack;
let opened: OpenedPage;
let page: Page;

/** The text of the figures on the screen. */
async function figures(): Promise<string> {
  return (await page.locator('#view').textContent()) ?? '';
}

async function changed(before: string, withinMs = SOON_MS): Promise<number> {
  const from = performance.now();
  while ((await figures()) === before) {
    if (performance.now() - from > withinMs) throw new Error(`nothing changed in ${withinMs} ms`);
    await page.waitForTimeout(20);
  }
  return performance.now() - from;
}

/** Its tests; they send cases. */
export function describeLive(on: () => PeopleStack): void {
  beforeAll(async () => {
    stack = on();
    opened = await openPage(`${stack.portal}/`);
    page = opened.page;
  });
  afterAll(() => opened?.end());

  test('an event is on the screen within two seconds of its 202', showSoon);
  test('the reader stays where they were: focus, what is open, what is chosen', keepPlace);
  test('it is said, and not with every event', sayOnce);
  test('many events at once are not many fetches', fetchSeldom);
  test(
    'messages are for who is signed in, say nothing but a version, and there is an end to readers',
    limitReaders,
  );
  test('who is signed out meanwhile keeps what is on the screen, and is told', tellSignedOut);
}

async function showSoon(): Promise<void> {
  const times: number[] = [];
  for (let round = 0; round < 3; round++) {
    const before = await figures();
    await stack.send([newCase(stack)]);
    times.push(await changed(before));
  }
  expect(Math.max(...times)).toBeLessThan(SOON_MS);
  expect(opened.complaints).toEqual([]);
}

async function keepPlace(): Promise<void> {
  const summary = page.locator('#view details > summary').first();
  await summary.click();
  await page.locator('#filter-organisatie').focus();
  const place = await page.evaluate('scrollY');
  const before = await figures();
  await stack.send([newCase(stack)]);
  await changed(before);
  expect(await page.evaluate('document.activeElement.id')).toBe('filter-organisatie');
  expect(await page.locator('#view details').first().getAttribute('open')).not.toBeNull();
  expect(await page.evaluate('scrollY')).toBe(place);
  await summary.click();
}

async function sayOnce(): Promise<void> {
  await page.reload();
  await page.evaluate(`
    globalThis.said = 0;
    new MutationObserver(() => globalThis.said++).observe(document.querySelector('#announcement'), { childList: true });
  `);
  for (let round = 0; round < 2; round++) {
    const before = await figures();
    await stack.send([newCase(stack)]);
    await changed(before, 2 * SOON_MS);
  }
  expect(await page.locator('#announcement').textContent()).toBe('Cijfers bijgewerkt');
  expect(await page.evaluate('globalThis.said')).toBe(1);
}

async function fetchSeldom(): Promise<void> {
  let fetches = 0;
  const count = (): void => {
    fetches++;
  };
  const reader = new BoardClient(stack.portal);
  await reader.signIn('local-read');
  page.on('request', (request) => new URL(request.url()).pathname === '/' && count());
  const from = performance.now();
  for (let round = 0; round < 20; round++) await stack.send([newCase(stack)]);
  await stack.settled();
  const { text } = await reader.get('/');
  const [, newest = ''] = /data-version="([^"]+)"/.exec(text) ?? [];
  await page.locator(`main[data-version="${newest}"]`).waitFor({ timeout: 2 * SOON_MS });
  const seconds = (performance.now() - from) / 1_000;
  expect(fetches).toBeGreaterThan(0);
  expect(fetches).toBeLessThanOrEqual(Math.ceil(seconds) + 1);
}

async function limitReaders(): Promise<void> {
  const stranger = new BoardClient(stack.portal);
  expect((await stranger.get('/live', { accept: 'text/event-stream' })).status).toBe(401);
  const client = new BoardClient(stack.portal);
  await client.signIn('local-read');
  const ends = new AbortController();
  const listen = () =>
    fetch(`${stack.portal}/live`, { headers: { cookie: client.cookies }, signal: ends.signal });
  const first = await listen();
  expect(first.headers.get('content-type')).toBe('text/event-stream');
  const read = first.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  while (!text.includes('data:')) text += (await read?.read())?.value ?? '';
  expect(text).toMatch(/^retry: \d+\n\ndata: [\w-]{16}\n\n$/);
  // The page that is open has the same key.
  const answers = await Promise.all(Array.from({ length: 60 }, listen));
  const refused = answers.filter(({ status }) => status === 503);
  expect(refused.length).toBeGreaterThanOrEqual(10);
  expect(refused.length).toBeLessThan(15);
  expect(refused[0]?.headers.get('retry-after')).toBe('60');
  ends.abort();
  // Places come free again.
  await expect.poll(async () => (await client.get('/')).status).toBe(200);
  await expect
    .poll(async () => {
      const again = new AbortController();
      const { status } = await fetch(`${stack.portal}/live`, {
        ...{ headers: { cookie: client.cookies }, signal: again.signal },
      });
      again.abort();
      return status;
    })
    .toBe(200);
}

async function tellSignedOut(): Promise<void> {
  await page.context().clearCookies();
  const before = await figures();
  await stack.send([newCase(stack)]);
  await page.getByText('U bent uitgelogd. Log opnieuw in').waitFor({ state: 'attached', timeout: 5_000 });
  expect(await figures()).toBe(before);
}
