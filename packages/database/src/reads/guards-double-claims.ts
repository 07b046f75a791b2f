/**
 * Savings of one service that are claimed twice for one resident. Claims of one organisation are compared
 * when it is asked; those of several were compared by a job (writes/claim-comparison.ts), whose findings are
 * read.
 */
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Database } from '../tables.ts';
import { readCaseIds } from './case-ids.ts';
import { foundClaims, readComparedAt } from './claim-comparisons.ts';
import { claimsOf, doubleClaimSpan } from './claims.ts';
import {
  type GuardQuestion,
  guardScope,
  inGuardScope,
  knownAt,
  LEDGER_WITH_GROUPS,
  type ScopedGuard,
} from './guards-scope.ts';

export interface DoubleClaimPlace {
  date: string;
  event: bigint;
  organisation: number;
  service: string;
}

export interface DoubleClaim {
  place: DoubleClaimPlace;
  organisation: string;
  caseId: string;
  team: string | null;
  /** Ten-thousandths of a micro-euro. */
  corrected: bigint;
  /** The latest claim of the same service for the same resident before. */
  earlier: { organisation: string; caseId: string; date: string; team: string | null };
}

export interface DoubleClaims {
  /** Assessed cases, and how many of them tell whose they are. */
  assessed: bigint;
  withResident: bigint;
  /** Of all cases, ten-thousandths of a micro-euro. */
  corrected: bigint;
  /** Claims that may be double, and what they come to. */
  claims: bigint;
  cases: bigint;
  double: bigint;
  /** One page, by date. */
  rows: DoubleClaim[];
  /** Up to when claims of several organisations were compared, RFC 3339; null before the first time. */
  comparedAt: string | null;
}

/** The claims of a question that may be double, after a place. Run it in one snapshot. */
export async function readDoubleClaims(
  db: Kysely<Database>,
  question: GuardQuestion,
  page: { after: DoubleClaimPlace | undefined; limit: number },
): Promise<DoubleClaims> {
  const scoped = await guardScope(db, question);
  const all = await readAll(db, scoped);
  const { rows } = await sql<Row>`
    WITH ${claims(scoped)},
    page AS (SELECT * FROM double WHERE ${behind(page.after)}
      ORDER BY date, event, organisation, service LIMIT ${page.limit}),
    total AS (SELECT count(*) AS claims, count(DISTINCT (organisation, event)) AS cases,
      coalesce(sum(corrected), 0)::text AS double FROM double)
    SELECT total.*, p.organisation AS id, p.event, p.date, p.service, p.team, p.corrected::text AS corrected,
      o.code AS organisation, eo.code AS earlier_organisation, p.earlier_organisation AS earlier_id,
      p.earlier_event, p.earlier_date, p.earlier_team
    FROM total LEFT JOIN page p ON true
    LEFT JOIN organisation o ON o.id = p.organisation
    LEFT JOIN organisation eo ON eo.id = p.earlier_organisation
    ORDER BY p.date, p.event, p.organisation, p.service`.execute(db);
  const [first] = rows;
  const found = rows.filter(isClaim);
  const caseIds = await readCaseIds(db, found.flatMap(eventsOf));
  return {
    ...all,
    ...{ claims: first?.claims ?? 0n, cases: first?.cases ?? 0n, double: BigInt(first?.double ?? 0) },
    rows: found.map((row) => claimOf(row, caseIds)),
    comparedAt: await readComparedAt(db, question.asOf),
  };
}

interface Row {
  claims: bigint;
  cases: bigint;
  double: string;
  id: number | null;
  event: bigint;
  date: string;
  service: string;
  team: string | null;
  corrected: string;
  organisation: string;
  earlier_organisation: string;
  earlier_id: number;
  earlier_event: bigint;
  earlier_date: string;
  earlier_team: string | null;
}

/** Where nothing is double, the one row holds the totals alone. */
function isClaim(row: Row): row is Row & { id: number } {
  return row.id !== null;
}

