/** Compares the claims of all organisations by the clock. */
import { compareClaims, type Database, underJobLock } from '@effectstroom/database';
import type { Logger } from '@effectstroom/runtime';
import type { Kysely } from 'kysely';
import { atIntervals } from '../at-intervals.ts';
import { isOutOfReach } from '../database-fault.ts';

const EVERY_MS = 2_000;
/** It rests so many times as long as it took: it reads every claim there is, and may cost a twentieth of a core. */
const REST = 20;

/** Compares every few seconds, or as often as it may, in one of however many instances. @returns what stops it. */
export function scheduleComparisons(db: Kysely<Database>, log: Logger): () => Promise<void> {
  let restsUntil = 0;
  const round = async (): Promise<void> => {
    const started = performance.now();
    if (started < restsUntil) return;
    await compareOnce(db, log);
    const ended = performance.now();
    restsUntil = ended + REST * (ended - started);
  };
  return atIntervals(EVERY_MS, round);
}

/** One comparison under the lock. Never throws: what cannot be compared now is compared at a next time. */
async function compareOnce(db: Kysely<Database>, log: Logger): Promise<void> {
  try {
    const comparison = await underJobLock(db, 'compare claims', () => compareClaims(db));
    if (comparison?.isOther) log.debug(comparison, 'claims of organisations compared');
  } catch (error) {
    if (isOutOfReach(error)) log.debug({ err: error }, 'PostgreSQL is away: claims are compared later');
    else log.error({ err: error }, 'claims of organisations cannot be compared');
  }
}
