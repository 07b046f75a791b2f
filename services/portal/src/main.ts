/** The portal: figures out, for people and programs. Reads only. */
import { connect, createReaders } from '@effectstroom/database';
import {
  createKeyRing,
  type Lifecycle,
  type Logger,
  listen,
  RefusalCounts,
  runService,
} from '@effectstroom/runtime';
import { Reservations } from './assessing/reservations.ts';
import { ReviewBook } from './assessing/review-book.ts';
import { sweepHourly } from './assessing/sweep-hourly.ts';
import { boardOptions } from './board/config.ts';
import { type Config, configSchema } from './config.ts';
import { createPortal } from './portal.ts';
import { makeMonthly } from './report/kept/monthly.ts';
import { withOwnReader } from './report/kept/own-reader.ts';
import { ReportStore } from './report/kept/store.ts';
import { PdfPrinter } from './report/pdf.ts';
import { watchStream } from './stream.ts';

/** Questions that PostgreSQL answers at the same time; the rest waits, five seconds at most. */
const CONNECTIONS_MAX = 10;

/** A question that takes longer is ended. */
const STATEMENT_MS_MAX = 15_000;

/**
 * Connections to the primary: of two jobs, which one of all portals does at a time (a lock of the primary says
 * which), and of assessments that are sent.
 */
const PRIMARY_CONNECTIONS_MAX = 4;

await runService(
  { name: 'portal', description: 'answers questions for figures', configSchema, start },
  process.argv.slice(2),
  process.env,
);

async function start(config: Config, log: Logger, lifecycle: Lifecycle): Promise<void> {
  const { keys, ask } = withOwnReader(createKeyRing(log, config));
  lifecycle.onStop('keys', () => keys.close());
  const readers = createReaders({
    primaryUrl: config.DATABASE_URL,
    replicaUrls: config.READ_DATABASE_URL,
    behindMsMax: config.READ_BEHIND_SECONDS_MAX * 1000,
    applicationName: 'portal',
    connectionsMax: CONNECTIONS_MAX,
    statementTimeoutMs: STATEMENT_MS_MAX,
    onChange: (source) => {
      if (source === undefined) log.warn('no PostgreSQL answers');
      else log.info({ role: source.role, behindMs: source.behindMs }, 'reads from another PostgreSQL');
    },
    onStandby: () => log.warn('DATABASE_URL is of a replica: nobody can tell how far it is behind'),
  });
  lifecycle.onStop('database', () => readers.close());
  const primary = connect({
    url: config.DATABASE_URL,
    applicationName: 'portal jobs',
    connectionsMax: PRIMARY_CONNECTIONS_MAX,
    statementTimeoutMs: STATEMENT_MS_MAX,
  });
  lifecycle.onStop('jobs of the database', () => primary.destroy());
  const refusals = new RefusalCounts(log);
  const reviews = new ReviewBook(log);
  const reservations = new Reservations();
  const stream = watchStream(log, config.NATS_URL, lifecycle, refusals, keys, [reviews, reservations]);
  const smallNumbers = {
    fewerThan: config.SMALL_NUMBERS_BELOW,
    dominancePercent: config.DOMINANCE_PERCENT,
  };
  const assessing = { primary, reviews, reservations, ingestUrl: config.INGEST_URL };
  const board = boardOptions(config);
  const reports = {
    printer: new PdfPrinter(config.CHROMIUM, log),
    store: new ReportStore(config.REPORTS_FOLDER),
  };
  const app = createPortal({ readers, keys, stream, refusals, log, smallNumbers, board, assessing, reports });
  const { address, port } = await listen(app, config.HOST, config.PORT);
  lifecycle.onStop('http', () => app.close());
  log.info({ address, port }, 'listening');
  lifecycle.onStop('reviews', sweepHourly({ db: primary, reviews, stream }, log));
  if (reports.store.keeps)
    lifecycle.onStop(
      'reports',
      makeMonthly({ ...reports, api: ask(app), log }, primary, config.REPORTS_CRON),
    );
}
