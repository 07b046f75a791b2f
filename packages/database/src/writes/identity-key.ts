/** The key that keeps an identity from being recorded twice. */
import { type Kysely, sql } from 'kysely';
import type { Database } from '../tables.ts';

/** Repetitions would count twice. A restored dump has its keys at the very end. */
class NoIdentityKey extends Error {
  constructor() {
    super(
      'Table event has no valid unique key (organisation, source, id): nothing can be applied without it',
    );
  }
}

/** @throws NoIdentityKey where it is not there, or not whole */
export async function requireIdentityKey(db: Kysely<Database>): Promise<void> {
  const { rows } = await sql`SELECT FROM pg_index i WHERE i.indrelid = 'event'::regclass
    AND i.indisunique AND i.indisvalid AND i.indpred IS NULL AND i.indexprs IS NULL
    AND (SELECT array_agg(attname::text ORDER BY attname) FROM pg_attribute
      WHERE attrelid = i.indrelid AND attnum = ANY (i.indkey)) = '{id,organisation,source}'`.execute(db);
  if (rows.length === 0) throw new NoIdentityKey();
}
