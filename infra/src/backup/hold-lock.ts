import { setTimeout as sleep } from 'node:timers/promises';
import { takeLock } from '../../bootstrap/lock.mjs';
import { StartFault } from '../start-fault.ts';

const LOOK_EVERY_MS = 200;

/**
 * Does work that one process at a time may do; a lock that a killed one left behind is taken over.
 * @param path of the lock file
 * @param withinMs how long it waits for another one; 0 is not at all
 * @param busy what to say when it is still taken
 * @throws {StartFault} when it is
 */
export async function holdingLock<T>(
  { path, withinMs, busy }: { path: string; withinMs: number; busy: string },
  work: () => Promise<T>,
): Promise<T> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const lock = takeLock(path);
    if ('release' in lock) {
      try {
        return await work();
      } finally {
        lock.release();
      }
    }
    if (performance.now() >= deadline) throw new StartFault(`${busy} (proces ${lock.holder}).`);
    await sleep(LOOK_EVERY_MS);
  }
}
