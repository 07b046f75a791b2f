/** What counts as a claim: what one case saves on one service of one resident. */
import { type RawBuilder, sql } from 'kysely';
import { LEDGER_WITH_GROUPS } from './guards-scope.ts';

/** A claim is possibly double where the same was claimed at most so many months before. */
export const DOUBLE_CLAIM_MONTHS = 12;

/** The same as an interval. */
export const doubleClaimSpan = sql`make_interval(months => ${DOUBLE_CLAIM_MONTHS})`;

/**
 * What cases claim by service, net of what was corrected; a claim of nothing is none.
 *
 * @param entries which of the ledger (l)
 * @param from `FROM` of the ledger with its case groups (cg)
 */
export function claimsOf(entries: RawBuilder<unknown>, from = LEDGER_WITH_GROUPS): RawBuilder<unknown> {
  return sql`SELECT l.organisation, l.event, l.resident, l.date, cg.team, lg.service,
      sum(l.sign * u.amount * l.similar_cases * l.factor) AS corrected
    ${from}
    CROSS JOIN LATERAL unnest(l.line_groups, l.amounts) AS u(line_group, amount)
    JOIN line_group lg ON lg.organisation = l.organisation AND lg.id = u.line_group
    WHERE l.resident IS NOT NULL AND lg.service IS NOT NULL AND ${entries}
    GROUP BY l.organisation, l.event, l.resident, l.date, cg.team, lg.service
    HAVING sum(l.sign * u.amount) > 0`;
}
