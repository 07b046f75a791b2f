import { LIMITS } from '@effectstroom/contracts';
import {
  addAccessHooks,
  addHealthRoutes,
  connectNats,
  createHttpServer,
  createKeyRing,
  type Lifecycle,
  type Logger,
  listen,
  type NatsConnection,
} from '@effectstroom/runtime';
import type { Config } from './config.ts';
import { LocalEraser } from './erasures/local-eraser.ts';
import { addImportRoutes } from './imports/import-routes.ts';
import { startImports } from './imports/imports.ts';
import { MappingStore } from './imports/mapping-store.ts';
import { PriceListStore } from './price-lists/price-list-store.ts';
import { Publisher } from './publish.ts';
import { addRefusalHook } from './refusals/refusal-hook.ts';
import { RefusalReader } from './refusals/refusal-reader.ts';
import { RefusalRecorder } from './refusals/refusal-recorder.ts';
import { watchResidentKeySecret } from './resident-key.ts';
import { ReviewStore } from './reviews/review-store.ts';
import { addRoutes } from './routes.ts';
import { addNotificationRoutes } from './zaken/notification-routes.ts';
import { startZaken } from './zaken/start-zaken.ts';

/** Milliseconds in which a file must have arrived whole. */
const UPLOAD_TIME = 2 * 60 * 60 * 1000;

/** Starts ingest: it answers at once, and is ready when nats-server and the stream are there. */
export async function startIngest(config: Config, log: Logger, lifecycle: Lifecycle): Promise<void> {
  const residentKeys = watchResidentKeySecret(log, config.RESIDENT_KEY_SECRET_FILE);
  lifecycle.onStop('resident keys', () => residentKeys.close());
  const hashResidentKey = residentKeys.hash;
  const keys = createKeyRing(log, config);
  lifecycle.onStop('keys', () => keys.close());
  const publisher = new Publisher(log, { partitions: config.PARTITIONS, replicas: config.REPLICAS });
  let connection: NatsConnection | undefined;
  lifecycle.onStop('nats', () => connection?.close());
  const recorder = new RefusalRecorder(log, config.REPLICAS);
  lifecycle.onStop('refusals', () => recorder.stop());
  const refusals = new RefusalReader();
  const mappings = new MappingStore(config.REPLICAS);
  const priceLists = new PriceListStore(config.REPLICAS);
  const reviews = new ReviewStore(config.REPLICAS);
  const use = async (): Promise<void> => {
    connection = await connectNats(log, config.NATS_URL, 'effectstroom-ingest');
    await Promise.all([
      publisher.use(connection, config.NATS_URL),
      keys.use(connection),
      recorder.use(connection),
      refusals.use(connection),
      mappings.use(connection),
      priceLists.use(connection),
      reviews.use(connection),
    ]);
    throw (await connection.closed()) ?? new Error('the connection to nats-server was closed');
  };
  use().catch((error: unknown) => lifecycle.fail(error));

  const app = createHttpServer(log, { bodyBytes: LIMITS.bodyBytes, uploadTimeout: UPLOAD_TIME });
  addAccessHooks(app, keys, log);
  addRefusalHook(app, recorder);
  addHealthRoutes(app, { stream: () => publisher.check(), keys: () => keys.check() });
  const eraser = new LocalEraser(config.DATA_FOLDER, log);
  const access = { refusals, priceLists, eraser, reviews, replicas: config.REPLICAS, log };
  addRoutes(app, keys, publisher, hashResidentKey, access);
  addNotificationRoutes(app, keys, startZaken(config, { publisher, hashResidentKey }, log, lifecycle));
  addImportRoutes(app, keys, mappings, startImports(config, recorder, log, lifecycle));
  const { address, port } = await listen(app, config.HOST, config.PORT);
  lifecycle.onStop('http', () => app.close());
  log.info({ address, port }, 'listening');
}
