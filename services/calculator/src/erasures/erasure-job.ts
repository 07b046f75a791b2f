/** Lets go of erased cases whose time is over. */
import { type Database, removeErasedCases, underJobLock } from '@effectstroom/database';
import type { Logger } from '@effectstroom/runtime';
import type { Kysely } from 'kysely';
import { schedule } from 'node-cron';
import { isOutOfReach } from '../database-fault.ts';

const EVERY_HOUR = '17 * * * *';

/** Looks every hour, in one of however many instances. @returns what stops it. */
export function scheduleErasures(db: Kysely<Database>, log: Logger): () => Promise<void> {
  const task = schedule(EVERY_HOUR, () => letGo(db, log), { name: 'erased cases', noOverlap: true });
  return async () => {
    await task.destroy();
  };
}

/** One round. Never throws: what could not be done now is done in the next. */
export async function letGo(db: Kysely<Database>, log: Logger): Promise<void> {
  try {
    const removed = await underJobLock(db, 'let go of erased cases', () => removeErasedCases(db));
    if (removed) log.info({ cases: removed }, 'erased cases are kept out no longer');
  } catch (error) {
    if (isOutOfReach(error)) log.debug({ err: error }, 'PostgreSQL is away: erased cases wait');
    else log.error({ err: error }, 'erased cases cannot be let go of');
  }
}
