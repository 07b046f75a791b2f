import { type Database, underJobLock } from '@effectstroom/database';
import type { Logger } from '@effectstroom/runtime';
import type { Kysely } from 'kysely';
import { atIntervals } from '../at-intervals.ts';
import { sealClosings } from './seal-closings.ts';
import { Unsealable } from './unsealable.ts';

const EVERY_MS = 3_000;

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
  return atIntervals(EVERY_MS, round);
}
