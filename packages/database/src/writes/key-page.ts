/** Reading a table page by page along its key. */
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Database } from '../tables.ts';

/**
 * The rows of a page that is asked in the order of a key, some left out on the way. A plan that sorts looks at all rows
 * that are left for each page, and where the table has grown since it was last analysed, that seems cheaper.
 */
export function readKeyPage<Row>(db: Kysely<Database>, page: RawBuilder<Row>): Promise<Row[]> {
  return db.transaction().execute(async (tx) => {
    await sql`SET LOCAL enable_sort = off`.execute(tx);
    return (await page.execute(tx)).rows;
  });
}
