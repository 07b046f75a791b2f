/** What the board costs: its first view in a browser, its pages, and the queries of the dashboards. */
import { connect, createReportingRole, reportingUrl } from '@effectstroom/database';
import { PEOPLE_PLACES } from '../people/invented-places.ts';
import { startPeopleStack } from '../people/people-stack.ts';
import { measureFirstView } from './board-first-view.ts';
import { measureOverview } from './board-overview.ts';
import { measurePages } from './board-pages.ts';
import { measurePanels } from './board-panels.ts';
import { boardReport, type MeasuredBoard } from './board-report.ts';
import { signedIn } from './board-visitor.ts';
import { withFiguresServers } from './figures-servers.ts';
import type { BenchContext, PartReport } from './parts.ts';

const KEY = 'local-read';
const READER_PASSWORD = 'a password of a measurement';
const PAGE_REQUESTS = 50;
const THIS_YEAR = new Date().getFullYear();

/** Measures on the people stack, then on a database of as many cases as asked for. */
export async function boardPart({ options, signal, tell }: BenchContext): Promise<PartReport> {
  const small = await measureSmall(options.rounds, signal, tell);
  const { cases, seed } = options;
  tell(`${cases} cases …`);
  const filling = { cases, seed, lastYear: THIS_YEAR, signal, tell };
  return withFiguresServers(filling, async ({ portalUrl, databaseUrl, filled, postgresVersion }) => {
    const readerUrl = await readerOf(databaseUrl);
    tell('the queries of the dashboards …');
    const panels = await measurePanels(
      readerUrl,
      { municipalities: filled.municipalities, year: THIS_YEAR, seed },
      signal,
    );
    tell('pages …');
    const queries = filled.municipalities.map((code) => `gemeente=${code}&jaar=${THIS_YEAR}`);
    const cookie = await signedIn(portalUrl, KEY);
    const pages = await measurePages(portalUrl, cookie, queries, PAGE_REQUESTS);
    tell('the overview beside SQL over the cases …');
    const overview = await measureOverview(
      { portalUrl, databaseUrl, cookie, municipalities: filled.municipalities, year: THIS_YEAR },
      options.rounds,
    );
    const measured = { ...small, filled: { cases, pages, panels, overview } };
    return boardReport(measured, { PostgreSQL: postgresVersion });
  });
}

async function measureSmall(
  rounds: number,
  signal: AbortSignal,
  tell: BenchContext['tell'],
): Promise<Pick<MeasuredBoard, 'firstView' | 'pages'>> {
  const stack = await startPeopleStack();
  try {
    tell('the first view …');
    const cookie = await signedIn(stack.portal, KEY);
    const firstView = await measureFirstView(stack.portal, cookie, rounds + 1);
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
