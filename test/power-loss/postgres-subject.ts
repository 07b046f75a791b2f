/** Whether PostgreSQL still has what it committed. */
import { join } from 'node:path';
import { type Postgres, startPostgres } from '@effectstroom/infra';
import pg from 'pg';
import { Load } from './acknowledged.ts';
import { type Begun, endAll, type Subject } from './subject.ts';

/** PostgreSQL with settings on top of ours. */
export function postgresSubject(version: string, settings: Readonly<Record<string, string>>): Subject {
  const start = (disk: string, signal: AbortSignal) =>
    startPostgres({ folder: join(disk, 'postgres'), settings, signal });
  const names = Object.entries(settings).map(([name, value]) => `\`${name} = ${value}\``);
  return {
    name: `PostgreSQL ${version}`,
    setting: names.join(', ') || '`fsync = on`, its default',
    mayLose: names.length > 0,
    begin: async (disk, signal) => begin(await start(disk, signal)),
    found: async (disk, signal) => {
      const server = await start(disk, signal);
      try {
        return await foundIn(server);
      } finally {
        await server.stop();
      }
    },
  };
}

async function begin(server: Postgres): Promise<Begun> {
  const stops: (() => unknown)[] = [() => server.stop()];
  try {
    const pool = new pg.Pool({ connectionString: server.url, max: 4 });
    // What it holds idle is told when the server ends.
    pool.on('error', () => undefined);
    stops.push(() => pool.end());
    await pool.query('CREATE TABLE kept (number bigint PRIMARY KEY)');
    let next = 0;
    const load = new Load(() => async () => {
      const number = next++;
      await pool.query('INSERT INTO kept VALUES ($1)', [number]);
      return [number];
    });
    stops.push(() => load.stop());
    return { pids: [server.pid], load, stop: () => endAll(stops) };
  } catch (error) {
    await endAll(stops);
    throw error;
  }
}

async function foundIn(server: Postgres): Promise<Set<number> | undefined> {
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  try {
    const { rows } = await client.query<{ number: string }>('SELECT number FROM kept');
    return new Set(rows.map(({ number }) => Number(number)));
  } catch (error) {
    if (error instanceof pg.DatabaseError) return undefined; // the table is gone, or cannot be read
    throw error;
  } finally {
    await client.end();
  }
}
