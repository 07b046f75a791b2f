import { existsSync, mkdirSync, readdirSync, readlinkSync, realpathSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { goOnWithArchive, leaveArchive } from './backup/log-archive.ts';
import { loopback, onRememberedPort } from './ports.ts';
import { type PostgresPrograms, postgresPrograms, prepareCluster, SUPERUSER } from './postgres-cluster.ts';
import { type Primary, prepareReplica } from './postgres-replica.ts';
import { type PostgresUser, postgresUser } from './postgres-user.ts';
import { becomesTrue, type Running, startProcess, stopLeftover, trySignal } from './running.ts';
import { keptSecret } from './secret.ts';
import { StartFault } from './start-fault.ts';
import { untilReady } from './until-ready.ts';

/** The database that every service uses. */
const DATABASE = 'effectstroom';
/** Recovery after a crash may have a lot to replay. */
const START_DEADLINE_MS = 300_000;
/** It writes everything out before it ends. */
const STOP_DEADLINE_MS = 30_000;
const ROOM_FOR_SHARED_MEMORY = 256_000_000;

export type PostgresOptions = {
  /** Holds the data, the password and the port; made when absent. */
  folder: string;
  /** Listen here or fail; by default the folder's own port, or a new one when that is taken. */
  port?: number;
  /** Settings of postgresql.conf on top of ours, which keep every commit through a power failure. */
  settings?: Readonly<Record<string, string>>;
  /** Where it copies its log, of this history only; without it a log of before ends for good. */
  archive?: string | undefined;
  /** Where it listens; by default 127.0.0.1. Who may come from elsewhere, `settings.hba_file` must say. */
  host?: string;
  /** Programs in front of its command that end by executing it, as `ip netns exec …`. */
  prefix?: readonly string[];
  /** Follow this server of the same machine, and take no writes. */
  replicaOf?: Primary;
  /** By default `server.log` in the folder. */
  logFile?: string;
  /** Aborting ends a start that is under way. */
  signal?: AbortSignal;
};

/** A PostgreSQL that runs; `url` carries the superuser's password. */
export type Postgres = Running & { readonly url: string; readonly port: number; readonly version: string };

/**
 * Starts PostgreSQL on a folder, as root as well as an ordinary user, and waits until it takes connections.
 * Data of an earlier run is kept; what that run left running is stopped first.
 *
 * @throws {StartFault} when the folder, the version or the machine does not allow it
 */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  mkdirSync(options.folder, { recursive: true, mode: 0o700 });
  const folder = realpathSync(options.folder);
  const data = join(folder, 'data');
  const programs = await postgresPrograms();
  await stopLeftover(join(data, 'postmaster.pid'), data, 'SIGINT');
  await stopOrphans(data);
  if (options.replicaOf !== undefined) await prepareReplica(folder, options.replicaOf);
  const password = keptSecret(join(folder, 'password'));
  const user = postgresUser(folder, programs.postgres);
  prepareCluster(data, join(folder, 'password'), programs, user);
  const { archive } = options;
  if (archive === undefined) leaveArchive(data);
  const settings = { ...(archive !== undefined && goOnWithArchive(data, archive)), ...options.settings };
  return onRememberedPort(join(folder, 'port'), options.port, async (port) => {
    const running = await startServer(folder, port, programs, user, { ...options, settings });
    const url = (name?: string) => postgresUrl(port, password, name, options.host);
    await untilReady(running, 'PostgreSQL', () => answers(url('postgres')), {
      deadlineMs: START_DEADLINE_MS,
      signal: options.signal,
    });
    return { ...running, url: url(), port, version: programs.version };
  });
}

/** The address of a database of ours, with the superuser's password. */
export function postgresUrl(
  port: number | string,
  password: string,
  name = DATABASE,
  host = loopback,
): string {
  return `postgres://${SUPERUSER}:${password}@${host}:${port}/${name}`;
}

function startServer(
  folder: string,
  port: number,
  { postgres }: PostgresPrograms,
  { prefix, uid }: PostgresUser,
  options: PostgresOptions,
): Promise<Running> {
  const settings = {
    listen_addresses: options.host ?? loopback,
    port: String(port),
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...(hasRoomForSharedMemory() ? {} : { dynamic_shared_memory_type: 'mmap' }),
    ...options.settings,
  };
  return startProcess({
    command: [
      ...(options.prefix ?? []),
      ...prefix,
      postgres,
      '-D',
      join(folder, 'data'),
      ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
    env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C' },
    cwd: folder,
    logFile: options.logFile ?? join(folder, 'server.log'),
    pidFile: join(folder, 'server.pid'),
    // Fast shutdown: ends sessions, loses nothing.
    stopSignal: 'SIGINT',
    stopDeadlineMs: STOP_DEADLINE_MS,
    ...(uid === undefined ? {} : { uid }),
  });
}

/** Containers often have 64 MB, which one parallel query can use up. */
function hasRoomForSharedMemory(): boolean {
  if (!existsSync('/dev/shm')) return true;
  const { bavail, bsize } = statfsSync('/dev/shm');
  return bavail * bsize > ROOM_FOR_SHARED_MEMORY;
}

/** Whether the server takes connections and has our database; throws when it will never let us in. */
async function answers(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
    return 'ready';
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code === '28P01') {
      throw new StartFault(
        'Het wachtwoord in `postgres/password` van de gegevensmap hoort niet bij deze PostgreSQL.',
        { cause: error },
      );
    }
    return error instanceof Error ? error.message : String(error);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/**
 * Waits for, and then ends, backends that outlived a killed server: they still hold its shared memory, and
 * PostgreSQL rightly refuses to start beside them. Every one of them works in the data folder. Elsewhere than
 * on Linux they end by themselves, after their query.
 */
async function stopOrphans(data: string): Promise<void> {
  if (!existsSync('/proc/self/cwd')) return;
  const orphans = () => readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && worksIn(Number(pid), data));
  if (await becomesTrue(() => orphans().length === 0, 1_000)) return;
  for (const pid of orphans()) trySignal(Number(pid), 'SIGKILL');
  await becomesTrue(() => orphans().length === 0, 5_000);
}

function worksIn(pid: number, folder: string): boolean {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === folder;
  } catch {
    return false;
  }
}
