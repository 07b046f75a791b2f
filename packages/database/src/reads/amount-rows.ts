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
  const { period } = source;
  const isCohort = question.view === 'cohort';
  const day = isCohort ? sql`l.date` : later(sql`l.date`, sql`e.year`);
  return sql`SELECT ${list(...columns)}, e.year, l.lines, e.amount * l.weight AS gross,
      e.amount * l.weight_factor AS corrected, e.amount * l.counted AS counted_gross,
      e.amount * l.counted_factor AS counted_corrected, e.low * l.weight_factor AS low,
      e.high * l.weight_factor AS high
    FROM (${elementsOfLedger(source, question)}) AS l ${ledgerGroups(question)}
    CROSS JOIN LATERAL (SELECT l.line_group, l.year, l.amount, l.low, l.high) AS e ${lineGroup(question, 'e')}
    CROSS JOIN LATERAL (SELECT ${day} AS day) AS d
    WHERE d.day BETWEEN ${period.from}::date AND ${period.to}::date AND ${filterConditions(question)}`;
}

/**
 * A row for each line group and year of an entry (l). What all of these are multiplied by is worked out once,
 * in whole numbers as long as these hold it; arrays side by side in a list of columns are taken apart much
 * faster than in a FROM.
 */
function elementsOfLedger(source: Source, question: ScopedQuestion): RawBuilder<unknown> {
  const { period, known } = source;
  // The case's date alone finds the entries by index; an amount is realised at most 39 years later.
  const earliest =
    question.view === 'cohort'
      ? sql`${period.from}::date`
      : later(sql`${period.from}::date`, sql`${-LAST_YEAR}`);
  const lines = entrySign(source);
  const weight = sql`${lines} * l.similar_cases::bigint`;
  return sql`SELECT l.organisation, l.case_group, l.date, l.part, l.revalued, l.cause, l.event, l.ctid, l.sign,
      ${lines} AS lines, (${lines})::numeric AS counted, (${lines} * l.factor)::numeric AS counted_factor,
      (${weight})::numeric AS weight, (${weight} * l.factor)::numeric AS weight_factor,
      unnest(l.line_groups) AS line_group, unnest(l.years) AS year, unnest(l.amounts) AS amount,
      unnest(l.lows) AS low, unnest(l.highs) AS high
    FROM ledger l
    WHERE ${isInScope('l', question)} AND l.date BETWEEN ${earliest} AND ${period.to}::date AND ${known}`;
}

/** A date some years later; 29 February becomes 28 February in years without one (design §4, point 7). */
function later(date: RawBuilder<unknown>, years: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(${date} + make_interval(years => ${years}))::date`;
}
