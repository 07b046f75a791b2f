/** How PostgreSQL is to read what is asked, for the rest of a transaction. */
import { type Kysely, sql } from 'kysely';
import type { Database } from '../tables.ts';

/**
 * Joins in the order in which they are written, by hash: from the entries to the small tables of groups.
 * Before these have statistics (after a rebuild) PostgreSQL would think them empty, and loop over them for
 * every entry. It takes the result of joins by two columns for tiny, and would sort by names what it can add
 * up as it comes.
 */
export async function planAsWritten(db: Kysely<Database>): Promise<void> {
  await sql`SELECT set_config('enable_nestloop', 'off', true), set_config('enable_sort', 'off', true),
    set_config('work_mem', '32MB', true), set_config('join_collapse_limit', '1', true)`.execute(db);
}

/** Organisations up to which what is asked is much alike, so that one plan serves all such questions. */
const ALIKE_MAX = 20;

/** Of many organisations so much is read that a plan made for them pays: with several processes, by no index. */
export async function planForMany(db: Kysely<Database>, organisations: number): Promise<void> {
  if (organisations <= ALIKE_MAX) return;
  await sql`SELECT set_config('plan_cache_mode', 'force_custom_plan', true)`.execute(db);
}

/** What is looked up by key, after large sums. */
export async function planByKey(db: Kysely<Database>): Promise<void> {
  await sql`SELECT set_config('enable_nestloop', 'on', true), set_config('enable_sort', 'on', true),
    set_config('join_collapse_limit', '8', true)`.execute(db);
}
