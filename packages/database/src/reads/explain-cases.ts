/** The cases that a figure is the sum of, in pages. */
import { type Kysely, sql } from 'kysely';
import type { Database } from '../tables.ts';
import type { Dimension } from './dimensions.ts';
import { exactOf, type Figure, figureRowsOfCases, groupIs } from './explain-rows.ts';
import { planAsWritten, planByKey } from './query-plan.ts';
import { type SavingsQuestion, scopeOf } from './savings-question.ts';
import { allOf } from './sql-text.ts';

/** Where a case stands: from the largest, then by organisation and event. */
export interface CasePlace {
  exact: bigint;
  organisation: number;
  event: bigint;
}

export interface CaseSum extends CasePlace {
  /** Undefined where the case was erased since: its ledger entries name nobody. */
  name: { organisation: string; caseId: string } | undefined;
}

export interface CaseSumsPage {
  cases: CaseSum[];
  /** Ten-thousandths of a micro-euro; micro-euros for gross and cost. */
  before: bigint;
  page: bigint;
  after: bigint;
}

export interface CasesQuestion {
  /** With the path's values as filters, as far as they have one. */
  question: SavingsQuestion;
  figure: Figure;
  /** Dimensions of the path in which the cases have no value. */
  without: readonly Dimension[];
  /** The page starts behind this place. */
  after: CasePlace | undefined;
  limit: number;
}

interface CaseRow {
  organisation: number | null;
  event: bigint | null;
  exact: string | null;
  before: string;
  page: string;
  behind: string;
}

/**
 * A page of the cases that bring in something. The ledger's entries of an event add up to what it counts for:
 * what no longer counts adds up to 0. Each of the three sums is added up by itself.
 */
export async function readCasePage(db: Kysely<Database>, asked: CasesQuestion): Promise<CaseSumsPage> {
  const { question, figure, without, after, limit } = asked;
  const rows = figureRowsOfCases(await scopeOf(db, { ...question, groupBy: without }), figure);
  if (rows === undefined) return { cases: [], before: 0n, page: 0n, after: 0n };
  const exact = sql`sum(${exactOf(figure)})`;
  const isBefore =
    after === undefined
      ? sql`false`
      : sql`(-exact, organisation, event) <=
          (${String(-after.exact)}::numeric, ${after.organisation}::integer, ${String(after.event)}::bigint)`;
  await planAsWritten(db);
  const result = await sql<CaseRow>`
    WITH every AS MATERIALIZED (
      SELECT organisation, event, ${exact} AS exact FROM (${rows}) AS part
      WHERE ${allOf(without.map((dimension, place) => groupIs(place, dimension, null)))}
      GROUP BY organisation, event HAVING ${exact} <> 0),
    placed AS MATERIALIZED (
      SELECT *, row_number() OVER (ORDER BY exact DESC, organisation, event) AS place
      FROM every WHERE NOT (${isBefore})),
    sums AS (
      SELECT (SELECT coalesce(sum(exact), 0) FROM every WHERE ${isBefore}) AS before,
        coalesce(sum(exact) FILTER (WHERE place <= ${limit}), 0) AS page,
        coalesce(sum(exact) FILTER (WHERE place > ${limit}), 0) AS behind
      FROM placed)
    SELECT sums.before::text, sums.page::text, sums.behind::text, c.organisation, c.event, c.exact::text
    FROM sums LEFT JOIN (SELECT * FROM placed WHERE place <= ${limit}) AS c ON true
    ORDER BY c.place`.execute(db);
  const [first] = result.rows;
  return {
    cases: await withNames(db, result.rows.flatMap(placeOf)),
    before: BigInt(first?.before ?? '0'),
    page: BigInt(first?.page ?? '0'),
    after: BigInt(first?.behind ?? '0'),
  };
}

function placeOf({ organisation, event, exact }: CaseRow): CasePlace[] {
  if (organisation === null || event === null || exact === null) return [];
  return [{ organisation, event, exact: BigInt(exact) }];
}

async function withNames(db: Kysely<Database>, places: readonly CasePlace[]): Promise<CaseSum[]> {
  if (places.length === 0) return [];
  await planByKey(db);
  const { rows } = await sql<{ organisation: number; event: bigint; code: string; case_id: string }>`
    SELECT e.organisation, e.number AS event, o.code, e.case_id
    FROM unnest(${places.map(({ organisation }) => organisation)}::integer[],
      ${places.map(({ event }) => String(event))}::bigint[]) AS p(organisation, event)
    JOIN event e ON e.organisation = p.organisation AND e.number = p.event
    JOIN organisation o ON o.id = p.organisation`.execute(db);
  const keyOf = ({ organisation, event }: Pick<CasePlace, 'organisation' | 'event'>) =>
    `${organisation} ${event}`;
  const names = new Map(
    rows.map((row) => [keyOf(row), { organisation: row.code, caseId: row.case_id }] as const),
  );
  return places.map((place) => ({ ...place, name: names.get(keyOf(place)) }));
}
