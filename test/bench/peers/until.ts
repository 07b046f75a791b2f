import { setTimeout as sleep } from 'node:timers/promises';

const LOOK_EVERY_MS = 10;
const PATIENCE_MS = 120_000;

/** Waits until something is so. @throws Error where that takes two minutes */
export async function until(isSo: () => boolean): Promise<void> {
  for (const deadline = performance.now() + PATIENCE_MS; !isSo(); await sleep(LOOK_EVERY_MS))
    if (performance.now() > deadline) throw new Error('A peer stands still');
}
