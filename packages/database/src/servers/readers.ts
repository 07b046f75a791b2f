/**
 * The servers that figures are read from: replicas of PostgreSQL first, the primary where they cannot
 * serve.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { Kysely, PostgresDialect } from 'kysely';
import type { ConnectOptions } from '../connect.ts';
import type { Database } from '../tables.ts';
import { chooseServer } from './choose-server.ts';
import { ServerSilent } from './sign-of-life.ts';
import { lookAt, type ReadSource, seenOf, serverOf, sourceOf, type WatchedServer } from './watched-server.ts';

/** Milliseconds between looks at a server, and at one that did not answer. */
const LOOK_EVERY = 1_000;
const LOOK_AGAIN = 250;

/** Where the replicas are. */
export interface ReadersOptions extends Omit<ConnectOptions, 'url'> {
  primaryUrl: string;
  /** In the order in which they are preferred; none reads from the primary. */
  replicaUrls: readonly string[];
  /** A replica that is further behind is not read from while the primary is there. */
  behindMsMax: number;
  /** Told when another server is read from, or none. */
  onChange?: (source: ReadSource | undefined) => void;
  /** Told when the server of `primaryUrl` turns out to follow another one. */
  onStandby?: () => void;
}

export interface Readers {
  /** Each transaction, or query outside one, reads from one server: the one that is chosen at its start. */
  db: Kysely<Database>;
  /** The server that is read from now. @throws Error where none answers */
  source(): Promise<ReadSource>;
  close(): Promise<void>;
}

/**
 * Looks at the servers every second from now on, until `close`. A server that falls away ends its
 * questions.
 */
export function createReaders(options: ReadersOptions): Readers {
  const { primaryUrl, replicaUrls, behindMsMax, onChange, onStandby, ...connection } = options;
  const primary = serverOf(primaryUrl, 'primary', connection);
  const replicas = replicaUrls.map((url) => serverOf(url, 'replica', connection));
  const servers = [...replicas, primary];
  const stopping = new AbortController();
  let chosen: WatchedServer | undefined;

  const choose = (): void => {
    const now = performance.now();
    const found = chooseServer(
      servers.map((one) => seenOf(one, primary.history, now)),
      chosen?.url,
      behindMsMax,
    );
    const next = servers.find(({ url, role }) => url === found?.url && role === found.role);
    if (next === chosen) return;
    chosen = next;
    onChange?.(next === undefined ? undefined : sourceOf(next, primary.history));
  };
  const look = (server: WatchedServer) => lookAt(server, replicas, onStandby);
  const first = Promise.all(servers.map(look)).then(choose);
  const looking = servers.map(async (server) => {
    await first;
    while (!stopping.signal.aborted) {
      const waitMs = server.isThere ? LOOK_EVERY : LOOK_AGAIN;
      await sleep(waitMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      await look(server);
      choose();
    }
  });
  const current = async (): Promise<WatchedServer> => {
    await first;
    if (chosen === undefined) throw new ServerSilent();
    return chosen;
  };
  /** A connection to the server that is chosen; where it refuses, to the next one. */
  const connectToChosen = async () => {
    const server = await current();
    try {
      return await server.pool.connect();
    } catch (error) {
      if (chosen === server) {
        await look(server);
        choose();
      }
      if (chosen === undefined || chosen === server) throw error;
      return chosen.pool.connect();
    }
  };
  const pool = {
    connect: connectToChosen,
    end: async () => void (await Promise.all(servers.map((server) => server.pool.end()))),
    options: {},
  };
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
  return {
    db,
    source: async () => sourceOf(await current(), primary.history),
    close: async () => {
      stopping.abort();
      await Promise.all(looking);
      await Promise.all(servers.map(({ watch }) => watch.close()));
      // kysely ends only a pool that it has used.
      await pool.end();
    },
  };
}
