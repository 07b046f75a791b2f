import { LIMITS } from '@effectstroom/contracts';
import {
  addHealthRoutes,
  connectNats,
  createHttpServer,
  createKeyRing,
  type Lifecycle,
  type Logger,
  listen,
  type NatsConnection,
} from '@effectstroom/runtime';
import { type Config, readResidentKeySecret } from './config.ts';
import { Publisher } from './publish.ts';
import { residentKeyHash } from './resident-key.ts';
import { addRoutes } from './routes.ts';

/** Starts ingest: it answers at once, and is ready when nats-server and the stream are there. */
export async function startIngest(config: Config, log: Logger, lifecycle: Lifecycle): Promise<void> {
  const hashResidentKey = residentKeyHash(readResidentKeySecret(config.RESIDENT_KEY_SECRET_FILE));
  const keys = createKeyRing(log, config.KEYS_FILE, config.LOCAL_KEYS);
  lifecycle.onStop('keys', () => keys.close());
  const publisher = new Publisher(log, { partitions: config.PARTITIONS, replicas: config.REPLICAS });
  let connection: NatsConnection | undefined;
  lifecycle.onStop('nats', () => connection?.close());
  const use = async (): Promise<void> => {
    connection = await connectNats(log, config.NATS_URL, 'effectstroom-ingest');
    await publisher.use(connection);
    throw (await connection.closed()) ?? new Error('the connection to nats-server was closed');
  };
  use().catch((error: unknown) => lifecycle.fail(error));

  const app = createHttpServer(log, { bodyBytes: LIMITS.bodyBytes });
  addHealthRoutes(app, { stream: () => publisher.check() });
  addRoutes(app, keys, publisher, hashResidentKey);
  const { address, port } = await listen(app, config.HOST, config.PORT);
  lifecycle.onStop('http', () => app.close());
  log.info({ address, port }, 'listening');
}