/** The events of a claim and of the earlier one, each by its organisation and number. */
function eventsOf({ id, event, earlier_id, earlier_event }: Row & { id: number }): [number, bigint][] {
  return [
    [id, event],
    [earlier_id, earlier_event],
  ];
}

function claimOf(row: Row & { id: number }, caseIds: ReadonlyMap<string, string>): DoubleClaim {
  const { id: organisation, date, event, service, team } = row;
  return {
    place: { date, event, organisation, service },
    organisation: row.organisation,
    caseId: caseIds.get(`${organisation} ${event}`) ?? '',
    team,
    corrected: BigInt(row.corrected),
    earlier: {
      organisation: row.earlier_organisation,
      caseId: caseIds.get(`${row.earlier_id} ${row.earlier_event}`) ?? '',
      date: row.earlier_date,
      team: row.earlier_team,
    },
  };
}

/**
 * `mine`: what the question's cases claim for a resident, by service. `known`: the same of the same residents
 * in the same organisations, from a year before. `earlier`: those of `known` before one of `mine`, and what
 * was found in other organisations. `double`: those of `mine`, each with the latest of these. Of two claims
 * on one day the one that was recorded first is the earlier.
 */
function claims(question: ScopedGuard): RawBuilder<unknown> {
  const { from, to } = question.period;
  const own = sql`${[...question.organisationIds]}::integer[]`;
  return sql`mine AS MATERIALIZED (${claimsOf(inGuardScope(question))}),
    known AS MATERIALIZED (${claimsOf(sql`l.resident = ANY(ARRAY(SELECT DISTINCT resident FROM mine))
      AND l.organisation = ANY(${own}) AND ${knownAt(question.asOf)}
      AND l.date BETWEEN (${from}::date - ${doubleClaimSpan})::date AND ${to}::date`)}),
    earlier AS MATERIALIZED (
      SELECT m.organisation, m.event, m.service, k.organisation AS earlier_organisation,
        k.event AS earlier_event, k.date AS earlier_date, k.team AS earlier_team
      FROM mine m JOIN known k ON k.organisation = m.organisation AND k.resident = m.resident
        AND k.service = m.service
      WHERE (k.date, k.event) < (m.date, m.event) AND k.date >= (m.date - ${doubleClaimSpan})::date
      UNION ALL ${foundClaims(own, question.asOf)}),
    double AS MATERIALIZED (
      SELECT DISTINCT ON (organisation, event, service) e.*, m.date, m.team, m.corrected
      FROM mine m JOIN earlier e USING (organisation, event, service)
      ORDER BY organisation, event, service,
        earlier_date DESC, earlier_event DESC, earlier_organisation DESC)`;
}

async function readAll(
  db: Kysely<Database>,
  question: ScopedGuard,
): Promise<Pick<DoubleClaims, 'assessed' | 'withResident' | 'corrected'>> {
  const { rows } = await sql<{ assessed: bigint; residents: bigint; corrected: string }>`
    SELECT coalesce(sum(l.sign), 0)::bigint AS assessed,
      coalesce(sum(l.sign) FILTER (WHERE l.resident IS NOT NULL), 0)::bigint AS residents,
      coalesce(sum(l.sign * l.similar_cases * l.factor * x.amount), 0)::text AS corrected
    ${LEDGER_WITH_GROUPS}
    CROSS JOIN LATERAL (SELECT coalesce(sum(a), 0) AS amount FROM unnest(l.amounts) AS a) AS x
    WHERE l.assessed AND ${inGuardScope(question)}`.execute(db);
  const [row] = rows;
  return {
    assessed: row?.assessed ?? 0n,
    withResident: row?.residents ?? 0n,
    corrected: BigInt(row?.corrected ?? 0),
  };
}

function behind(after: DoubleClaimPlace | undefined): RawBuilder<unknown> {
  if (after === undefined) return sql`true`;
  const { date, event, organisation, service } = after;
  return sql`(date, event, organisation, service) >
    (${date}::date, ${event}::bigint, ${organisation}::integer, ${service}::text)`;
}
