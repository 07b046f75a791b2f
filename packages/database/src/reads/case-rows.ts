/** The rows that counts of cases are the sum of, in one shape from every source. */
import { type RawBuilder, sql } from 'kysely';
import {
  filterConditions,
  groupColumns,
  isInScope,
  ledgerGroups,
  lineGroup,
  totalsGroups,
} from './row-groups.ts';
import { entrySign, type Source } from './row-sources.ts';
import { asksForLines, type ScopedQuestion } from './savings-question.ts';
import { list } from './sql-text.ts';

/**
 * Cases: the groups, `columns` (over the aliases of `dimensions.ts`), and still to be added up `registered`,
 * `assessed`, `represented` and `cost` (micro-euros). A case counts once in each group.
 */
export function caseRows(
  source: Source,
  question: ScopedQuestion,
  columns: readonly RawBuilder<unknown>[] = [],
): RawBuilder<unknown> {
  const all = [...groupColumns(question), ...columns];
  if (source.table !== 'ledger') return casesOfTotals(source, question, all);
  return asksForLines(question)
    ? casesWithLines(source, question, all)
    : casesOfLedger(source, question, [...all, ...caseCounts(source)]);
}

/** Of entries of the ledger, whatever lines they have; `columns` are all there are. */
export function casesOfLedger(
  { period, known }: Source,
  question: ScopedQuestion,
  columns: readonly RawBuilder<unknown>[],
): RawBuilder<unknown> {
  return sql`SELECT ${list(...columns)}
    FROM ledger l ${ledgerGroups(question)}
    CROSS JOIN LATERAL (SELECT l.date AS day) AS d
    WHERE ${isInScope('l', question)} AND l.date BETWEEN ${period.from}::date AND ${period.to}::date
      AND ${known} AND ${filterConditions(question)}`;
}

/** An entry (its ctid) once for each group in which it has a line; every line stands there in its year 0. */
function casesWithLines(
  source: Source,
  question: ScopedQuestion,
  columns: readonly RawBuilder<unknown>[],
): RawBuilder<unknown> {
  const { period, known } = source;
  return sql`SELECT DISTINCT ${list(...columns, ...caseCounts(source))}, l.organisation AS owner, l.ctid
    FROM (SELECT l.organisation, l.case_group, l.date, l.part, l.revalued, l.cause, l.event, l.ctid, l.sign,
        l.assessed, l.similar_cases, l.cost, unnest(l.line_groups) AS line_group, unnest(l.years) AS year
      FROM ledger l
      WHERE ${isInScope('l', question)} AND l.date BETWEEN ${period.from}::date AND ${period.to}::date
        AND ${known}) AS l ${ledgerGroups(question)}
    CROSS JOIN LATERAL (SELECT l.line_group) AS e ${lineGroup(question, 'e')}
    CROSS JOIN LATERAL (SELECT l.date AS day) AS d
    WHERE l.year = 0 AND ${filterConditions(question)}`;
}

function casesOfTotals(
  { table, period }: Source,
  question: ScopedQuestion,
  columns: readonly RawBuilder<unknown>[],
): RawBuilder<unknown> {
  return sql`SELECT ${list(...columns, sql`t.registered`)}, t.assessed, t.represented, t.cost
    FROM ${sql.ref(table === 'years' ? 'case_year' : 'case_total')} t ${totalsGroups(question)}
    CROSS JOIN LATERAL (SELECT t.month AS day) AS d
    WHERE ${isInScope('t', question)} AND t.month BETWEEN ${period.from}::date AND ${period.to}::date
      AND ${filterConditions(question)}`;
}

function caseCounts(source: Source): RawBuilder<unknown>[] {
  const sign = entrySign(source);
  return [
    sql`(${sign})::bigint AS registered`,
    sql`(CASE WHEN l.assessed THEN ${sign} ELSE 0 END)::bigint AS assessed`,
    sql`(${sign} * l.similar_cases)::bigint AS represented`,
    sql`(${sign})::numeric * l.cost * l.similar_cases AS cost`,
  ];
}
