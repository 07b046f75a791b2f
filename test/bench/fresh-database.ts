/** A database for one measurement: empty, or with the product's schema and nothing in it. */
import { connect, type Database, migrate, totalFaults } from '@effectstroom/database';
import { type Kysely, sql } from 'kysely';
import { Client, Pool } from 'pg';

export interface FreshDatabase {
  url: string;
  client: Client;
  db: Kysely<Database>;
}

/** Makes the product's tables in an empty database, and does the work. */
export function withFreshDatabase<T>(
  serverUrl: string,
  work: (database: FreshDatabase) => Promise<T>,
): Promise<T> {
  return withEmptyDatabase(serverUrl, async ({ url, client }) => {
    const db = connect({ url, applicationName: 'bench', connectionsMax: 2 });
    try {
      await migrate(db);
      await client.query('CHECKPOINT');
      return await work({ url, client, db });
    } finally {
      await db.destroy();
    }
  });
}

/**
 * Makes a database, does the work and drops it. PostgreSQL has written everything earlier out before it
 * starts.
 */
export async function withEmptyDatabase<T>(
  serverUrl: string,
  work: (database: Pick<FreshDatabase, 'url' | 'client'>) => Promise<T>,
): Promise<T> {
  const url = new URL(serverUrl);
  url.pathname = '/bench';
  const server = await connected(serverUrl);
  try {
    await server.query('DROP DATABASE IF EXISTS bench WITH (FORCE)');
    await server.query('CREATE DATABASE bench');
    await server.query('CHECKPOINT');
    const client = await connected(url.href);
    try {
      return await work({ url: url.href, client });
    } finally {
      await client.end();
      await server.query('DROP DATABASE bench WITH (FORCE)');
    }
  } finally {
    await server.end();
  }
}

/** A connection of its own. */
export async function connected(url: string): Promise<Client> {
  const client = new Client({ connectionString: url, application_name: 'bench' });
  client.on('error', () => undefined); // a connection that is lost fails at its next query
  await client.connect();
  return client;
}

/** Some connections. PostgreSQL may end one, as where the database is dropped: whoever asks next says so. */
export function pooled(url: string, max: number): Pool {
  const pool = new Pool({ connectionString: url, max, application_name: 'bench' });
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/** A figure counts only for work that adds up. @throws Error where it does not. */
export async function checkWork(db: Kysely<Database>, events: number): Promise<void> {
  const { rows } = await sql<{
    table: string;
    rows: bigint;
  }>`SELECT 'event' AS table, count(*) AS rows FROM event
    UNION ALL SELECT 'ledger', count(*) FROM ledger
    UNION ALL SELECT 'case_state', count(*) FROM case_state`.execute(db);
  const faults = rows
    .filter((counted) => counted.rows !== BigInt(events))
    .map((counted) => `${counted.table} has ${counted.rows} rows after ${events} events`);
  faults.push(...(await totalFaults(db, 3)));
  if (faults.length > 0) throw new Error(`The work does not add up: ${faults.join('; ')}`);
}
