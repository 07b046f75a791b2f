import { setTimeout as sleep } from 'node:timers/promises';
import { type Database, readReached } from '@effectstroom/database';
import { ProblemError } from '@effectstroom/runtime';
import type { Kysely } from 'kysely';

/** An idle calculator says once a second up to when everything is known. */
const WAIT_MS_MAX = 2_000;
const LOOK_EVERY_MS = 100;

/**
 * Waits until every partition has passed a moment (RFC 3339), so that its figures never change again.
 * Throws a problem, 409, with the latest possible moment where that takes too long.
 */
export async function waitUntilKnown(db: Kysely<Database>, moment: string): Promise<void> {
  const deadline = performance.now() + WAIT_MS_MAX;
  for (;;) {
    const { isReached, isFarAhead, latest } = await readReached(db, moment);
    if (isReached) return;
    if (isFarAhead || performance.now() > deadline)
      throw new ProblemError(
        409,
        latest === null
          ? 'nothing has been applied yet: leave asOf out, or try again later'
          : 'not everything up to asOf has been applied yet: ask for "latest" or earlier, or try again later',
        {},
        { latest },
      );
    await sleep(LOOK_EVERY_MS);
  }
}
