/** Savings of one service that are claimed twice for one resident. */
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Database } from '../tables.ts';
import {
  eventOf,
  type GuardQuestion,
  guardScope,
  inGuardScope,
  knownAt,
  LEDGER_WITH_GROUPS,
  type ScopedGuard,
} from './guards-scope.ts';

/** A claim is possibly double where the same was claimed at most so many months before. */
export const DOUBLE_CLAIM_MONTHS = 12;

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
      o.code AS organisation, e.case_id, eo.code AS earlier_organisation, ee.case_id AS earlier_case,
      p.earlier_date, p.earlier_team
    FROM total LEFT JOIN page p ON true
    LEFT JOIN organisation o ON o.id = p.organisation
    LEFT JOIN ${eventOf('e', sql`p.organisation`, sql`p.event`)} ON true
    LEFT JOIN organisation eo ON eo.id = p.earlier_organisation
    LEFT JOIN ${eventOf('ee', sql`p.earlier_organisation`, sql`p.earlier_event`)} ON true
    ORDER BY p.date, p.event, p.organisation, p.service`.execute(db);
  const [first] = rows;
  return {
    ...all,
    ...{ claims: first?.claims ?? 0n, cases: first?.cases ?? 0n, double: BigInt(first?.double ?? 0) },
    rows: rows.filter(isClaim).map(claimOf),
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
  case_id: string | null;
  earlier_organisation: string;
  earlier_case: string | null;
  earlier_date: string;
  earlier_team: string | null;
}

/** Where nothing is double, the one row holds the totals alone. */
function isClaim(row: Row): row is Row & { id: number } {
  return row.id !== null;
}

function claimOf(row: Row & { id: number }): DoubleClaim {
  const { id: organisation, date, event, service, team } = row;
  return {
    place: { date, event, organisation, service },
    organisation: row.organisation,
    caseId: row.case_id ?? '',
    team,
    corrected: BigInt(row.corrected),
    earlier: {
      organisation: row.earlier_organisation,
      caseId: row.earlier_case ?? '',
      date: row.earlier_date,
      team: row.earlier_team,
    },
  };
}

/**
 * `mine`: what the question's cases claim for a resident, by service. `known`: the same of the same residents
 * in all organisations, from a year before. `double`: those of `mine` with an earlier one in `known`. Of two
 * claims on one day the one that was recorded first is the earlier.
 */
function claims(question: ScopedGuard): RawBuilder<unknown> {
  const { from, to } = question.period;
  const back = sql`make_interval(months => ${DOUBLE_CLAIM_MONTHS})`;
  return sql`mine AS MATERIALIZED (${claimsOf(inGuardScope(question))}),
    known AS MATERIALIZED (${claimsOf(sql`l.resident = ANY(ARRAY(SELECT DISTINCT resident FROM mine))
      AND l.date BETWEEN (${from}::date - ${back})::date AND ${to}::date AND ${knownAt(question.asOf)}`)}),
    double AS MATERIALIZED (
      SELECT DISTINCT ON (m.organisation, m.event, m.service) m.organisation, m.event, m.date, m.service,
        m.team, m.corrected, k.organisation AS earlier_organisation, k.event AS earlier_event,
        k.date AS earlier_date, k.team AS earlier_team
      FROM mine m JOIN known k ON k.resident = m.resident AND k.service = m.service
      WHERE (k.date, k.event, k.organisation) < (m.date, m.event, m.organisation)
        AND k.date >= (m.date - ${back})::date
      ORDER BY m.organisation, m.event, m.service, k.date DESC, k.event DESC, k.organisation DESC)`;
}

/** What cases claim by service, net of what was corrected; a claim of nothing is none. */
function claimsOf(entries: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`SELECT l.organisation, l.event, l.resident, l.date, cg.team, lg.service,
      sum(l.sign * u.amount * l.similar_cases * l.factor) AS corrected
    ${LEDGER_WITH_GROUPS}
    CROSS JOIN LATERAL unnest(l.line_groups, l.amounts) AS u(line_group, amount)
    JOIN line_group lg ON lg.organisation = l.organisation AND lg.id = u.line_group
    WHERE l.resident IS NOT NULL AND lg.service IS NOT NULL AND ${entries}
    GROUP BY l.organisation, l.event, l.resident, l.date, cg.team, lg.service
    HAVING sum(l.sign * u.amount) > 0`;
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
