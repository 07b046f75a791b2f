import type { Lifecycle, Logger } from '@effectstroom/runtime';
import type { Config } from '../config.ts';
import { openStore } from '../delivery/store.ts';
import type { RefusalRecorder } from '../refusals/refusal-recorder.ts';
import { ImportFiles } from './import-files.ts';
import { ImportQueue } from './import-queue.ts';
import { ImportStore } from './import-store.ts';
import { keepTidy } from './retention.ts';
import type { WorkerSettings } from './worker-messages.ts';

/** The imports of an installation that has a folder for them. */
export interface Imports {
  store: ImportStore;
  files: ImportFiles;
  queue: ImportQueue;
  settings: WorkerSettings;
  /** Bytes that a file may have. */
  bytes: number;
  /** Aborted when ingest stops. */
  signal: AbortSignal;
}

/** Goes on with the imports in ingest's own folder; undefined where it has none. */
export function startImports(
  config: Config,
  recorder: RefusalRecorder,
  log: Logger,
  lifecycle: Lifecycle,
): Imports | undefined {
  const { DATA_FOLDER: folder } = config;
  if (folder === undefined) return undefined;
  const settings: WorkerSettings = {
    folder,
    natsUrl: config.NATS_URL,
    partitions: config.PARTITIONS,
    replicas: config.REPLICAS,
    residentKeySecretFile: config.RESIDENT_KEY_SECRET_FILE,
    logLevel: config.LOG_LEVEL,
    patience: config.IMPORT_PATIENCE * 1000,
  };
  const files = new ImportFiles(folder);
  const db = openStore(folder);
  lifecycle.onStop('store of imports', () => db.close());
  const store = new ImportStore(db);
  const queue = new ImportQueue(log, store, files, settings, recorder);
  lifecycle.onStop('tidying of imports', keepTidy(store, files, log));
  lifecycle.onStop('imports', () => queue.close());
  queue.wake();
  return { store, files, queue, settings, bytes: config.IMPORT_BYTES, signal: lifecycle.signal };
}
