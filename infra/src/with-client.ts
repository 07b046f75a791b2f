import pg from 'pg';

const CONNECTED_WITHIN_MS = 10_000;

/** A connection to PostgreSQL for one piece of work. */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: CONNECTED_WITHIN_MS,
    application_name: 'effectstroom',
  });
  client.on('error', () => undefined); // a connection that is lost fails at its next query
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
