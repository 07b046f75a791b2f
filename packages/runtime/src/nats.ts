import {
  type ConnectionOptions,
  connect,
  type NatsConnection,
  NatsConnectionImpl,
  type ReconnectToServerHandler,
  type Server,
} from '@nats-io/transport-node';
import type { Logger } from './log.ts';

export type { NatsConnection };

/** Between two tries of the same server. */
const AGAIN_MS = 250;
const JITTER_MS = 100;
/** That what was not sent yet may take to go out to a server that is left. */
const FLUSH_MS = 500;

/**
 * Of several servers the one that was tried longest ago: never the one that was just left. By the clock that nobody
 * can set: the client goes by the time of day, and where that was ahead for a moment, it waits until it comes again.
 */
function longestAgo(): ReconnectToServerHandler {
  const tried = new Map<string, number>();
  const triedAt = ({ listen }: Server) => tried.get(listen) ?? Number.NEGATIVE_INFINITY;
  return (servers) => {
    const server = servers.reduce((one, other) => (triedAt(other) < triedAt(one) ? other : one));
    const now = performance.now();
    const delay = Math.max(0, triedAt(server) + AGAIN_MS + Math.random() * JITTER_MS - now);
    tried.set(server.listen, now + delay);
    return { server, delay };
  };
}

const CONNECTION = {
  /** Never its own wait: `longestAgo` has one. */
  reconnectDelayHandler: () => Number.NEGATIVE_INFINITY,
  maxReconnectAttempts: -1,
  waitOnFirstConnect: true,
  ignoreAuthErrorAbort: true,
  /** Milliseconds: a server that is frozen or cut off says nothing. Then another one is tried, after 6 s at most. */
  timeout: 2000,
  pingInterval: 1500,
  maxPingOut: 2,
  /** Error objects for every request cost half of the CPU of publishing. */
  noAsyncTraces: true,
} as const satisfies ConnectionOptions;

/**
 * Connects to the nats-server at `url` (several with commas; user and password, or a token, stand in the
 * first) and keeps connecting, without end: also when no server is up yet. `name` is shown in the server's
 * own reports. The log says when the connection goes and comes.
 */
export async function connectNats(log: Logger, url: string, name: string): Promise<NatsConnection> {
  const connection = await connect({
    ...CONNECTION,
    reconnectToServer: longestAgo(),
    ...serversOf(url),
    name,
  });
  if (!(connection instanceof NatsConnectionImpl))
    throw new Error('the client of nats-server is another one');
  log.info({ server: connection.getServer() }, 'connected to nats-server');
  void followStatus(log, connection);
  return connection;
}

/** Whether a connection to `url` could be to another server: one that stands in it too, or that it told of. */
export function hasOtherServers(connection: NatsConnection, url: string): boolean {
  return url.includes(',') || (connection.info?.connect_urls?.length ?? 0) > 1;
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

async function followStatus(log: Logger, connection: NatsConnectionImpl): Promise<void> {
  for await (const status of connection.status()) {
    if (status.type === 'staleConnection' || status.type === 'forceReconnect') leaveSoon(connection);
    if (status.type === 'disconnect') log.warn('lost nats-server: connecting again');
    if (status.type === 'reconnect') log.info('connected to nats-server again');
    if (status.type === 'error') log.warn({ reason: status.error.message }, 'nats-server reports an error');
  }
}

/**
 * The client first waits until all that is unsent has gone out: to a server that is frozen or cut off, for ever. It has
 * no way to leave without that, so its transport, which is not meant for others, is closed. One that is closed stays so.
 */
function leaveSoon({ protocol: { transport } }: NatsConnectionImpl): void {
  setTimeout(() => void transport.close(), FLUSH_MS);
}
