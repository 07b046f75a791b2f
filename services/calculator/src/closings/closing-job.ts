import { type Database, underJobLock } from '@effectstroom/database';
import type { Logger } from '@effectstroom/runtime';
import type { Kysely } from 'kysely';
import { schedule } from 'node-cron';
import { sealClosings } from './seal-closings.ts';
import { Unsealable } from './unsealable.ts';

const EVERY_FEW_SECONDS = '*/3 * * * * *';

/** Seals closings every few seconds, in one of however many instances. @returns what stops it. */
export function scheduleClosings(db: Kysely<Database>, log: Logger): () => Promise<void> {
  const unsealable = new Unsealable();
  const round = async (): Promise<void> => {
    try {
      await underJobLock(db, 'seal closings', () => sealClosings(db, log, unsealable));
    } catch (error) {
      log.warn({ err: error }, 'closings cannot be sealed now');
    }
  };
  const task = schedule(EVERY_FEW_SECONDS, round, { name: 'seal closings', noOverlap: true });
  return async () => {
    await task.destroy();
  };
}
