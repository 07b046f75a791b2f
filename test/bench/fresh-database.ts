/** A database with the product's schema and nothing in it, for one measurement. */
import { connect, type Database, migrate, totalFaults } from '@effectstroom/database';
import { type Kysely, sql } from 'kysely';
import { Client } from 'pg';

export interface FreshDatabase {
  url: string;
  client: Client;
  db: Kysely<Database>;
}

/** Makes the database, does the work and drops it. PostgreSQL has written everything earlier out before it starts. */
export async function withFreshDatabase<T>(
  serverUrl: string,
  work: (database: FreshDatabase) => Promise<T>,
): Promise<T> {
  const url = new URL(serverUrl);
  url.pathname = '/bench';
  const server = await connected(serverUrl);
  try {
    await server.query('DROP DATABASE IF EXISTS bench WITH (FORCE)');
    await server.query('CREATE DATABASE bench');
    const client = await connected(url.href);
    const db = connect({ url: url.href, applicationName: 'bench', connectionsMax: 2 });
    try {
      await migrate(db);
      await server.query('CHECKPOINT');
      return await work({ url: url.href, client, db });
    } finally {
      await client.end();
      await db.destroy();
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

/** A figure counts only for work that adds up. @throws Error where it does not. */
export async function checkWork(db: Kysely<Database>, events: number): Promise<void> {
  const { rows } = await sql<{
    table: string;
    rows: bigint;
  }>`SELECT 'event' AS table, count(*) AS rows FROM event
    UNION ALL SELECT 'ledger', count(*) FROM ledger UNION ALL SELECT 'case_state', count(*) FROM case_state`.execute(
    db,
  );
  const faults = rows
    .filter((counted) => counted.rows !== BigInt(events))
    .map((counted) => `${counted.table} has ${counted.rows} rows after ${events} events`);
  faults.push(...(await totalFaults(db, 3)));
  if (faults.length > 0) throw new Error(`The work does not add up: ${faults.join('; ')}`);
}
