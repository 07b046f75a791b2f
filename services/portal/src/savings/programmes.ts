import type { Programme, SavingsQuery } from '@effectstroom/contracts';
import { type Database, readProgrammes } from '@effectstroom/database';
import type { Kysely } from 'kysely';

/**
 * The programmes that a question is about, as known at the answer's moment.
 * @param organisations codes that may be read; undefined is all
 * @param asOf RFC 3339; null while nothing has been applied
 */
export async function programmesOf(
  db: Kysely<Database>,
  { filters: { municipality, organisation, programme } }: SavingsQuery,
  organisations: readonly string[] | undefined,
  asOf: string | null,
): Promise<Programme[]> {
  const scope = { municipality, organisation, programme, organisations, asOf: asOf ?? undefined };
  return (await readProgrammes(db, scope)).map(({ body }) => body as Programme);
}
