/**
 * The rows that figures are the sum of, in one shape from both sources: the running totals, and the ledger
 * that they are the sum of.
 */
import { type RawBuilder, sql } from 'kysely';
import { columnOf, isLineDimension } from './dimensions.ts';
import { filteredOn, type Part, type ScopedQuestion } from './savings-question.ts';

/** No line brings in a saving more than this many years after its case (design §5: years 1–40). */
const LAST_YEAR = 39;

/** g0, g1, …: the names of the columns of the grouped dimensions. */
export function groupNames(question: ScopedQuestion): RawBuilder<unknown>[] {
  return question.groupBy.map((_, place) => sql.ref(`g${place}`));
}

/** A comma list. */
export function list(...elements: RawBuilder<unknown>[]): RawBuilder<unknown> {
  return sql.join(elements, sql`, `);
}

/** Amounts: group, kind of line, year, and what is still to be added up. */
export function amountRows(part: Part, question: ScopedQuestion): RawBuilder<unknown> {
  return part.table === 'totals' ? amountsOfTotals(part, question) : amountsOfLedger(part, question);
}

/** Cases: group, and counts that are still to be added up. A case counts once in each group. */
export function caseRows(part: Part, question: ScopedQuestion): RawBuilder<unknown> {
  if (part.table === 'totals') return casesOfTotals(part, question);
  const asksForLines = [...question.groupBy, ...filteredOn(question)].some(isLineDimension);
  return asksForLines ? casesWithLines(part, question) : casesOfLedger(part, question);
}

function amountsOfTotals({ period }: Part, question: ScopedQuestion): RawBuilder<unknown> {
  const day = question.view === 'cohort' ? sql`t.month` : later(sql`t.month`, sql`t.year`);
  const columns = [...groupColumns(question), sql`lg.recurrence = 'yearly' AS yearly`];
  return sql`SELECT ${list(...columns)}, lg.municipal, t.year, NULL::smallint AS lines,
      t.gross, t.corrected, t.counted_gross, t.counted_corrected
    FROM saving_total t ${totalsGroups()}
    JOIN line_group lg ON lg.organisation = t.organisation AND lg.id = t.line_group
    CROSS JOIN LATERAL (SELECT ${day} AS day) AS d
    WHERE t.organisation = ANY(${ids(question)})
      AND d.day BETWEEN ${period.from}::date AND ${period.to}::date AND ${conditions(question)}`;
}

function amountsOfLedger({ period }: Part, question: ScopedQuestion): RawBuilder<unknown> {
  const isCohort = question.view === 'cohort';
  const day = isCohort ? sql`l.date` : later(sql`l.date`, sql`e.year`);
  // The case's date alone finds the entries by index; an amount is realised at most 39 years later.
  const earliest = isCohort
    ? sql`${period.from}::date`
    : later(sql`${period.from}::date`, sql`${-LAST_YEAR}`);
  const columns = [...groupColumns(question), sql`lg.recurrence = 'yearly' AS yearly`];
  return sql`SELECT ${list(...columns)}, lg.municipal, e.year, l.sign AS lines,
      l.sign * e.amount * l.similar_cases AS gross,
      l.sign * e.amount * l.similar_cases * l.factor AS corrected,
      l.sign * e.amount AS counted_gross,
      l.sign * e.amount * l.factor AS counted_corrected
    FROM ledger l ${ledgerGroups()}
    CROSS JOIN LATERAL unnest(l.line_groups, l.years, l.amounts) AS e(line_group, year, amount)
    JOIN line_group lg ON lg.organisation = l.organisation AND lg.id = e.line_group
    CROSS JOIN LATERAL (SELECT ${day} AS day) AS d
    WHERE l.organisation = ANY(${ids(question)}) AND l.date BETWEEN ${earliest} AND ${period.to}::date
      AND d.day BETWEEN ${period.from}::date AND ${period.to}::date
      AND ${knownBy(question)} AND ${conditions(question)}`;
}

