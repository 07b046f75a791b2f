/** Assessments that count, from the one that became known last. */
import { type Kysely, sql } from 'kysely';
import type { Database } from '../tables.ts';
import { readContribution } from '../writes/contribution.ts';
import { utcText } from './snapshot.ts';
import { type AssessingScope, organisationsOf } from './worklist-scope.ts';

/** An assessment that counts. */
export interface CountedAssessment {
  /** Number of its event: newer ones have greater numbers. */
  number: bigint;
  /** RFC 3339 in UTC. */
  knownAt: string;
  /** The event as it was published. */
  payload: string;
  similarCases: number;
  /** Ten-thousandths. */
  factor: number;
  /** Micro-euros of one case, all counted years. */
  ofOneCase: bigint;
}

interface Row {
  number: bigint;
  knownAt: string;
  payload: string;
  contribution: string;
}

/**
 * A page of the assessments of some organisations, behind an event: of each organisation from its newest event on, so
 * that no more are looked at than a page needs. Run it in one snapshot.
 */
export async function readAssessed(
  db: Kysely<Database>,
  scope: Pick<AssessingScope, 'organisations' | 'organisation' | 'municipality'>,
  page: { before: bigint | undefined; limit: number },
): Promise<CountedAssessment[]> {
  const ids = await organisationsOf(db, scope);
  const isBehind = page.before === undefined ? sql`true` : sql`e.number < ${String(page.before)}::bigint`;
  // Each case is looked up by its key: else PostgreSQL reads all of them first.
  const { rows } = await sql<Row>`
    SELECT n.number, ${utcText(sql`n.known_at`)} AS "knownAt", n.payload, n.contribution
    FROM unnest(${ids}::integer[]) AS o(id) CROSS JOIN LATERAL (
      SELECT e.number, e.known_at, e.payload, c.contribution
      FROM event e CROSS JOIN LATERAL (
        SELECT contribution FROM case_state
        WHERE organisation = e.organisation AND case_id = e.case_id AND counted = e.number
          AND state = 'assessed' OFFSET 0) AS c
      WHERE e.organisation = o.id AND ${isBehind}
      ORDER BY e.number DESC LIMIT ${page.limit}) AS n
    ORDER BY n.number DESC LIMIT ${page.limit}`.execute(db);
  return rows.map(({ contribution, ...row }) => {
    const { similarCases, factor, lines } = readContribution(contribution);
    const ofOneCase = lines.reduce((sum, { amount }) => sum + amount, 0n);
    return { ...row, similarCases, factor, ofOneCase };
  });
}
