/** Connections to PostgreSQL. The one place that says how PostgreSQL's types arrive in TypeScript. */
import { Kysely, PostgresDialect } from 'kysely';
import { Client, type ClientConfig, Pool, types } from 'pg';
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
}

function clientConfig(options: ConnectOptions): ClientConfig {
  return {
    connectionString: options.url,
    application_name: options.applicationName,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    types: typeParsers,
    ...(options.statementTimeoutMs === undefined ? {} : { statement_timeout: options.statementTimeoutMs }),
  };
}

/** A pool for readers and jobs. End it with `destroy()`. */
export function connect(options: ConnectOptions): Kysely<Database> {
  const pool = new Pool({ ...clientConfig(options), max: options.connectionsMax ?? 10 });
  // A connection that PostgreSQL ends must not end the process, idle or in hand: the query it served fails, and the
  // next one connects anew.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
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
  const client = new Client(clientConfig(options));
  let closed = false;
  const lost = (error: Error) => {
    if (closed) return;
    closed = true;
    onLost(error);
  };
  client.on('error', lost);
  client.on('end', () => lost(new Error('PostgreSQL ended the connection')));
  await client.connect();
  // kysely asks a pool for a client and gives it back; here it is always this one.
  const lease = Object.assign(client, { release: () => undefined });
  const pool = { connect: () => Promise.resolve(lease), end: () => Promise.resolve(), options: {} };
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
  const close = async () => {
    closed = true;
    await client.end().catch(() => undefined);
  };
  return { client, db, close };
}
