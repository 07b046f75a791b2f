/** What the board costs: its first view in a browser, its pages, and the queries of the dashboards. */
import { connect, createReportingRole, reportingUrl } from '@effectstroom/database';
import { PEOPLE_PLACES } from '../people/invented-places.ts';
import { startPeopleStack } from '../people/people-stack.ts';
import { measureFirstView } from './board-first-view.ts';
import { measurePages } from './board-pages.ts';
import { measurePanels } from './board-panels.ts';
import type { MeasuredBoard } from './board-report.ts';
import { signedIn } from './board-visitor.ts';
import { withFiguresServers } from './figures-servers.ts';
import type { BenchOptions } from './options.ts';

const KEY = 'local-read';
const READER_PASSWORD = 'a password of a measurement';
const FIRST_VIEWS = 4;
const PAGE_REQUESTS = 50;
const THIS_YEAR = new Date().getFullYear();

/** What is measured, without the machine it was measured on. */
type Result = Omit<MeasuredBoard, 'measuredAt' | 'machine'>;

/** Measures on the people stack, then on a database of the largest size asked for. */
export async function measureBoard(
  options: BenchOptions,
  signal: AbortSignal,
  tell: (line: string) => void,
): Promise<Result> {
  const small = await measureSmall(signal, tell);
  const cases = Math.max(...options.figuresSizes);
  tell(`${cases} cases …`);
  const filling = { cases, seed: options.seed, lastYear: THIS_YEAR, signal, tell };
  return withFiguresServers(filling, async ({ portalUrl, databaseUrl, filled }) => {
    const readerUrl = await readerOf(databaseUrl);
    tell('the queries of the dashboards …');
    const panels = await measurePanels(
      readerUrl,
      { municipalities: filled.municipalities, year: THIS_YEAR, seed: options.seed },
      signal,
    );
    tell('pages …');
    const queries = filled.municipalities.map((code) => `gemeente=${code}&jaar=${THIS_YEAR}`);
    const cookie = await signedIn(portalUrl, KEY);
    const pages = await measurePages(portalUrl, cookie, queries, PAGE_REQUESTS);
    return { ...small, filled: { cases, pages, panels } };
  });
}

async function measureSmall(signal: AbortSignal, tell: (line: string) => void): Promise<Result> {
  const stack = await startPeopleStack();
  try {
    tell('the first view …');
    const cookie = await signedIn(stack.portal, KEY);
    const firstView = await measureFirstView(stack.portal, cookie, FIRST_VIEWS);
    signal.throwIfAborted();
    tell('pages …');
    const codes = [...new Set(PEOPLE_PLACES.map(({ municipality }) => municipality))];
    const queries = codes.map((code) => `gemeente=${code}&jaar=${THIS_YEAR}`);
    const pages = await measurePages(stack.portal, cookie, queries, PAGE_REQUESTS);
    return { firstView, pages };
  } finally {
    await stack.end();
  }
}

/** The address of the database for the role of readers, made for it. */
async function readerOf(databaseUrl: string): Promise<string> {
  const db = connect({ url: databaseUrl, applicationName: 'bench', connectionsMax: 1 });
  try {
    await createReportingRole(db, READER_PASSWORD);
    return reportingUrl(databaseUrl, READER_PASSWORD);
  } finally {
    await db.destroy();
  }
}
