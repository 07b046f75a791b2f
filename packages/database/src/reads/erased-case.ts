/** What is recorded of a case that is to be erased. */
import { type Kysely, sql } from 'kysely';
import type { Database } from '../tables.ts';
import type { CaseKey } from '../writes/cases.ts';

/** What stands in quarantine of a case; with its payload where the event is recorded nowhere else. */
export async function readCaseQuarantine(
  db: Kysely<Database>,
  { organisation, caseId }: CaseKey,
): Promise<{ number: bigint; payload: string | null }[]> {
  return db
    .selectFrom('quarantine')
    .select(['number', 'payload'])
    .where('organisation', '=', organisation)
    .where('case_id', '=', caseId)
    .execute();
}

/** The case of an erasure whose message is gone, by its hash; undefined where nothing is recorded of it. */
export async function findErasedCase(
  db: Kysely<Database>,
  { organisation, organisationCode, id }: { organisation: number; organisationCode: string; id: string },
): Promise<string | undefined> {
  const { rows } = await sql<{ caseId: string }>`
    SELECT c.case_id AS "caseId" FROM erasure_salt, erased_case t CROSS JOIN LATERAL (
      SELECT case_id FROM case_state WHERE organisation = ${organisation}
      UNION SELECT case_id FROM quarantine WHERE organisation = ${organisation}) AS c
    WHERE t.erasure = ${id}::uuid
      AND t.hash = sha256(salt || convert_to(${`${organisationCode} `}::text || c.case_id, 'UTF8'))`.execute(
    db,
  );
  return rows[0]?.caseId;
}
