/** Which revision of cases counts. */
import { type Kysely, sql } from 'kysely';
import type { Database } from '../tables.ts';

/** A case, by the code of its organisation. */
interface NamedCase {
  organisation: string;
  caseId: string;
}

/**
 * The revisions of the events that count of these cases.
 * @returns the revision of any of them; null where all its events are in quarantine, undefined where there is no
 * such case
 */
export async function readRevisions(
  db: Kysely<Database>,
  cases: readonly NamedCase[],
): Promise<(one: NamedCase) => number | null | undefined> {
  const { rows } = await sql<NamedCase & { revision: string | null }>`
    SELECT r.code AS organisation, r.case_id AS "caseId", e.payload::json -> 'data' ->> 'revision' AS revision
    FROM unnest(${cases.map(({ organisation }) => organisation)}::text[],
        ${cases.map(({ caseId }) => caseId)}::text[]) AS r(code, case_id)
      JOIN organisation o ON o.code = r.code
      JOIN case_state c ON c.organisation = o.id AND c.case_id = r.case_id
      LEFT JOIN event e ON e.organisation = c.organisation AND e.number = c.counted`.execute(db);
  const revisions = new Map(rows.map((row) => [keyOf(row), row.revision]));
  return (one) => {
    const revision = revisions.get(keyOf(one));
    return revision === undefined || revision === null ? revision : Number(revision);
  };
}

function keyOf({ organisation, caseId }: NamedCase): string {
  return `${organisation} ${caseId}`;
}