function casesOfTotals({ period }: Part, question: ScopedQuestion): RawBuilder<unknown> {
  return sql`SELECT ${list(...groupColumns(question), sql`t.registered`)}, t.assessed, t.represented, t.cost
    FROM case_total t ${totalsGroups()}
    CROSS JOIN LATERAL (SELECT t.month AS day) AS d
    WHERE t.organisation = ANY(${ids(question)})
      AND t.month BETWEEN ${period.from}::date AND ${period.to}::date AND ${conditions(question)}`;
}

function casesOfLedger({ period }: Part, question: ScopedQuestion): RawBuilder<unknown> {
  return sql`SELECT ${list(...groupColumns(question), ...caseCounts())}
    FROM ledger l ${ledgerGroups()}
    CROSS JOIN LATERAL (SELECT l.date AS day) AS d
    WHERE l.organisation = ANY(${ids(question)})
      AND l.date BETWEEN ${period.from}::date AND ${period.to}::date
      AND ${knownBy(question)} AND ${conditions(question)}`;
}

/** An entry (its ctid) once for each group in which it has a line; every line stands there in its year 0. */
function casesWithLines({ period }: Part, question: ScopedQuestion): RawBuilder<unknown> {
  return sql`SELECT DISTINCT ${list(...groupColumns(question), ...caseCounts())}, l.organisation, l.ctid
    FROM ledger l ${ledgerGroups()}
    CROSS JOIN LATERAL unnest(l.line_groups, l.years) AS e(line_group, year)
    JOIN line_group lg ON lg.organisation = l.organisation AND lg.id = e.line_group
    CROSS JOIN LATERAL (SELECT l.date AS day) AS d
    WHERE e.year = 0 AND l.organisation = ANY(${ids(question)})
      AND l.date BETWEEN ${period.from}::date AND ${period.to}::date
      AND ${knownBy(question)} AND ${conditions(question)}`;
}

function caseCounts(): RawBuilder<unknown>[] {
  return [
    sql`l.sign::bigint AS registered`,
    sql`(CASE WHEN l.assessed THEN l.sign ELSE 0 END)::bigint AS assessed`,
    sql`(l.sign * l.similar_cases)::bigint AS represented`,
    sql`l.sign::numeric * l.cost * l.similar_cases AS cost`,
  ];
}

function totalsGroups(): RawBuilder<unknown> {
  return sql`JOIN organisation o ON o.id = t.organisation
    JOIN theme_group tg ON tg.organisation = t.organisation AND tg.id = t.theme_group`;
}

function ledgerGroups(): RawBuilder<unknown> {
  return sql`JOIN organisation o ON o.id = l.organisation
    JOIN case_group cg ON cg.organisation = l.organisation AND cg.id = l.case_group
    JOIN theme_group tg ON tg.organisation = cg.organisation AND tg.id = cg.theme_group`;
}

function groupColumns({ groupBy }: ScopedQuestion): RawBuilder<unknown>[] {
  return groupBy.map((dimension, place) => sql`${columnOf(dimension)} AS ${sql.ref(`g${place}`)}`);
}

/** The filters as conditions; organisations are found before. */
function conditions(question: ScopedQuestion): RawBuilder<unknown> {
  const all = filteredOn(question).map((name) => sql`${columnOf(name)} = ${question.filters[name]}`);
  return all.length === 0 ? sql`true` : sql.join(all, sql` AND `);
}

/** A date some years later; 29 February becomes 28 February in years without one (design §4, point 7). */
function later(date: RawBuilder<unknown>, years: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(${date} + make_interval(years => ${years}))::date`;
}

function ids({ organisationIds }: ScopedQuestion): RawBuilder<unknown> {
  return sql`${[...organisationIds]}::integer[]`;
}

function knownBy({ asOf }: ScopedQuestion): RawBuilder<unknown> {
  return asOf === undefined ? sql`true` : sql`l.known_at <= ${asOf}::timestamptz`;
}
