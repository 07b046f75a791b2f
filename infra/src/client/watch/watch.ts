import { setTimeout as sleep } from 'node:timers/promises';
import { printable } from '../terminal.ts';
import { FolderWatch, type WatchChoices } from './folder-watch.ts';
import type { WatchedFolder } from './folders.ts';
import { type Holder, WatchLock } from './watch-lock.ts';

const LOCK_EVERY_MS = 2_000;

/**
 * Watches a folder until the signal. One watcher at a time does; another waits until that ends.
 *
 * @returns whether all was well: with `once`, that nothing was refused
 * @throws what ends it: with `once`, also a server that stays away
 */
export async function watchFolder(
  folder: WatchedFolder,
  choices: WatchChoices,
  signal: AbortSignal,
): Promise<boolean> {
  const lock = new WatchLock(folder.lockFile);
  try {
    for (;;) {
      if (!(await takeLock(lock, choices, signal))) return true;
      const { lost } = lock;
      try {
        return await new FolderWatch(folder, choices, AbortSignal.any([signal, lost])).run();
      } catch (error) {
        if (signal.aborted || !lost.aborted) throw error;
        choices.log('Een andere bewaker heeft deze map overgenomen.');
      }
    }
  } finally {
    lock.release();
  }
}

/** False where another has it and there is no time to wait. */
async function takeLock(lock: WatchLock, { once, log }: WatchChoices, signal: AbortSignal): Promise<boolean> {
  for (let told = false; ; told = true) {
    const holder = lock.tryTake();
    if (holder === undefined) return true;
    if (!told)
      log(`Deze map wordt al bewaakt${nameOf(holder)}${once ? '.' : '; deze bewaker wacht tot die stopt.'}`);
    if (once) return false;
    await sleep(LOCK_EVERY_MS, undefined, { signal });
  }
}

function nameOf(holder: Holder | 'unknown'): string {
  return holder === 'unknown' ? '' : ` door proces ${holder.pid} op ${printable(holder.host)}`;
}
