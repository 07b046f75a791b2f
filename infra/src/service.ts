import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, loopback } from './ports.ts';
import { repository } from './repository.ts';
import { type Running, startProcess, stopLeftover } from './running.ts';
import { untilReady } from './until-ready.ts';

export type ServiceName = 'calculator' | 'exporter' | 'ingest' | 'portal';

export type ServiceOptions = {
  name: ServiceName;
  /** What the service reads its configuration from; HOST and PORT are added. */
  env: Readonly<Record<string, string>>;
  /** Keeps its process number, and its log unless `logFile` says otherwise. */
  folder: string;
  logFile?: string;
  /** By default a free one. */
  port?: number;
  /** Where it listens; by default 127.0.0.1. */
  host?: string;
  /** Programs in front of its command that end by executing it, as `ip netns exec …`. */
  prefix?: readonly string[];
  /** The folder of another version of this repository, to run that one's. */
  code?: string;
  /** How long it may take to get ready; by default a minute. */
  deadlineMs?: number;
  /** Aborting ends a start that is under way. */
  signal?: AbortSignal;
};

/** A service that runs and is ready. */
export type Service = Running & { readonly url: string; readonly port: number };

/** What of our own environment means the same to every service. */
const PASSED_ON = [
  'PATH',
  'HOME',
  'LANG',
  'LC_ALL',
  'TZ',
  'TMPDIR',
  'LOG_LEVEL',
  'NODE_OPTIONS',
  'NODE_EXTRA_CA_CERTS',
];
const START_DEADLINE_MS = 60_000;

/**
 * A young generation of half the default: with all of it, the buffers of requests that are under way bring the whole
 * heap to the limit at which all of it is marked, again and again. The same stands in `infra/compose.yaml`.
 */
const NODE_FLAGS: Readonly<Partial<Record<ServiceName, readonly string[]>>> = {
  ingest: ['--max-semi-space-size=32'],
};

/**
 * Starts a service as a process of its own and waits until `/health/ready` says 200. It gets an IPC channel,
 * and is expected to end itself when that closes.
 *
 * @throws {StartFault} when it ends before it is ready, or is not ready in time
 */
export async function startService(options: ServiceOptions): Promise<Service> {
  const { name, folder } = options;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  await stopLeftoverService(name, folder);
  const { host = loopback, port = await freePort() } = options;
  const running = await startProcess({
    command: [
      ...(options.prefix ?? []),
      process.execPath,
      ...(NODE_FLAGS[name] ?? []),
      `services/${name}/src/main.ts`,
    ],
    env: { ...ownEnvironment(), HOST: host, PORT: String(port), ...options.env },
    cwd: options.code ?? repository,
    logFile: options.logFile ?? join(folder, `${name}.log`),
    pidFile: pidFileOf(name, folder),
    stopSignal: 'SIGTERM',
    channel: true,
  });
  const url = `http://${host}:${port}`;
  await untilReady(running, name, () => isReady(url), {
    deadlineMs: options.deadlineMs ?? START_DEADLINE_MS,
    signal: options.signal,
  });
  return { ...running, url, port };
}

/** Ends the service that an earlier run, itself killed, left running with this folder. */
export function stopLeftoverService(name: ServiceName, folder: string): Promise<void> {
  return stopLeftover(pidFileOf(name, folder), `services/${name}/`, 'SIGTERM');
}

function pidFileOf(name: ServiceName, folder: string): string {
  return join(folder, `${name}.pid`);
}

function ownEnvironment(): Record<string, string> {
  return Object.fromEntries(
    PASSED_ON.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])),
  );
}

async function isReady(url: string): Promise<string> {
  try {
    const response = await fetch(`${url}/health/ready`, {
      headers: { connection: 'close' },
      signal: AbortSignal.timeout(2_000),
    });
    return response.status === 200 ? 'ready' : (await response.text()).slice(0, 1_000);
  } catch {
    return 'het antwoordt nog niet';
  }
}
