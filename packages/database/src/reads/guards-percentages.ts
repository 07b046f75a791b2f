/** The percentages that workers claimed: likelihood (A) and contribution (B) of lines of counted cases. */
import { type RawBuilder, sql } from 'kysely';
import { inGuardScope, LEDGER_WITH_GROUPS, type ScopedGuard } from './guards-scope.ts';

const LEVELS = ['certain', 'probable', 'possible'] as const;

/**
 * For a `WITH`. `counted`: the assessed cases of a question with their groups; an event of which the entries
 * are net one is the one that counts. `scale`: what the levels are in the programmes that valued them, from a
 * date up to another.
 */
export function countedCases(question: ScopedGuard): RawBuilder<unknown> {
  const levels = LEVELS.map((level) => sql`(one ->> ${sql.lit(level)})::integer AS ${sql.ref(level)}`);
  return sql`counted AS MATERIALIZED (
      SELECT l.organisation, l.event, l.date, l.programme_version, o.code, tg.theme, tg.goal, cg.team
      ${LEDGER_WITH_GROUPS}
      WHERE l.assessed AND ${inGuardScope(question)}
      GROUP BY l.organisation, l.event, l.date, l.programme_version, o.code, tg.theme, tg.goal, cg.team
      HAVING sum(l.sign) = 1),
    scale AS MATERIALIZED (
      SELECT s.number, (one ->> 'from')::date AS starts, ${sql.join(levels)},
        lead((one ->> 'from')::date, 1, 'infinity')
          OVER (PARTITION BY s.number ORDER BY one ->> 'from') AS ends
      FROM settings s CROSS JOIN LATERAL jsonb_array_elements(s.body -> 'scale') AS one
      WHERE s.number IN (SELECT programme_version FROM counted))`;
}

/**
 * Joins to counted cases with their event's `data` (c) every line (x): `a` and `b` as percentages, and the
 * level's name where one was given. A level is what the scale says on the case's date; left out is 100.
 */
export function claimedLines(): RawBuilder<unknown> {
  return sql`JOIN scale ON scale.number = c.programme_version
      AND c.date >= scale.starts AND c.date < scale.ends
    CROSS JOIN LATERAL (
      SELECT ${percentage('likelihood')} AS a, ${level('likelihood')} AS a_level,
        ${percentage('contribution')} AS b, ${level('contribution')} AS b_level
      FROM jsonb_array_elements(c.data -> 'avoided') AS line) AS x`;
}

type Percentage = 'likelihood' | 'contribution';

function percentage(name: Percentage): RawBuilder<unknown> {
  const levels = LEVELS.map((one) => sql`WHEN ${sql.lit(one)} THEN scale.${sql.ref(one)}`);
  return sql`CASE jsonb_typeof(line -> ${sql.lit(name)})
    WHEN 'number' THEN (line -> ${sql.lit(name)})::integer
    WHEN 'string' THEN CASE line ->> ${sql.lit(name)} ${sql.join(levels, sql` `)} END ELSE 100 END`;
}

function level(name: Percentage): RawBuilder<unknown> {
  return sql`CASE jsonb_typeof(line -> ${sql.lit(name)}) WHEN 'string' THEN line ->> ${sql.lit(name)} END`;
}
