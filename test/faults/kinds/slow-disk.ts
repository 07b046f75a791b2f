/** Every write and flush of a server to its disk takes long. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '../fault.ts';
import { strace } from './strace.ts';

const LEAST_MS = 3_000;
const MOST_MS = 12_000;
/** Milliseconds that each call is held up. */
const DELAYS_MS = [20, 100, 400];
/** What the servers write files with; sockets have calls of their own. */
const CALLS = 'fsync,fdatasync,pwrite64,pwritev,sync_file_range';
/** In which strace takes hold of all threads. */
const ATTACH_MS = 500;

/** By strace, which holds the calls up; of nats-server or PostgreSQL. */
export function slowDisk(server: 'postgres' | 'nats'): Fault {
  return {
    kind: `slow-disk-${server}`,
    // It holds up processes that are not its children.
    needsRoot: true,
    lacks: () =>
      strace().then(
        () => [],
        (error: unknown) => [`strace (apt install strace): ${String(error)}`],
      ),
    async strike(world, random, signal) {
      const part = world.part(server);
      await part.untilUp(signal);
      const delayMs = random.pick(DELAYS_MS);
      const lastingMs = world.lasting(random, LEAST_MS, MOST_MS);
      const inject = `inject=${CALLS}:delay_enter=${delayMs * 1_000}`;
      const pids = part.processes().flatMap((pid) => ['--attach', String(pid)]);
      const options = ['--follow-forks', '--quiet=all', `--trace=${CALLS}`, '-e', inject, '-o', '/dev/null'];
      const { path, env } = await strace();
      const tracer = spawn(path, [...options, ...pids], {
        stdio: ['ignore', 'ignore', 'pipe'],
        env: { ...process.env, ...env },
      });
      let said = '';
      tracer.stderr.on('data', (bytes: Buffer) => {
        said = (said + bytes.toString()).slice(-1_000);
      });
      const ended = once(tracer, 'exit');
      const early = ended.then(([code]) => {
        // Those that it followed may all have ended.
        if (code !== 0 && part.pid !== undefined && said !== '') throw new Error(`strace ended: ${said}`);
      });
      try {
        await Promise.race([sleep(ATTACH_MS + lastingMs, undefined, { signal }), early]);
      } finally {
        tracer.kill('SIGINT');
        await ended;
      }
      return `writes of ${server} held up ${delayMs} ms each for ${(lastingMs / 1_000).toFixed(1)} s`;
    },
  };
}
