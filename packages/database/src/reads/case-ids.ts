import { type Kysely, sql } from 'kysely';
import type { Database } from '../tables.ts';

/** The case of each event, by its organisation and number with a space between; an erased event has none. */
export async function readCaseIds(
  db: Kysely<Database>,
  events: readonly [organisation: number, number: bigint][],
): Promise<ReadonlyMap<string, string>> {
  if (events.length === 0) return new Map();
  const organisations = events.map(([organisation]) => organisation);
  const numbers = events.map(([, number]) => number.toString());
  const { rows } = await sql<{ organisation: number; number: bigint; case_id: string }>`
    SELECT e.organisation, e.number, e.case_id
    FROM unnest(${organisations}::integer[], ${numbers}::bigint[]) AS k(organisation, number)
    JOIN event e ON e.organisation = k.organisation AND e.number = k.number`.execute(db);
  return new Map(rows.map(({ organisation, number, case_id }) => [`${organisation} ${number}`, case_id]));
}
