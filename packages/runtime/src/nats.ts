import { type ConnectionOptions, connect, type NatsConnection } from '@nats-io/transport-node';
import type { Logger } from './log.ts';

export type { NatsConnection };

const CONNECTION = {
  maxReconnectAttempts: -1,
  waitOnFirstConnect: true,
  ignoreAuthErrorAbort: true,
  reconnectTimeWait: 250,
  reconnectJitter: 100,
  pingInterval: 5000,
  maxPingOut: 3,
  /** Error objects for every request cost half of the CPU of publishing. */
  noAsyncTraces: true,
} as const satisfies ConnectionOptions;

/**
 * Connects to the nats-server at `url` (several with commas; user and password, or a token, stand in the
 * first) and keeps connecting, without end: also when no server is up yet. `name` is shown in the server's
 * own reports. The log says when the connection goes and comes.
 */
export async function connectNats(log: Logger, url: string, name: string): Promise<NatsConnection> {
  const connection = await connect({ ...CONNECTION, ...serversOf(url), name });
  log.info({ server: connection.getServer() }, 'connected to nats-server');
  void logStatus(log, connection);
  return connection;
}

function serversOf(url: string): ConnectionOptions {
  const urls = url.split(',').map((one) => new URL(one.trim()));
  const servers = urls.map((one) => `${one.hostname}:${one.port || '4222'}`);
  const tls = urls.some((one) => one.protocol === 'tls:') ? { tls: {} } : {};
  const user = decodeURIComponent(urls[0]?.username ?? '');
  const pass = decodeURIComponent(urls[0]?.password ?? '');
  if (user === '') return { servers, ...tls };
  return pass === '' ? { servers, ...tls, token: user } : { servers, ...tls, user, pass };
}

async function logStatus(log: Logger, connection: NatsConnection): Promise<void> {
  for await (const status of connection.status()) {
    if (status.type === 'disconnect') log.warn('lost nats-server: connecting again');
    if (status.type === 'reconnect') log.info('connected to nats-server again');
    if (status.type === 'error') log.warn({ reason: status.error.message }, 'nats-server reports an error');
  }
}
