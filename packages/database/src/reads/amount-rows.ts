/** The rows that amounts are the sum of, in one shape from every source. */
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
import type { ScopedQuestion } from './savings-question.ts';
import { list } from './sql-text.ts';

/** No line brings in a saving more than this many years after its case (design §5: years 1–40). */
export const LAST_YEAR = 39;

const LINE = sql`lg.recurrence = 'yearly' AS yearly, lg.municipal`;

/** The totals by year tell lines apart by these two alone. */
const LINES_OF_YEARS = sql`CROSS JOIN LATERAL
  (SELECT t.municipal, t.recurrence, NULL::text AS service, NULL::bigint AS price) AS lg`;

/**
 * Amounts: the groups, `columns` (over the aliases of `dimensions.ts`), kind of line (`yearly`, `municipal`),
 * `year` after the case, and still to be added up: `lines` (null where only the ledger tells), `gross` and
 * `counted_gross` (micro-euros), `corrected`, `counted_corrected`, `low` and `high` (ten-thousandths of one).
 */
export function amountRows(
  source: Source,
  question: ScopedQuestion,
  columns: readonly RawBuilder<unknown>[] = [],
): RawBuilder<unknown> {
  const all = [...groupColumns(question), ...columns, LINE];
  if (source.table === 'ledger') return amountsOfLedger(source, question, all);
  const amounts = sql`t.year, NULL::smallint AS lines, t.gross, t.corrected, t.counted_gross,
    t.counted_corrected, t.low, t.high`;
  const lines = source.table === 'years' ? LINES_OF_YEARS : lineGroup(question, 't');
  return savingTotals(source, question, [...all, amounts], lines);
}

/** Of the running totals of savings; `lines` joins what is asked of lines. */
export function savingTotals(
  { table, period }: Source,
  question: ScopedQuestion,
  columns: readonly RawBuilder<unknown>[],
  lines: RawBuilder<unknown>,
): RawBuilder<unknown> {
  const isCohort = question.view === 'cohort';
  const day = isCohort ? sql`t.month` : later(sql`t.month`, sql`t.year`);
  return sql`SELECT ${list(...columns)}
    FROM ${sql.ref(table === 'years' ? 'saving_year' : 'saving_total')} t ${totalsGroups(question)} ${lines}
    CROSS JOIN LATERAL (SELECT ${day} AS day) AS d
    WHERE ${isInScope('t', question)}
      AND d.day BETWEEN ${period.from}::date AND ${period.to}::date AND ${filterConditions(question)}`;
}

function amountsOfLedger(
  source: Source,
  question: ScopedQuestion,
  columns: readonly RawBuilder<unknown>[],
): RawBuilder<unknown> {
  const { period, known } = source;
  const isCohort = question.view === 'cohort';
  const day = isCohort ? sql`l.date` : later(sql`l.date`, sql`e.year`);
  // The case's date alone finds the entries by index; an amount is realised at most 39 years later.
  const earliest = isCohort
    ? sql`${period.from}::date`
    : later(sql`${period.from}::date`, sql`${-LAST_YEAR}`);
  const sign = entrySign(source);
  return sql`SELECT ${list(...columns)}, e.year, ${sign} AS lines,
      ${sign} * e.amount * l.similar_cases AS gross,
      ${sign} * e.amount * l.similar_cases * l.factor AS corrected,
      ${sign} * e.amount AS counted_gross,
      ${sign} * e.amount * l.factor AS counted_corrected,
      ${sign} * e.low * l.similar_cases * l.factor AS low,
      ${sign} * e.high * l.similar_cases * l.factor AS high
    FROM ledger l ${ledgerGroups(question)}
    CROSS JOIN LATERAL unnest(l.line_groups, l.years, l.amounts, l.lows, l.highs)
      AS e(line_group, year, amount, low, high)
    ${lineGroup(question, 'e')}
    CROSS JOIN LATERAL (SELECT ${day} AS day) AS d
    WHERE ${isInScope('l', question)} AND l.date BETWEEN ${earliest} AND ${period.to}::date
      AND d.day BETWEEN ${period.from}::date AND ${period.to}::date
      AND ${known} AND ${filterConditions(question)}`;
}

/** A date some years later; 29 February becomes 28 February in years without one (design §4, point 7). */
function later(date: RawBuilder<unknown>, years: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(${date} + make_interval(years => ${years}))::date`;
}
