/** The servers that can be read from, and what is known of each: of its data, and how far it is behind. */
import { type ConnectOptions, clientConfig, createPool, type EndingPool } from '../connect.ts';
import type { SeenServer, ServerRole } from './choose-server.ts';
import { type History, isSameHistory, type Kinship, kinshipOf } from './history.ts';
import { ReplicaLag } from './replica-lag.ts';
import { ServerWatch } from './server-watch.ts';

/** A server that is read from. */
export interface ReadSource {
  url: string;
  /** What it is: also the server of `primaryUrl` may be a replica. */
  role: ServerRole;
  /**
   * Milliseconds that it is behind the primary at most; 0 for the primary, undefined where nobody can tell.
   */
  behindMs: number | undefined;
}

/** A server that is looked at, and how it was seen last. */
export interface WatchedServer {
  url: string;
  role: ServerRole;
  watch: ServerWatch;
  pool: EndingPool;
  lag: ReplicaLag;
  isThere: boolean;
  isFollowing: boolean;
  /** Of its data; of the primary, when it was last seen to be one. */
  history: History | undefined;
}

export function serverOf(
  url: string,
  role: ServerRole,
  connection: Omit<ConnectOptions, 'url'>,
): WatchedServer {
  const own = { ...connection, url };
  const config = clientConfig({ ...own, applicationName: `${own.applicationName} watch` });
  const state = { isThere: false, isFollowing: false, lag: new ReplicaLag(), history: undefined };
  return { url, role, watch: new ServerWatch(config), pool: createPool(own), ...state };
}

/** One look. Never throws. */
export async function lookAt(
  server: WatchedServer,
  replicas: readonly WatchedServer[],
  onStandby: () => void = () => undefined,
): Promise<void> {
  const at = performance.now();
  try {
    const { isFollowing, position, sinceMs, cluster, timeline } = await server.watch.look();
    const wasFollowing = server.isFollowing;
    server.isThere = true;
    server.isFollowing = isFollowing;
    const history = { cluster, timeline };
    if (server.role === 'replica') {
      server.history = history;
      server.lag.replicaSeen(at, position, sinceMs, performance.now());
    } else if (!isFollowing) primarySeen(server, replicas, history, { at, position });
    else if (!wasFollowing) onStandby();
  } catch {
    server.isThere = false;
    // Questions in hand would wait for an answer that does not come.
    server.pool.cutOff();
  }
}

/** Positions of one history say nothing of another: what was known of another is forgotten. */
function primarySeen(
  primary: WatchedServer,
  replicas: readonly WatchedServer[],
  history: History,
  { at, position }: { at: number; position: bigint },
): void {
  const isSame = primary.history !== undefined && isSameHistory(history, primary.history);
  primary.history = history;
  for (const replica of replicas) {
    if (!isSame) replica.lag = new ReplicaLag();
    replica.lag.primarySeen(at, position);
  }
}

export function seenOf(server: WatchedServer, primary: History | undefined, now: number): SeenServer {
  const { url, role, isThere, isFollowing } = server;
  const kinship = kinshipNow(server, primary);
  return {
    ...{ url, role, isThere: isThere && kinship !== 'other', isFollowing: isFollowing && kinship === 'same' },
    behindMs: behindOf(server, primary, now),
  };
}

function kinshipNow({ role, history, lag }: WatchedServer, primary: History | undefined): Kinship {
  if (role === 'primary' || history === undefined) return 'same';
  const kinship = kinshipOf(history, primary);
  return kinship === 'same' && lag.isAhead ? 'other' : kinship;
}

function behindOf(server: WatchedServer, primary: History | undefined, now: number): number | undefined {
  if (server.role === 'primary') return server.isFollowing ? undefined : 0;
  return kinshipNow(server, primary) === 'same' ? server.lag.behindMs(now) : undefined;
}

export function sourceOf(server: WatchedServer, primary: History | undefined): ReadSource {
  const role = server.isFollowing ? 'replica' : server.role;
  return { url: server.url, role, behindMs: behindOf(server, primary, performance.now()) };
}
