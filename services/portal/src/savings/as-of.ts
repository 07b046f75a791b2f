import { setTimeout as sleep } from 'node:timers/promises';
import { type Database, type Reached, readCompared, readReached } from '@effectstroom/database';
import { ProblemError } from '@effectstroom/runtime';
import type { Kysely } from 'kysely';

/** An idle calculator says once a second up to when everything is known. */
const WAIT_MS_MAX = 2_000;
/** Where nothing is new, claims are compared every other second with what is known by then. */
const WAIT_COMPARED_MS_MAX = 5_000;
const LOOK_EVERY_MS = 100;

/**
 * Waits until every partition has passed a moment (RFC 3339), so that its figures never change again.
 * Throws a problem, 409, with the latest possible moment where that takes too long.
 */
export function waitUntilKnown(db: Kysely<Database>, moment: string): Promise<void> {
  return waitUntil(() => readReached(db, moment), WAIT_MS_MAX, notKnownYet);
}

/** The same until claims of several organisations were compared up to the moment. */
export function waitUntilCompared(db: Kysely<Database>, moment: string): Promise<void> {
  return waitUntil(() => readCompared(db, moment), WAIT_COMPARED_MS_MAX, notComparedYet);
}

async function waitUntil(
  read: () => Promise<Reached>,
  ms: number,
  fault: (latest: string | null) => ProblemError,
): Promise<void> {
  const deadline = performance.now() + ms;
  for (;;) {
    const { isReached, isFarAhead, latest } = await read();
    if (isReached) return;
    if (isFarAhead || performance.now() > deadline) throw fault(latest);
    await sleep(LOOK_EVERY_MS);
  }
}

/**
 * The same in the snapshot that is answered from, without waiting: it may be of another server than the one
 * that was waited for, which is further behind. Throws a problem, 409.
 */
export async function requireKnown(tx: Kysely<Database>, moment: string): Promise<void> {
  const { isReached, latest } = await readReached(tx, moment);
  if (!isReached) throw notKnownYet(latest);
}

/** The same of comparisons. Throws a problem, 409. */
export async function requireCompared(tx: Kysely<Database>, moment: string): Promise<void> {
  const { isReached, latest } = await readCompared(tx, moment);
  if (!isReached) throw notComparedYet(latest);
}

function notComparedYet(latest: string | null): ProblemError {
  return new ProblemError(
    409,
    'claims were not compared up to asOf yet: ask for "latest" or earlier, or try again later',
    {},
    { latest },
  );
}

function notKnownYet(latest: string | null): ProblemError {
  return new ProblemError(
    409,
    latest === null
      ? 'nothing has been applied yet: leave asOf out, or try again later'
      : 'not everything up to asOf has been applied yet: ask for "latest" or earlier, or try again later',
    {},
    { latest },
  );
}
