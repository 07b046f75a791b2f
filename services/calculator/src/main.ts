/** The calculator: applies the stream to the ledger. The only writer of PostgreSQL. */
import { setTimeout as sleep } from 'node:timers/promises';
import { connect, migrate, SchemaMismatch } from '@effectstroom/database';
import {
  addHealthRoutes,
  connectNats,
  createHttpServer,
  type Lifecycle,
  type Logger,
  listen,
  runService,
} from '@effectstroom/runtime';
import { CaseStream } from './case-stream.ts';
import { scheduleClosings } from './closings/closing-job.ts';
import { scheduleComparisons } from './comparisons/comparison-job.ts';
import { type Config, configSchema } from './config.ts';
import { isOutOfReach } from './database-fault.ts';
import { scheduleErasures } from './erasures/erasure-job.ts';
import { scheduleVerification } from './jobs.ts';
import { keepReaderRole } from './reader-role.ts';
import { runWorker, type WorkerHealth } from './worker.ts';

const MIGRATE_AGAIN_MS = 1_000;

await runService(
  { name: 'calculator', description: 'applies case events to exact running savings', configSchema, start },
  process.argv.slice(2),
  process.env,
);

async function start(config: Readonly<Config>, log: Logger, lifecycle: Lifecycle): Promise<void> {
  const { DATABASE_URL: databaseUrl, PARTITIONS: partitions, REPLICAS: replicas } = config;
  let health: WorkerHealth = { running: false, partitions: [] };
  const app = createHttpServer(log);
  addHealthRoutes(app, {
    worker: () => (health.running ? undefined : 'waits for PostgreSQL or nats-server'),
  });
  await listen(app, config.HOST, config.PORT);
  lifecycle.onStop('http', () => app.close());

  const db = connect({ url: databaseUrl, applicationName: 'calculator jobs', connectionsMax: 6 });
  lifecycle.onStop('database', () => db.destroy());
  await migrateWhenThere(db, log, lifecycle.signal);
  const { READER_SECRET_FILE: readerSecret } = config;
  if (readerSecret !== undefined) await keepReaderRole(db, readerSecret, log);
  const nats = await connectNats(log, config.NATS_URL, 'calculator');
  lifecycle.onStop('nats', () => nats.close());

  const worker = runWorker(
    {
      ...{ databaseUrl, log, partitionsMax: config.PARTITIONS_MAX },
      openStream: () => CaseStream.open(nats, { partitions, replicas }),
      onState: (state) => {
        health = state;
      },
    },
    lifecycle.signal,
  );
  lifecycle.onStop('worker', () => worker);
  lifecycle.onStop('jobs', scheduleVerification(db, config.VERIFY_CRON, log));
  lifecycle.onStop('closings', scheduleClosings(db, log));
  lifecycle.onStop('erasures', scheduleErasures(db, log));
  lifecycle.onStop('comparisons', scheduleComparisons(db, log));
}

/** PostgreSQL may start later than this service. A schema that does not fit ends the service. */
async function migrateWhenThere(
  db: ReturnType<typeof connect>,
  log: Logger,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    try {
      const applied = await migrate(db);
      if (applied.length > 0) log.info({ migrations: applied }, 'schema brought up to date');
      return;
    } catch (error) {
      if (error instanceof SchemaMismatch || !isOutOfReach(error)) throw error;
      log.warn({ err: error }, 'PostgreSQL is not there yet');
      await sleep(MIGRATE_AGAIN_MS, undefined, { signal }).catch(() => undefined);
    }
  }
}
