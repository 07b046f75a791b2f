/** Sweeps reviews by the clock, in one of however many portals. */
import { underJobLock } from '@effectstroom/database';
import type { Logger } from '@effectstroom/runtime';
import { schedule } from 'node-cron';
import { type SweepNeeds, sweepReviews } from './sweep-reviews.ts';

/** Every hour, not at its start: then much else is done. */
const CRON = '23 * * * *';

/** Sweeps every hour. What fails is tried again an hour later. @returns what stops it */
export function sweepHourly(needs: SweepNeeds, log: Logger): () => Promise<void> {
  let running: Promise<void> | undefined;
  const start = (): void => {
    running ??= sweep(needs, log).finally(() => {
      running = undefined;
    });
  };
  const task = schedule(CRON, start, { name: 'reviews', noOverlap: true });
  return async () => {
    await task.destroy();
    await running;
  };
}

/** Never throws. */
async function sweep(needs: SweepNeeds, log: Logger): Promise<void> {
  try {
    const removed = await underJobLock(needs.db, 'sweep reviews', () => sweepReviews(needs, new Date()));
    if (removed !== undefined && removed > 0) log.info({ removed }, 'reviews of nothing were removed');
  } catch (error) {
    log.warn({ err: error }, 'the reviews could not be swept now');
  }
}
