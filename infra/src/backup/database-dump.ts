/** The database as one file, by pg_dump: the state of one moment, for PostgreSQL of this version or newer. */
import pg, { type Client } from 'pg';
import type { PostgresTools } from '../postgres-tools.ts';
import { StartFault } from '../start-fault.ts';
import { withClient } from '../with-client.ts';
import { libpqUrl } from './libpq-url.ts';
import { runTool } from './run-tool.ts';

/** Tables that `npm run rebuild` makes anew from the others. */
export const FOLLOWING = [
  ...['case_state', 'ledger', 'quarantine_entry', 'source_delivery'],
  ...['case_total', 'saving_total', 'case_year', 'saving_year', 'source_total'],
] as const;

/** Role that reads schema `reporting`: its rights are in the dump, and it must be there before them. */
const READER = 'effectstroom_lezer';

const OBJECT_IN_USE = '55006';
const NOT_PERMITTED = '42501';

export interface DumpOptions {
  url: string;
  file: string;
  /** Without the tables that follow from the record: smaller, and to be rebuilt afterwards. */
  onlyRecord: boolean;
  signal?: AbortSignal;
}

/** Writes the dump; readers and writers go on meanwhile. */
export async function dumpDatabase(
  { pg_dump: program }: PostgresTools,
  { url, file, onlyRecord, signal }: DumpOptions,
): Promise<void> {
  const { address, env } = libpqUrl(url);
  const without = onlyRecord ? FOLLOWING.map((table) => `--exclude-table-data=public.${table}`) : [];
  const options = ['--format=custom', '--compress=zstd:3', '--no-owner', `--file=${file}`, ...without];
  await runTool([...program, ...options, `--dbname=${address}`], env, signal);
}

/**
 * Puts a dump in the place of an empty database, whole or not at all: it is filled under another name, which it
 * keeps until it is complete. A service that found it half would count what comes again twice.
 * @param complete what else it needs, at the address of the one that is being filled
 * @throws {StartFault} where it holds tables of ours already, is in use, or the dump does not fit
 */
export async function restoreDatabase(
  { pg_restore: program }: PostgresTools,
  { url, file, signal }: Omit<DumpOptions, 'onlyRecord'>,
  complete: (halfUrl: string) => Promise<void>,
): Promise<void> {
  await prepare(url);
  const name = decodeURIComponent(new URL(url).pathname.slice(1));
  const server = databaseUrl(url, 'postgres');
  const halfUrl = databaseUrl(url, halfOf(name));
  try {
    await withClient(server, (client) => makeHalf(client, name)).catch(explain);
    const { address, env } = libpqUrl(halfUrl);
    const options = ['--exit-on-error', '--no-owner', '--jobs=2', `--dbname=${address}`, file];
    await runTool([...program, ...options], env, signal);
    await withClient(halfUrl, (client) => client.query('ANALYZE'));
    await complete(halfUrl);
    signal?.throwIfAborted();
    await prepare(url);
    await withClient(server, (client) => takePlace(client, name)).catch(explain);
  } finally {
    // What stays behind now goes the next time.
    await withClient(server, (client) => drop(client, halfOf(name), emptyOf(name))).catch(() => undefined);
  }
}

const halfOf = (name: string) => `${name}_being_restored`;
const emptyOf = (name: string) => `${name}_before_restore`;

function databaseUrl(url: string, name: string): string {
  const parts = new URL(url);
  parts.pathname = `/${encodeURIComponent(name)}`;
  return parts.href;
}

/** What an earlier time left behind goes. */
async function makeHalf(client: Client, name: string): Promise<void> {
  await drop(client, halfOf(name), emptyOf(name));
  const [half, own] = [client.escapeIdentifier(halfOf(name)), client.escapeIdentifier(name)];
  await client.query(`CREATE DATABASE ${half} TEMPLATE ${own}`);
}

/** PostgreSQL refuses it while anybody is connected to either. */
async function takePlace(client: Client, name: string): Promise<void> {
  const [own, half] = [client.escapeIdentifier(name), client.escapeIdentifier(halfOf(name))];
  await client.query(`BEGIN;
    ALTER DATABASE ${own} RENAME TO ${client.escapeIdentifier(emptyOf(name))};
    ALTER DATABASE ${half} RENAME TO ${own};
    COMMIT`);
}

async function drop(client: Client, ...names: readonly string[]): Promise<void> {
  for (const name of names)
    await client.query(`DROP DATABASE IF EXISTS ${client.escapeIdentifier(name)} WITH (FORCE)`);
}

/** @throws what it is given, as a fault where the administrator can mend it */
function explain(error: unknown): never {
  const code = error instanceof pg.DatabaseError ? error.code : undefined;
  if (code === OBJECT_IN_USE)
    throw new StartFault('Er is iets met de database verbonden: stop eerst alles.', { cause: error });
  if (code === NOT_PERMITTED)
    throw new StartFault('Deze gebruiker mag geen database maken: terugzetten vraagt dat recht (CREATEDB).', {
      cause: error,
    });
  throw error;
}

async function prepare(url: string): Promise<void> {
  await withClient(url, async (client) => {
    const { rows } = await client.query<{ name: string | null }>(`SELECT to_regclass('event')::text AS name`);
    if (rows[0]?.name != null)
      throw new StartFault('De database is niet leeg: zet een reservekopie terug in een lege database.');
    const { rowCount } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [READER]);
    // Its password is given by the calculator, from a file that is in no back-up.
    if (rowCount === 0) await client.query(`CREATE ROLE ${READER} NOLOGIN`);
  });
}
