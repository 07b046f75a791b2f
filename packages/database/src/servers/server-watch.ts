/** Looks at one server, over a connection that is kept for it. */
import { setImmediate as afterReading, setTimeout as sleep } from 'node:timers/promises';
import { Client, type ClientConfig } from 'pg';
import type { History } from './history.ts';
import { cutOff, endWithin, ServerSilent } from './sign-of-life.ts';

/** Milliseconds that a look may take, connecting included. A server that needs longer counts as away. */
const LOOK_MS_MAX = 5_000;

/** What a server says of itself. */
export interface ServerLook extends History {
  /** It replays what another server writes. */
  isFollowing: boolean;
  /** Bytes of write-ahead log that it has written, or replayed. */
  position: bigint;
  /** Milliseconds since the last commit that it replayed; undefined on a primary, and before the first. */
  sinceMs: number | undefined;
}

/**
 * A replica's newest timeline. What it receives only those may see who have pg_read_all_stats; to others the
 * next restart point tells it, minutes later.
 */
const TIMELINE_REPLAYED = `greatest((SELECT timeline_id FROM pg_control_checkpoint()),
    (SELECT min_recovery_end_timeline FROM pg_control_recovery()),
    (SELECT received_tli FROM pg_stat_wal_receiver))`;

const LOOK = `SELECT pg_is_in_recovery() AS following,
  ((CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_flush_lsn() END)
    - '0/0'::pg_lsn)::text AS position,
  (extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp()) * 1000)::float8 AS since,
  (SELECT system_identifier FROM pg_control_system())::text AS cluster,
  CASE WHEN pg_is_in_recovery() THEN ${TIMELINE_REPLAYED}
    ELSE ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::integer END AS timeline`;

interface LookRow extends History {
  following: boolean;
  position: string;
  since: number | null;
}

export class ServerWatch {
  readonly #config: ClientConfig;
  #client: Client | undefined;
  #looking: Promise<ServerLook> | undefined;

  constructor(config: ClientConfig) {
    this.#config = config;
  }

  /**
   * Asks the server; who asks meanwhile shares the answer.
   * @throws Error where it does not answer in time; the next look connects anew
   */
  look(): Promise<ServerLook> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  async #look(): Promise<ServerLook> {
    const client = this.#client ?? new Client({ ...this.#config, connectionTimeoutMillis: LOOK_MS_MAX });
    const isNew = this.#client === undefined;
    this.#client = client;
    if (isNew) {
      client.on('error', () => undefined);
      // One that ended between two looks says nothing of a server that was started again.
      client.once('end', () => this.#forget(client));
    }
    const giveUp = new AbortController();
    const work = isNew ? client.connect().then(() => ask(client)) : ask(client);
    try {
      return await Promise.race([work, tooLate(giveUp.signal)]);
    } catch (error) {
      this.#forget(client);
      work.catch(() => undefined);
      cutOff(client);
      throw error;
    } finally {
      giveUp.abort();
    }
  }

  #forget(client: Client): void {
    if (this.#client === client) this.#client = undefined;
  }

  async close(): Promise<void> {
    if (this.#client !== undefined) await endWithin(this.#client, 1_000);
  }
}

async function ask(client: Client): Promise<ServerLook> {
  const { rows } = await client.query<LookRow>(LOOK);
  const [row] = rows;
  if (row === undefined) throw new Error('PostgreSQL said nothing of itself');
  const { following, position, since, cluster, timeline } = row;
  return {
    isFollowing: following,
    position: BigInt(position),
    sinceMs: since ?? undefined,
    cluster,
    timeline,
  };
}

/** Rejects at the limit; an answer that arrived while this process was busy is read before. */
async function tooLate(signal: AbortSignal): Promise<never> {
  await sleep(LOOK_MS_MAX, undefined, { signal, ref: false }).catch(() => undefined);
  if (!signal.aborted) await afterReading();
  throw new ServerSilent();
}
