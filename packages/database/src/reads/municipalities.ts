import { type Kysely, sql } from 'kysely';
import type { Database } from '../tables.ts';

/** The municipalities that are known by name, by their CBS code. */
export async function readMunicipalities(db: Kysely<Database>): Promise<{ code: string; name: string }[]> {
  const { rows } = await sql<{ code: string; name: string }>`
    SELECT code, name FROM municipality ORDER BY code`.execute(db);
  return rows;
}
