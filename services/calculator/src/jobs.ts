/** What the calculator does by the clock: the nightly check of the invariants. */
import { type Database, recordVerification, underVerifyLock } from '@effectstroom/database';
import type { Logger } from '@effectstroom/runtime';
import type { Kysely } from 'kysely';
import { schedule } from 'node-cron';
import { SettingsInProgress, verify } from './verification.ts';

/**
 * Checks everything at the given times, in one of however many instances; what it finds is recorded, and the
 * exporter shows it as drift. @returns what stops the schedule.
 */
export function scheduleVerification(db: Kysely<Database>, cron: string, log: Logger): () => Promise<void> {
  const task = schedule(cron, () => verifyOnce(db, log), {
    name: 'verify',
    timezone: 'Europe/Amsterdam',
    noOverlap: true,
  });
  return async () => {
    await task.destroy();
  };
}

/** One check under the lock, recorded. Never throws: a check that cannot run is tried again at its next time. */
async function verifyOnce(db: Kysely<Database>, log: Logger): Promise<void> {
  try {
    const verification = await underVerifyLock(db, () => verify(db, () => undefined));
    if (verification === undefined) {
      log.info('another instance checks the invariants');
      return;
    }
    await recordVerification(db, verification);
    const { seconds, cases, faults } = verification;
    if (faults.length > 0)
      log.error({ seconds, cases, faults }, 'the totals differ from the recorded events');
    else log.info({ seconds, cases }, 'the totals agree with the recorded events');
  } catch (error) {
    if (error instanceof SettingsInProgress) log.warn(error.message);
    else log.error({ err: error }, 'the check of the invariants failed');
  }
}
