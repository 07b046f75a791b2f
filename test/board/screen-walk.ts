/** Every page of the board that links lead to, looked at as many people would. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

const SCREENS = join(import.meta.dirname, '..', '..', 'test-results', 'screens');

/** Kinds of pages at most. */
const PAGES_MAX = 30;

/** What links of the board lead to that is no page of it. */
const NO_PAGE = /^\/(v1|uitloggen|inloggen|bord)\b|\.\w+$/;

/**
 * An address of every kind of page that can be reached from `start`: of those that differ only in what stands at
 * the end of their path, as a case, the first.
 */
export async function reachablePages(page: Page, origin: string, start: string): Promise<string[]> {
  const found = new Map<string, string>([[kindOf(start), start]]);
  for (const path of found.values()) {
    await page.goto(origin + path);
    const links = await page
      .locator('a[href]')
      .evaluateAll((all) => all.map((one) => one.getAttribute('href') ?? ''));
    for (const link of links) {
      const url = URL.parse(link, origin + path);
      if (url === null || url.origin !== origin || NO_PAGE.test(url.pathname)) continue;
      const to = url.pathname + url.search;
      if (!found.has(kindOf(to)) && found.size < PAGES_MAX) found.set(kindOf(to), to);
    }
  }
  return [...found.values()];
}

/** What addresses of one kind of page have in common: their first part, and how many there are. */
function kindOf(path: string): string {
  const parts = new URL(path, 'http://board').pathname.split('/');
  return `${parts[1]} ${parts.length}`;
}

/** Keeps a screenshot among the results of the tests. */
export async function keepScreen(page: Page, name: string): Promise<void> {
  mkdirSync(SCREENS, { recursive: true });
  await page.screenshot({ path: join(SCREENS, `${name}.png`), fullPage: true });
}

/** How wide the page is beyond the screen, in pixels. */
export async function overflow(page: Page): Promise<number> {
  return Number(await page.evaluate('document.documentElement.scrollWidth - innerWidth'));
}

/** A language in an address. */
export function inLanguage(path: string, language: 'nl' | 'en'): string {
  const url = new URL(path, 'http://board');
  if (language === 'en') url.searchParams.set('taal', 'en');
  else url.searchParams.delete('taal');
  return url.pathname + url.search;
}
