import { existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { isBefore, type NatsProgram, natsProgram, versionIn } from './nats-program.ts';
import { loopback, onRememberedPort } from './ports.ts';
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
  /** By default `server.log` in the folder. */
  logFile?: string;
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
  const program = await natsProgram(options.progress, options.signal);
  const config = join(folder, 'nats-server.conf');
  const pidFile = join(folder, 'server.pid');
  await stopLeftover(pidFile, config, 'SIGTERM');
  checkVersion(join(folder, 'version'), program);
  const password = keptSecret(join(folder, 'password'));
  const syncsAlways = !isBefore(program.version, [2, 10]);
  return onRememberedPort(join(folder, 'port'), options.port, async (port) => {
    writeFileSync(config, configuration(folder, port, password, syncsAlways), { mode: 0o600 });
    const running = await startProcess({
      command: [program.path, '--config', config],
      env: { PATH: process.env['PATH'] ?? '' },
      cwd: folder,
      logFile: options.logFile ?? join(folder, 'server.log'),
      pidFile,
      stopSignal: 'SIGTERM',
    });
    await untilReady(running, 'nats-server', () => answers(port), {
      deadlineMs: START_DEADLINE_MS,
      signal: options.signal,
    });
    const url = `nats://${USER}:${password}@${loopback}:${port}`;
    return { ...running, url, port, version: program.version.join('.'), syncsAlways };
  });
}

/** The server's configuration; its strings are written as JSON, which it reads. */
export function configuration(folder: string, port: number, password: string, syncsAlways: boolean): string {
  return `# Written at every start.
listen: "${loopback}:${port}"
server_name: ${JSON.stringify(USER)}
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

async function answers(port: number): Promise<string> {
  const isUp = (await greeting(port)).includes('"jetstream":true');
  return isUp ? 'ready' : 'het antwoordt nog niet';
}

/** The line with which a NATS server greets; empty when there is none. */
function greeting(port: number): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ host: loopback, port });
    const end = (text: string) => {
      socket.destroy();
      resolve(text);
    };
    socket.setTimeout(2_000, () => end(''));
    socket.once('error', () => end(''));
    socket.once('data', (data) => end(data.toString('utf8')));
  });
}
