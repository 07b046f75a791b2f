/** Reading the cases that settings touch. */
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Database } from '../tables.ts';
import { arrayOf } from './binary.ts';
import type { CaseRow } from './cases.ts';
import { readKeyPage } from './key-page.ts';

export interface CasePage {
  organisation: number;
  /** Key of the programme: cases that count in it, or wait in quarantine for it. */
  programme: string;
  partitions: readonly number[];
  afterCaseId: string;
  limit: number;
  /** Only cases with a line of one of these groups, or that wait in quarantine; undefined is all. */
  lineGroups?: readonly number[] | undefined;
}

/** The next cases that settings of a programme may touch, in the order of their id, without their events. */
export async function readProgrammePage(db: Kysely<Database>, page: CasePage): Promise<CaseRow[]> {
  const query = sql<CaseRow>`SELECT c.* FROM case_state c
    WHERE c.organisation = ${page.organisation}::integer AND c.case_id > ${page.afterCaseId}
      AND c.partition = ANY(${arrayOf('int2', page.partitions)}::smallint[])
      AND (c.programme = ${page.programme} AND ${hasLineOf(page.lineGroups)} OR EXISTS (
        SELECT FROM quarantine q WHERE q.organisation = ${page.organisation}::integer AND q.case_id = c.case_id
          AND q.programme = ${page.programme}))
    ORDER BY c.case_id LIMIT ${page.limit}`;
  return readKeyPage(db, query);
}

/** Groups that are looked for by their text: many more are faster looked up among the lines. */
const PATTERNS_MAX = 32;

/** Whether a case contributes by a line of one of these groups. */
function hasLineOf(lineGroups: readonly number[] | undefined): RawBuilder<unknown> {
  if (lineGroups === undefined) return sql`true`;
  if (lineGroups.length <= PATTERNS_MAX) {
    // A line begins with its group, and nothing else in the text is a bracket before a number (see `putContribution`).
    const patterns = lineGroups.map((group) => `%[${group},%`);
    return sql`c.contribution LIKE ANY (${arrayOf('text', patterns)}::text[])`;
  }
  return sql`EXISTS (SELECT FROM jsonb_array_elements(c.contribution::jsonb -> 'v') AS v
    WHERE (v ->> 0)::integer = ANY(${arrayOf('int4', lineGroups)}::integer[]))`;
}

/** The line groups of an organisation that are of these services. */
export async function readLineGroupsOf(
  db: Kysely<Database>,
  organisation: number,
  services: readonly string[],
): Promise<number[]> {
  const rows = await db
    .selectFrom('line_group')
    .select('id')
    .where('organisation', '=', organisation)
    .where('service', 'in', [...services, ''])
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}
