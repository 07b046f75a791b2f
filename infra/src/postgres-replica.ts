/** A copy of a running PostgreSQL of this machine that follows it: a replica to read from. */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { copyFile, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { withClient } from './with-client.ts';

/** The server to follow. */
export type Primary = {
  /** A superuser's address of it. */
  url: string;
  /** The folder that it was started on. */
  folder: string;
};

/** Keeps what a replica has not had yet, on the primary. */
const SLOT = 'effectstroom_replica';

/** Folders whose contents belong to one running server: the copy has them empty. */
const EMPTY = new Set([
  ...['pg_wal', 'pg_replslot', 'pg_dynshmem', 'pg_notify'],
  ...['pg_serial', 'pg_snapshots', 'pg_stat_tmp', 'pg_subtrans'],
]);

/** Files that belong to one running server. */
const LEFT_OUT =
  /^(postmaster\.(pid|opts)|pg_internal\.init|(standby|recovery)\.signal|backup_label|pgsql_tmp.*)$/;

/**
 * Makes the data of a replica in `folder` where there is none, and says in it whom to follow: the primary
 * may have moved. The copy appears whole or not at all.
 *
 * @throws {Error} when the primary cannot be asked, or its data not be read
 */
export async function prepareReplica(folder: string, primary: Primary): Promise<void> {
  const data = join(folder, 'data');
  // Its roles are the primary's.
  writeFileSync(join(folder, 'password'), readFileSync(join(primary.folder, 'password')), { mode: 0o600 });
  if (!existsSync(join(data, 'PG_VERSION'))) {
    const half = `${data}.half`;
    rmSync(half, { recursive: true, force: true });
    await copyRunning(primary, half);
    renameSync(half, data);
  }
  follow(data, primary);
}

/**
 * Copies the data of a running server: PostgreSQL's low-level backup. The copy must first replay what was
 * written meanwhile; here the slot keeps that.
 */
async function copyRunning({ url, folder }: Primary, into: string): Promise<void> {
  await withClient(url, async (client) => {
    await client.query(
      `SELECT pg_create_physical_replication_slot($1, true)
       WHERE NOT EXISTS (SELECT FROM pg_replication_slots WHERE slot_name = $1)`,
      [SLOT],
    );
    await client.query(`SELECT pg_backup_start('replica', true)`);
    await copyFolder(join(folder, 'data'), into);
    const { rows } = await client.query<{ labelfile: string }>('SELECT labelfile FROM pg_backup_stop(false)');
    writeFileSync(join(into, 'backup_label'), rows[0]?.labelfile ?? '', { mode: 0o600 });
  });
}

/** Files may go while they are copied, and half-written pages are mended by what is replayed. */
async function copyFolder(from: string, into: string): Promise<void> {
  await mkdir(into, { recursive: true, mode: 0o700 });
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(into, entry.name)];
    if (LEFT_OUT.test(entry.name)) continue;
    if (entry.isDirectory() && EMPTY.has(entry.name)) mkdirSync(target, { mode: 0o700 });
    else if (entry.isDirectory()) await copyFolder(source, target);
    else await copyFile(source, target).catch(ignoreGone);
  }
}

function ignoreGone(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
}

/** In a file of the data, which nobody else may read: a command line would show the password. */
function follow(data: string, { url }: Primary): void {
  const { hostname, port, username, password } = new URL(url);
  const own = /^(primary_conninfo|primary_slot_name|hot_standby_feedback|wal_receiver_timeout) /;
  const file = join(data, 'postgresql.auto.conf');
  const others = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !own.test(line));
  const lines = [
    ...others,
    `primary_conninfo = 'host=${hostname} port=${port} user=${username} password=${password}'`,
    `primary_slot_name = '${SLOT}'`,
    // What is read here is not cleaned up there meanwhile, so that questions are not broken off.
    'hot_standby_feedback = on',
    "wal_receiver_timeout = '10s'",
  ];
  writeFileSync(file, `${lines.join('\n')}\n`, { mode: 0o600 });
  writeFileSync(join(data, 'standby.signal'), '');
}
