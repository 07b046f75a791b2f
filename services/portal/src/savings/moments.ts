/** The moment of an answer, and where to read it from. */
import { type Database, readKnown } from '@effectstroom/database';
import type { Kysely } from 'kysely';
import { requireKnown } from './as-of.ts';

export interface Moments {
  /** The answer's moment, RFC 3339 in UTC; null while nothing has been applied. */
  asOf: string | null;
  /** What was known then is read from the ledger; undefined where the totals tell what is known now. */
  moment: string | undefined;
}

/** @param asOf RFC 3339, a moment that every partition has passed; undefined is now */
export async function momentsOf(db: Kysely<Database>, asOf: string | undefined): Promise<Moments> {
  if (asOf !== undefined) {
    await requireKnown(db, asOf);
    return { asOf, moment: asOf };
  }
  const { latest, isBetween } = await readKnown(db);
  // While settings are being applied only the ledger tells what was known at one moment.
  return { asOf: latest, moment: isBetween ? (latest ?? undefined) : undefined };
}
