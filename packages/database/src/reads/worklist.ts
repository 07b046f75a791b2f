/** Cases that wait for an assessment: registered only, or returned by a team leader. */
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { CaseState, Database } from '../tables.ts';
import {
  type AssessingScope,
  CASE_WITH_GROUPS,
  inAssessingScope,
  organisationsOf,
} from './worklist-scope.ts';

/** An assessment that a team leader returned. */
export interface ReturnedAssessment {
  organisation: string;
  caseId: string;
  revision: number;
}

/** Where a row of the list stands: returned ones first, then from the newest date. */
export interface WorklistPlace {
  isReturned: boolean;
  date: string;
  organisation: string;
  caseId: string;
}

/** A case of the list. */
export interface ListedCase extends WorklistPlace {
  municipality: string;
  programme: string;
  /** Of the event that counts. */
  revision: number;
  theme: string;
  goal: string | null;
  workType: string | null;
  team: string | null;
}

/** A page of the list. */
export interface WorklistPage {
  cases: ListedCase[];
  /** How many cases wait, on all pages. */
  waiting: number;
}

const COLUMNS = sql`c.organisation AS id, c.case_id AS "caseId", c.counted, c.state, c."isReturned", x.date,
  o.code AS organisation, tg.municipality, tg.programme, tg.theme, tg.goal,
  tg.work_type AS "workType", cg.team`;

/** The cases that wait (c), of these organisations. */
function waitingCases(ids: readonly number[], returned: readonly ReturnedAssessment[]): RawBuilder<unknown> {
  return sql`SELECT c.organisation, c.case_id, c.counted, c.state, c.contribution, false AS "isReturned"
    FROM case_state c WHERE c.organisation = ANY(${[...ids]}::integer[]) AND c.state = 'registered'
    UNION ALL
    SELECT c.organisation, c.case_id, c.counted, c.state, c.contribution, true
    FROM unnest(${returned.map(({ organisation }) => organisation)}::text[],
        ${returned.map(({ caseId }) => caseId)}::text[],
        ${returned.map(({ revision }) => String(revision))}::bigint[]) AS r(code, case_id, revision)
      JOIN organisation o ON o.code = r.code
      JOIN case_state c ON c.organisation = o.id AND c.case_id = r.case_id AND c.state = 'assessed'
      JOIN event e ON e.organisation = c.organisation AND e.number = c.counted
    WHERE o.id = ANY(${[...ids]}::integer[])
      AND (e.payload::json -> 'data' ->> 'revision')::bigint = r.revision`;
}

/** A page of the cases that wait. Run it in one snapshot. */
export async function readWorklist(
  db: Kysely<Database>,
  scope: AssessingScope,
  returned: readonly ReturnedAssessment[],
  page: { after: WorklistPlace | undefined; limit: number },
): Promise<WorklistPage> {
  const ids = await organisationsOf(db, scope);
  const { after, limit } = page;
  const isBehind =
    after === undefined
      ? sql`true`
      : sql`("isReturned" < ${after.isReturned} OR "isReturned" = ${after.isReturned} AND (
          date COLLATE "C" < ${after.date} OR date = ${after.date} AND (
          organisation COLLATE "C", "caseId" COLLATE "C") > (${after.organisation}, ${after.caseId})))`;
  const { rows } = await sql<Row & { waiting: number }>`
    WITH listed AS MATERIALIZED (SELECT ${COLUMNS} FROM (${waitingCases(ids, returned)}) AS c
      JOIN organisation o ON o.id = c.organisation ${CASE_WITH_GROUPS}
      WHERE ${inAssessingScope(scope)}),
    -- A row of nulls where the page is empty: it still says how many there are.
    placed AS (SELECT * FROM listed WHERE ${isBehind}
      ORDER BY "isReturned" DESC, date COLLATE "C" DESC, organisation COLLATE "C", "caseId" COLLATE "C"
      LIMIT ${limit})
    SELECT p.*, e.payload::json -> 'data' ->> 'revision' AS revision,
      (SELECT count(*)::integer FROM listed) AS waiting
    FROM (SELECT 1) AS one LEFT JOIN placed p ON true
      LEFT JOIN event e ON e.organisation = p.id AND e.number = p.counted
    ORDER BY p."isReturned" DESC, p.date COLLATE "C" DESC, p.organisation COLLATE "C",
      p."caseId" COLLATE "C"`.execute(db);
  const cases = rows.filter(({ id }) => id !== null).map(caseOf);
  return { cases, waiting: rows[0]?.waiting ?? 0 };
}

/** A case that was drawn, with what the whole goal has. */
export interface DrawnCase extends ListedCase {
  state: CaseState;
  /** Cases of its goal in the question, assessed or not. */
  cases: number;
}

/**
 * So many cases of every goal (and programme), drawn by the MD5 of seed, space and case id: the same seed
 * draws the
 * same ones, also while they are being assessed. Run it in one snapshot.
 */
export async function readSample(
  db: Kysely<Database>,
  scope: AssessingScope,
  sample: { size: number; seed: string; most: number },
): Promise<DrawnCase[]> {
  const ids = await organisationsOf(db, scope);
  const goal = sql`organisation, municipality, programme, theme, goal`;
  const { rows } = await sql<Row & { cases: number; state: CaseState }>`
    WITH listed AS MATERIALIZED (SELECT ${COLUMNS}
      FROM (SELECT *, false AS "isReturned" FROM case_state) AS c
      JOIN organisation o ON o.id = c.organisation ${CASE_WITH_GROUPS}
      WHERE c.organisation = ANY(${ids}::integer[]) AND c.state IN ('registered', 'assessed')
        AND ${inAssessingScope(scope)}),
    drawn AS (SELECT *, count(*) OVER (PARTITION BY ${goal})::integer AS cases,
        row_number() OVER (PARTITION BY ${goal}
          ORDER BY md5(${sample.seed}::text || ' ' || "caseId") COLLATE "C", "caseId") AS place
      FROM listed)
    SELECT d.*, e.payload::json -> 'data' ->> 'revision' AS revision
    FROM (SELECT * FROM drawn WHERE place <= ${sample.size}
      ORDER BY organisation, municipality, programme, theme, goal, place LIMIT ${sample.most}) AS d
    JOIN event e ON e.organisation = d.id AND e.number = d.counted`.execute(db);
  return rows.map((row) => ({ ...caseOf(row), state: row.state, cases: row.cases }));
}

interface Row extends Omit<ListedCase, 'revision'> {
  id: number | null;
  revision: string;
}

function caseOf({
  isReturned,
  date,
  organisation,
  caseId,
  municipality,
  programme,
  ...row
}: Row): ListedCase {
  const { revision, theme, goal, workType, team } = row;
  return {
    ...{ isReturned, date, organisation, caseId, municipality, programme },
    ...{ revision: Number(revision), theme, goal, workType, team },
  };
}
