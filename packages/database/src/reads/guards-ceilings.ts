/** What was claimed of services in a calendar year, to be held against a ceiling. */
import { type Kysely, sql } from 'kysely';
import type { Database } from '../tables.ts';
import { LAST_YEAR } from './amount-rows.ts';
import { guardScope, inGuardScope, LEDGER_WITH_GROUPS } from './guards-scope.ts';
import type { SavingsQuestion } from './savings-question.ts';

export interface CeilingQuestion extends Pick<SavingsQuestion, 'filters' | 'organisations' | 'asOf'> {
  /** Calendar year in which savings are realised. */
  year: number;
  services: readonly string[];
}

/** What a programme's cases claim of a service at one unit price. */
export interface ClaimedService {
  municipality: string;
  organisation: string;
  programme: string;
  service: string;
  /** Micro-euros. */
  price: bigint;
  /** Cases with a line of it. */
  cases: bigint;
  /** Micro-euros. */
  gross: bigint;
  /** Ten-thousandths of a micro-euro. */
  corrected: bigint;
}

/** What cases claim of services in a calendar year: year k is realised k years after the case's date. */
export async function readClaimedServices(
  db: Kysely<Database>,
  { year, services, ...question }: CeilingQuestion,
): Promise<ClaimedService[]> {
  if (services.length === 0) return [];
  const [first, last] = [year - LAST_YEAR, year].map((one) => String(one).padStart(4, '0'));
  const period = { from: `${first}-01-01`, to: `${last}-12-31` };
  const scoped = await guardScope(db, { ...question, period });
  const { rows } = await sql<
    Omit<ClaimedService, 'gross' | 'corrected'> & { gross: string; corrected: string }
  >`
    WITH entry AS (SELECT tg.municipality, o.code AS organisation, tg.programme, lg.service, lg.price,
        l.event,
        sum(l.sign * u.amount * l.similar_cases) AS gross,
        sum(l.sign * u.amount * l.similar_cases * l.factor) AS corrected
      ${LEDGER_WITH_GROUPS}
      CROSS JOIN LATERAL unnest(l.line_groups, l.years, l.amounts) AS u(line_group, year, amount)
      JOIN line_group lg ON lg.organisation = l.organisation AND lg.id = u.line_group
      WHERE ${inGuardScope(scoped)} AND lg.service = ANY(${[...services]}::text[]) AND lg.price > 0
        AND extract(year FROM l.date) + u.year = ${year}::integer
      GROUP BY tg.municipality, o.code, tg.programme, lg.service, lg.price, l.event
      HAVING sum(l.sign) > 0)
    SELECT municipality, organisation, programme, service, price, count(*) AS cases,
      sum(gross)::text AS gross, sum(corrected)::text AS corrected
    FROM entry GROUP BY municipality, organisation, programme, service, price
    ORDER BY 1, 2, 3, 4, 5`.execute(db);
  return rows.map((row) => ({ ...row, gross: BigInt(row.gross), corrected: BigInt(row.corrected) }));
}
