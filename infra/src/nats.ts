import { existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { clusterConfiguration, type NatsMember } from './nats-cluster.ts';
import { isBefore, type NatsProgram, natsProgram, versionIn } from './nats-program.ts';
import { watchNats } from './nats-watch.ts';
import { freePort, loopback, onRememberedPort } from './ports.ts';
import { type Running, startProcess, stopLeftover } from './running.ts';
import { keptSecret } from './secret.ts';
import { StartFault } from './start-fault.ts';
import { untilReady } from './until-ready.ts';

const USER = 'effectstroom';
const START_DEADLINE_MS = 60_000;
const MAX_PAYLOAD_BYTES = 8 * 1024 * 1024;

export type NatsOptions = {
  /** Holds the stream, the password and the port; made when absent. */
  folder: string;
  /** Listen here or fail; by default the folder's own port, or a new one when that is taken. */
  port?: number;
  /** Where it listens; by default 127.0.0.1. */
  host?: string;
  /** Programs in front of its command that end by executing it, as `ip netns exec …`. */
  prefix?: readonly string[];
  /** By default a server by itself. */
  cluster?: NatsMember;
  /** By default `server.log` in the folder. */
  logFile?: string;
  /** By default the one that is found, or else fetched. */
  program?: NatsProgram;
  /** Whether a message is on disk before it is acknowledged; by default where the program can (2.10). */
  syncsAlways?: boolean;
  /** Told, in Dutch, when the program has to be fetched. */
  progress?: (line: string) => void;
  /** Aborting ends a start that is under way. */
  signal?: AbortSignal;
};

/** A nats-server that runs; `url` carries the user and password. */
export type Nats = Running & {
  readonly url: string;
  readonly port: number;
  readonly version: string;
  /** Whether an acknowledged message also survives a power failure (nats-server 2.10 and newer). */
  readonly syncsAlways: boolean;
};

/**
 * Starts nats-server with JetStream on a folder, and waits until it answers. The stream of an earlier run is
 * kept; a server that that run left running is stopped first.
 *
 * @throws {StartFault} when there is no nats-server to be had, or it does not start
 */
export async function startNats(options: NatsOptions): Promise<Nats> {
  mkdirSync(options.folder, { recursive: true, mode: 0o700 });
  const folder = realpathSync(options.folder);
  const { host = loopback, cluster } = options;
  const program = options.program ?? (await natsProgram(options.progress, options.signal));
  const config = join(folder, 'nats-server.conf');
  const pidFile = join(folder, 'server.pid');
  await stopLeftover(pidFile, config, 'SIGTERM');
  checkVersion(join(folder, 'version'), program);
  const password = keptSecret(join(folder, 'password'));
  const logFile = options.logFile ?? join(folder, 'server.log');
  const syncsAlways = options.syncsAlways ?? !isBefore(program.version, [2, 10]);
  return onRememberedPort(join(folder, 'port'), options.port, async (port) => {
    const text = configuration(folder, port, password, syncsAlways, host, cluster?.name);
    const routes = cluster === undefined ? '' : clusterConfiguration(host, cluster, { user: USER, password });
    // From another machine a cut line looks like a bad server; and a member of a cluster that is cut off from
    // the others is bad, and is not made better by starting it again.
    const monitorPort = cluster === undefined && host === loopback ? await otherPort(port) : undefined;
    const monitor = monitorPort === undefined ? '' : `http: "${host}:${monitorPort}"\n`;
    writeFileSync(config, text + monitor + routes, { mode: 0o600 });
    const running = await startProcess({
      command: [...(options.prefix ?? []), program.path, '--config', config],
      env: { PATH: process.env['PATH'] ?? '' },
      cwd: folder,
      logFile,
      pidFile,
      stopSignal: 'SIGTERM',
    });
    await untilReady(running, 'nats-server', () => answers(host, port), {
      deadlineMs: START_DEADLINE_MS,
      signal: options.signal,
    });
    if (monitorPort !== undefined)
      watchNats(running, { host, port, monitorPort, user: USER, password, logFile });
    const url = `nats://${USER}:${password}@${host}:${port}`;
    return { ...running, url, port, version: program.version.join('.'), syncsAlways };
  });
}

/** A free port that is not the one given, on which nothing listens yet. */
async function otherPort(taken: number): Promise<number> {
  for (;;) {
    const port = await freePort();
    if (port !== taken) return port;
  }
}

/** The server's configuration; its strings are written as JSON, which it reads. */
export function configuration(
  folder: string,
  port: number,
  password: string,
  syncsAlways: boolean,
  host: string = loopback,
  name = USER,
): string {
  return `# Written at every start.
listen: "${host}:${port}"
server_name: ${JSON.stringify(name)}
max_payload: ${MAX_PAYLOAD_BYTES}
authorization { user: ${JSON.stringify(USER)}, password: ${JSON.stringify(password)} }
jetstream {
  store_dir: ${JSON.stringify(folder)}
${syncsAlways ? '  sync_interval: always\n' : ''}}
`;
}

/** A newer server's files are not for an older one: it would drop what it does not know. */
function checkVersion(file: string, { version }: NatsProgram): void {
  const kept = existsSync(file) ? versionIn(readFileSync(file, 'utf8')) : undefined;
  if (kept !== undefined && isBefore(version, [kept[0], kept[1]])) {
    throw new StartFault(
      `De stroom in deze gegevensmap is van nats-server ${kept.join('.')}; gevonden is ${version.join('.')}.
Zet nats-server ${kept[0]}.${kept[1]} of nieuwer op het PATH, of kies een andere map met EFFECTSTROOM_DATA=…`,
    );
  }
  writeFileSync(file, `${version.join('.')}\n`);
}

async function answers(host: string, port: number): Promise<string> {
  const isUp = (await greeting(host, port)).includes('"jetstream":true');
  return isUp ? 'ready' : 'het antwoordt nog niet';
}

/** The line with which a NATS server greets; empty when there is none. */
function greeting(host: string, port: number): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const end = (text: string) => {
      socket.destroy();
      resolve(text);
    };
    socket.setTimeout(2_000, () => end(''));
    socket.once('error', () => end(''));
    socket.once('data', (data) => end(data.toString('utf8')));
  });
}
