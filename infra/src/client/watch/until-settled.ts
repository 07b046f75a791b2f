import { setTimeout as sleep } from 'node:timers/promises';
import { fileAt } from './find-files.ts';

/** Waits until a file has kept its size and time for `settleMs`. */
export async function untilSettled(path: string, settleMs: number, signal: AbortSignal): Promise<void> {
  for (let before = fileAt(path); ; ) {
    await sleep(settleMs, undefined, { signal });
    const now = fileAt(path);
    if (now === undefined || (now.bytes === before?.bytes && now.changedAt === before.changedAt)) return;
    before = now;
  }
}
