/** Connections to PostgreSQL. The one place that says how PostgreSQL's types arrive in TypeScript. */
import { Kysely, PostgresDialect, type PostgresPool } from 'kysely';
import { Client, type ClientConfig, Pool, type PoolClient, types } from 'pg';
import { keepRepeated } from './prepared-statements.ts';
import { cutOff, endWhenSilent, endWithin } from './servers/sign-of-life.ts';
import { inTurns } from './session-turns.ts';
import type { Database } from './tables.ts';

const INT8 = 20;
const DATE = 1082;
const INT8_ARRAY = 1016;

/** '{1,2}' as PostgreSQL writes an array without nulls. */
const parseBigintArray = (text: string) => (text === '{}' ? [] : text.slice(1, -1).split(',').map(BigInt));

/** int8 becomes bigint and date stays text; numeric stays text by pg's own default. No float ever holds an amount. */
const typeParsers: ClientConfig['types'] = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') => {
    if (format === 'binary') return types.getTypeParser(oid, 'binary');
    if (oid === INT8) return BigInt;
    if (oid === DATE) return String;
    if (oid === INT8_ARRAY) return parseBigintArray;
    return types.getTypeParser(oid);
  },
} as ClientConfig['types'];

export interface ConnectOptions {
  url: string;
  /** Shown by PostgreSQL beside each session. */
  applicationName: string;
  connectionsMax?: number;
  /** A statement that takes longer is ended by PostgreSQL. */
  statementTimeoutMs?: number;
  /**
   * PostgreSQL ends a session from which it hears nothing for so long, and lets go of its locks: of a client that was
   * frozen or cut off. One of `openSession` says something in time, also while it has nothing to ask. By default
   * PostgreSQL waits as long as the system's connections live, which is hours.
   */
  leaseMs?: number;
}

/** Milliseconds until a connection to a server that was cut off is asked whether it lives, while nothing is due. */
const IDLE_MS = 10_000;

/** Milliseconds that the orderly end of connections may take. */
const END_MS_MAX = 2_000;

/** Seconds that a connection of a pool lives: it keeps the statements that were asked then, and not others for ever. */
const LIFE_SECONDS_MAX = 600;

export function clientConfig(options: ConnectOptions): ClientConfig {
  return {
    connectionString: options.url,
    application_name: options.applicationName,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: IDLE_MS,
    types: typeParsers,
    ...(options.statementTimeoutMs === undefined ? {} : { statement_timeout: options.statementTimeoutMs }),
    ...(options.leaseMs === undefined ? {} : { options: leaseOf(options.leaseMs) }),
  };
}

/** Settings of a session, as PostgreSQL's command line has them: what is sent must be taken, what is idle must ask. */
function leaseOf(ms: number): string {
  const seconds = Math.max(1, Math.floor(ms / 4_000));
  const settings = {
    idle_session_timeout: ms,
    idle_in_transaction_session_timeout: ms,
    tcp_user_timeout: ms,
    tcp_keepalives_idle: seconds,
    tcp_keepalives_interval: seconds,
    tcp_keepalives_count: 3,
    // Also during a long statement.
    client_connection_check_interval: ms,
  };
  return Object.entries(settings)
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(' ');
}

/** A pool for readers and jobs. End it with `destroy()`. */
export function connect(options: ConnectOptions): Kysely<Database> {
  return new Kysely<Database>({ dialect: new PostgresDialect({ pool: createPool(options) }) });
}

/** Connections that are made when they are needed, and end where their server falls silent. */
export interface EndingPool extends PostgresPool {
  connect(): Promise<PoolClient>;
  /** Ends every connection at once, also those in use: what they were asked fails. New ones can be made. */
  cutOff(): void;
}

export function createPool(options: ConnectOptions): EndingPool {
  const config = clientConfig(options);
  const pool = new Pool({
    ...config,
    max: options.connectionsMax ?? 10,
    maxLifetimeSeconds: LIFE_SECONDS_MAX,
  });
  const clients = new Set<PoolClient>();
  // A connection that PostgreSQL ends must not end the process, idle or in hand: the query it served fails, and the
  // next one connects anew.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => {
    client.on('error', () => undefined);
    client.once('end', () => clients.delete(client));
    clients.add(client);
    endWhenSilent(client, config);
    keepRepeated(client);
  });
  const cutOffAll = () => {
    for (const client of clients) cutOff(client);
  };
  const end = async () => {
    const force = setTimeout(cutOffAll, END_MS_MAX);
    await pool.end();
    clearTimeout(force);
  };
  return { connect: () => pool.connect(), end, options: {}, cutOff: cutOffAll };
}

export interface Session {
  client: Client;
  db: Kysely<Database>;
  close(): Promise<void>;
}

/**
 * One connection that keeps its session, for advisory locks and COPY beside kysely's transactions.
 * `onLost` is called once when the connection ends without `close()`.
 */
export async function openSession(options: ConnectOptions, onLost: (error: Error) => void): Promise<Session> {
  const config = clientConfig(options);
  const client = new Client(config);
  let closed = false;
  const lost = (error: Error) => {
    if (closed) return;
    closed = true;
    onLost(error);
  };
  client.on('error', lost);
  client.on('end', () => lost(new Error('PostgreSQL ended the connection')));
  await client.connect();
  endWhenSilent(client, config);
  const { leaseMs } = options;
  const pool = inTurns(client, leaseMs === undefined ? undefined : leaseMs / 4);
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
  const close = async () => {
    closed = true;
    await endWithin(client, END_MS_MAX);
  };
  return { client, db, close };
}
