/** At which moments the two sides of a comparison are known. */
import { type CompareQuery, civilDateAt, dayNumber } from '@effectstroom/contracts';
import { type Database, readEndOfDay, readKnown } from '@effectstroom/database';
import { ProblemError } from '@effectstroom/runtime';
import type { Kysely } from 'kysely';
import { waitUntilKnown } from '../savings/as-of.ts';

/** Moments, RFC 3339 in UTC; undefined is now. */
export interface KnownSides {
  before: string | undefined;
  after: string | undefined;
}

/**
 * The moments of both sides, once every partition has passed them. Throws a problem, 409, with the latest
 * possible moment where that takes too long.
 */
export async function knownSides(db: Kysely<Database>, query: CompareQuery): Promise<KnownSides> {
  const { after, before, beforeAsOf, age } = query;
  if (age !== undefined && before !== undefined) return sidesOfAge(db, { before, after }, age);
  const sides = { before: beforeAsOf ?? after.asOf, after: after.asOf };
  for (const moment of new Set(Object.values(sides)))
    if (moment !== undefined) await waitUntilKnown(db, moment);
  return sides;
}

interface Ends {
  before: { to: string };
  after: { to: string };
}

async function sidesOfAge(db: Kysely<Database>, { before, after }: Ends, age: number): Promise<KnownSides> {
  const { latest } = await readKnown(db);
  const last = before.to > after.to ? before.to : after.to;
  // A day is known once it has passed.
  const known = latest === null ? -1 : dayNumber(civilDateAt(new Date(latest))) - dayNumber(last) - 1;
  if (age > known)
    throw new ProblemError(
      409,
      known < 0
        ? 'a period has not ended yet, or is not known at its end yet: ask for earlier ones'
        : `the last period is known at an age of ${known} days at most: ask for "age" up to that`,
      {},
      { latest },
    );
  return {
    before: await readEndOfDay(db, before.to, age),
    after: await readEndOfDay(db, after.to, age),
  };
}
