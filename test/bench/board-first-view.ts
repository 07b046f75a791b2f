/** The first view of the board in a real browser with nothing cached, beside the same bytes from memory. */
import type { BrowserContext } from 'playwright-core';
import { openBrowser } from '../web/browser.ts';
import { startReplay } from './board-replay.ts';
import { type Answered, visit } from './board-visitor.ts';

/** Bytes of one kind of file: as they are sent, and unpacked by the browser. */
export interface SentBytes {
  files: number;
  sent: number;
}

export interface FirstView {
  /** Milliseconds from asking the page until it can be used, by round. */
  board: number[];
  /** The same bytes from memory. */
  replay: number[];
  bytes: Record<'page' | 'script' | 'style' | 'other', SentBytes>;
}

/** What the page measures of itself, in milliseconds since it was asked for. */
interface Seen {
  painted: number;
  loaded: number;
  busyUntil: number;
}

/** How long is waited for further work of the page's scripts. */
const QUIET_MS = 700;

/** @param cookie of who is signed in, as `name=value` */
export async function measureFirstView(portal: string, cookie: string, rounds: number): Promise<FirstView> {
  const answers = await firstAnswers(portal, cookie);
  const replay = await startReplay(answers);
  const view: FirstView = { board: [], replay: [], bytes: bytesOf(answers) };
  try {
    await usableAfter(replay.url, cookie); // the browser itself is read from disk
    for (let round = 0; round < rounds; round++) {
      view.replay.push(await usableAfter(replay.url, cookie));
      view.board.push(await usableAfter(portal, cookie));
    }
    return view;
  } finally {
    await replay.end();
  }
}

/** The answers that a first view consists of, by path with query. */
async function firstAnswers(portal: string, cookie: string): Promise<Map<string, Answered>> {
  const { context, end } = await openBrowser();
  try {
    await addCookies(context, portal, cookie);
    const page = await context.newPage();
    const asked = new Set<string>();
    page.on('requestfinished', (request) => asked.add(request.url().slice(portal.length)));
    await page.goto(`${portal}/`, { waitUntil: 'load' });
    await page.waitForTimeout(QUIET_MS);
    const answers = new Map<string, Answered>();
    for (const path of new Set(['/', ...asked])) answers.set(path, await visit(`${portal}${path}`, cookie));
    return answers;
  } finally {
    await end();
  }
}

/** Milliseconds until the page is painted, its scripts have run and the browser is idle again. */
async function usableAfter(origin: string, cookie: string): Promise<number> {
  const { context, end } = await openBrowser();
  try {
    await addCookies(context, origin, cookie);
    const page = await context.newPage();
    await page.addInitScript({ content: WATCH_WORK });
    await page.goto(`${origin}/`, { waitUntil: 'load' });
    await page.waitForTimeout(QUIET_MS);
    const { painted, loaded, busyUntil } = await page.evaluate<Seen>(WHAT_WAS_SEEN);
    return Math.max(painted, loaded, busyUntil);
  } finally {
    await end();
  }
}

async function addCookies(context: BrowserContext, url: string, cookie: string): Promise<void> {
  const cookies = cookie.split('; ').map((pair) => {
    const at = pair.indexOf('=');
    return { name: pair.slice(0, at), value: pair.slice(at + 1), url };
  });
  await context.addCookies(cookies);
}

/** Runs in the page before its own scripts: keeps until when it was busy for 50 ms or longer. */
const WATCH_WORK = `globalThis.busyUntil = 0;
new PerformanceObserver((list) => {
  for (const { startTime, duration } of list.getEntries()) globalThis.busyUntil = startTime + duration;
}).observe({ type: 'longtask', buffered: true });`;

/** Gives what the page measured. */
const WHAT_WAS_SEEN = `({
  painted: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0,
  loaded: performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd,
  busyUntil: globalThis.busyUntil,
})`;

function bytesOf(answers: ReadonlyMap<string, Answered>): FirstView['bytes'] {
  const none = () => ({ files: 0, sent: 0 });
  const bytes = { page: none(), script: none(), style: none(), other: none() };
  for (const { headers, body } of answers.values()) {
    const of = bytes[kindOf(String(headers['content-type'] ?? ''))];
    of.files++;
    of.sent += body.length;
  }
  return bytes;
}

function kindOf(type: string): keyof FirstView['bytes'] {
  if (type.startsWith('text/html')) return 'page';
  if (/javascript/.test(type)) return 'script';
  return type.startsWith('text/css') ? 'style' : 'other';
}
