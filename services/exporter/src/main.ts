/** The exporter: shows the figures and the pipeline's own to Prometheus. Reads only. */
import { setTimeout as sleep } from 'node:timers/promises';
import { createReaders } from '@effectstroom/database';
import {
  addHealthRoutes,
  createHttpServer,
  KeyBucket,
  type Lifecycle,
  type Logger,
  listen,
  RefusalCounts,
  runService,
} from '@effectstroom/runtime';
import { readCertificates } from './certificates.ts';
import { type Config, configSchema } from './config.ts';
import { expiringKeys } from './expiring-keys.ts';
import { createExporter, type Exporter } from './exporter.ts';
import { addMetricsRoute } from './routes.ts';
import { watchStream } from './stream-state.ts';

/** Until the first figures are there, so that a start does not wait for a whole interval. */
const FIRST_REFRESH_AGAIN_MS = 1_000;

await runService(
  { name: 'exporter', description: 'shows the running savings to Prometheus', configSchema, start },
  process.argv.slice(2),
  process.env,
);

async function start(config: Config, log: Logger, lifecycle: Lifecycle): Promise<void> {
  const refusals = new RefusalCounts(log);
  const keys = new KeyBucket(log);
  lifecycle.onStop('keys', () => keys.close());
  const readers = createReaders({
    primaryUrl: config.DATABASE_URL,
    replicaUrls: config.READ_DATABASE_URL,
    behindMsMax: config.READ_BEHIND_SECONDS_MAX * 1000,
    applicationName: 'exporter',
    onChange: (source) => {
      if (source === undefined) log.warn('no PostgreSQL answers');
      else log.info({ role: source.role, behindMs: source.behindMs }, 'reads from another PostgreSQL');
    },
    onStandby: () => log.warn('DATABASE_URL is of a replica: nobody can tell how far it is behind'),
  });
  lifecycle.onStop('database', () => readers.close());
  const exporter = await createExporter({
    ...{ applicationName: 'exporter', readFrom: readers.source },
    deadlineMs: config.DEADLINE_SECONDS * 1000,
    waitMs: config.REFRESH_SECONDS * 1000,
    seriesMax: config.SERIES_MAX,
    readStream: watchStream(log, config.NATS_URL, lifecycle, refusals, keys),
    countRefused: (organisation, source, now) => refusals.of(organisation, source, now),
    readKeys: (now) => expiringKeys(keys, now),
    readCertificates: () => readCertificates(config.CERTIFICATE_FILES),
    now: () => new Date(),
    log,
  });
  const app = createHttpServer(log);
  addMetricsRoute(app, exporter);
  addHealthRoutes(app, { figures: () => (exporter.isReady() ? undefined : 'no figures yet: see the log') });
  await listen(app, config.HOST, config.PORT);
  lifecycle.onStop('http', () => app.close());
  // A stop does not wait for it: a refresh only reads.
  void refreshUntil(lifecycle.signal, exporter, config.REFRESH_SECONDS * 1000);
}

/** One refresh after the other, never two at once. */
async function refreshUntil(signal: AbortSignal, exporter: Exporter, intervalMs: number): Promise<void> {
  while (!signal.aborted) {
    await exporter.refresh();
    const wait = exporter.isReady() ? intervalMs : FIRST_REFRESH_AGAIN_MS;
    await sleep(wait, undefined, { signal }).catch(() => undefined);
  }
}
