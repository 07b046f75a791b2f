import { execFileSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { commandLineOf } from '../bootstrap/processes.mjs';

/** Everything of the local stack listens here only. */
export const loopback = '127.0.0.1';

/**
 * Below the range from which systems take ports for outgoing connections, which could otherwise take ours.
 */
const FIRST_PORT = 20_000;
const LAST_PORT = 29_999;
const ATTEMPTS = 3;

/** Whether this process could listen on the port: `forbidden` means that the system does not let us. */
export function portState(port: number): Promise<'free' | 'in use' | 'forbidden'> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve('in use');
      else if (error.code === 'EACCES') resolve('forbidden');
      else reject(error);
    });
    server.listen({ port, host: loopback, exclusive: true }, () => server.close(() => resolve('free')));
  });
}

/** A port on which nothing listens at this moment. */
export async function freePort(): Promise<number> {
  for (let tried = 0; tried < 200; tried++) {
    const port = randomInt(FIRST_PORT, LAST_PORT + 1);
    if ((await portState(port)) === 'free') return port;
  }
  throw new Error(`Geen vrije poort gevonden tussen ${FIRST_PORT} en ${LAST_PORT}.`);
}

/**
 * Starts something on the port that the file remembers, or on a new one when that is taken, and remembers it.
 * With `fixed` it is that port or nothing.
 */
export async function onRememberedPort<T>(
  file: string,
  fixed: number | undefined,
  start: (port: number) => Promise<T>,
): Promise<T> {
  if (fixed !== undefined) return start(fixed);
  const remembered = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  for (let attempt = 1; ; attempt++) {
    const keep = attempt === 1 && remembered > 0 && (await portState(remembered)) === 'free';
    const port = keep ? remembered : await freePort();
    try {
      const started = await start(port);
      writeFileSync(file, `${port}\n`);
      return started;
    } catch (error) {
      // Between our look and its start another process may have taken the port.
      if (attempt === ATTEMPTS || (await portState(port)) === 'free') throw error;
    }
  }
}

/** Which process listens on the port, as `name (proces 123)`; undefined when that cannot be seen. */
export function portHolder(port: number): string | undefined {
  const pid = existsSync('/proc/net/tcp') ? holderFromProc(port) : holderFromLsof(port);
  if (pid === undefined) return undefined;
  const command = commandLineOf(pid) ?? '';
  return `${command.length > 60 ? `${command.slice(0, 60)}…` : command} (proces ${pid})`;
}

function holderFromProc(port: number): number | undefined {
  const sockets = new Set(
    ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((file) => listeningSockets(file, port)),
  );
  if (sockets.size === 0) return undefined;
  return readdirSync('/proc')
    .map(Number)
    .find((pid) => pid > 0 && openFiles(pid).some((file) => sockets.has(file)));
}

/** The names, as they stand under a process' open files, of the sockets that listen on a port (proc(5)). */
function listeningSockets(file: string, port: number): string[] {
  if (!existsSync(file)) return [];
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  return readFileSync(file, 'utf8')
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, local, , state]) => state === '0A' && local?.endsWith(`:${hex}`))
    .map((fields) => `socket:[${fields[9]}]`);
}

function openFiles(pid: number): string[] {
  const folder = `/proc/${pid}/fd`;
  try {
    return readdirSync(folder).map((name) => {
      try {
        return readlinkSync(`${folder}/${name}`);
      } catch {
        return '';
      }
    });
  } catch {
    return [];
  }
}

function holderFromLsof(port: number): number | undefined {
  try {
    const args = ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-t'];
    const output = execFileSync('lsof', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    return Number.parseInt(output, 10) || undefined;
  } catch {
    return undefined;
  }
}
