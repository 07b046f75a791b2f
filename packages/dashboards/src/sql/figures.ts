/** The sums that dashboards are made of, as subqueries; each has a row for each value of its keys. */
import { HERE, THIS_YEAR, TODAY, YEAR } from './chosen.ts';

/** A column of every view of figures. */
export type Key = 'municipality' | 'organisation' | 'programme' | 'theme' | 'goal' | 'work_type';

/** Only of chosen themes or work types, where a dashboard has those. */
export interface Narrowing {
  /** SQL that both `savings` and `cases` understand. */
  and?: string;
}

/** A goal may be missing: '' then, so that rows with and without one can be joined. */
function selected(keys: readonly Key[]): string {
  return keys.map((key) => (key === 'goal' ? `coalesce(goal, '') AS goal` : key)).join(', ');
}

function places(keys: readonly Key[]): string {
  return keys.map((_, place) => place + 1).join(', ');
}

function narrowed({ and }: Narrowing): string {
  return and === undefined ? HERE : `${HERE} AND ${and}`;
}

/** Corrected savings of the chosen year: `corrected`, and of those the municipality's, `municipal`. */
export function saved(keys: readonly Key[], narrowing: Narrowing = {}): string {
  return `(SELECT ${selected(keys)}, sum(corrected) AS corrected,
      coalesce(sum(corrected) FILTER (WHERE municipal), 0) AS municipal
    FROM reporting.savings_by_year WHERE year = ${YEAR} AND ${narrowed(narrowing)} GROUP BY ${places(keys)})`;
}

/** Cases of the chosen year: `registered`, `assessed`, `represented` and `cost`. */
export function handled(keys: readonly Key[], narrowing: Narrowing = {}): string {
  return `(SELECT ${selected(keys)}, sum(registered) AS registered, sum(assessed) AS assessed,
      sum(represented) AS represented, sum(cost) AS cost
    FROM reporting.cases_by_year WHERE year = ${YEAR} AND ${narrowed(narrowing)} GROUP BY ${places(keys)})`;
}

/** Corrected savings of the whole year before the chosen one: `corrected`. */
export function wholeYearBefore(keys: readonly Key[]): string {
  return `(SELECT ${selected(keys)}, sum(corrected) AS corrected
    FROM reporting.savings_by_year WHERE year = ${YEAR} - 1 AND ${HERE} GROUP BY ${places(keys)})`;
}

/** A budget of the chosen year by the days of it that have passed. */
export function toDate(amount: string): string {
  const days = `greatest(0, least(${TODAY}, make_date(${YEAR}, 12, 31)) - make_date(${YEAR}, 1, 1) + 1)`;
  return `${amount} * ${days} * 1.0000000000 / (make_date(${YEAR} + 1, 1, 1) - make_date(${YEAR}, 1, 1))`;
}

/** The budgets of whole programmes in the chosen year: those of themes are parts of them. */
export const WHOLE_BUDGETS = `reporting.year_budgets WHERE year = ${YEAR} AND theme IS NULL AND ${HERE}`;

/** Whole budgets of the chosen year: by the days that have passed, `to_date`; no row without one. */
export function budgeted(keys: readonly Key[]): string {
  return `(SELECT ${keys.join(', ')}, ${toDate('sum(amount)')} AS to_date
    FROM ${WHOLE_BUDGETS} GROUP BY ${keys.join(', ')})`;
}

/**
 * Corrected savings of the year before the chosen one, up to the same day where the chosen one is running:
 * `corrected`.
 */
export function yearBefore(
  keys: readonly (Key & ('municipality' | 'organisation' | 'programme' | 'theme'))[],
): string {
  const columns = keys.join(', ');
  return `(SELECT ${columns}, sum(corrected) AS corrected FROM (
      SELECT municipality, organisation, programme, theme, corrected FROM reporting.savings_to_date
      WHERE period = 'ytd_previous_year' AND ${YEAR} = ${THIS_YEAR}
      UNION ALL
      SELECT municipality, organisation, programme, theme, corrected FROM reporting.savings_by_year
      WHERE year = ${YEAR} - 1 AND ${YEAR} <> ${THIS_YEAR}
    ) AS before WHERE ${HERE} GROUP BY ${columns})`;
}

/** Corrected ÷ the elapsed budget or, without one, the cost; null where neither is there. Four decimals. */
export function ratio(corrected: string, budget: string, cost: string): string {
  return `round(${corrected} / nullif(coalesce(${budget}, ${cost}), 0), 4)`;
}

/**
 * The return of one row of several: all beside the budget or, where the whole answer has no budget, beside the
 * cost, as in the API. 0 of a budget without savings.
 */
export function returnOfRow(corrected: string, budget: string, cost: string): string {
  return `round(coalesce(${corrected}, 0) / nullif(
        CASE WHEN EXISTS (SELECT FROM ${WHOLE_BUDGETS}) THEN ${budget} ELSE ${cost} END, 0), 4)`;
}

/** A share of counts, 0 to 1; null of nothing. */
export function share(part: string, whole: string): string {
  return `round(${part}::numeric / nullif(${whole}, 0), 4)`;
}

/** Names of the months, as a column of `number` and `name`. */
export const MONTHS = `(VALUES (1, 'jan'), (2, 'feb'), (3, 'mrt'), (4, 'apr'), (5, 'mei'), (6, 'jun'),
      (7, 'jul'), (8, 'aug'), (9, 'sep'), (10, 'okt'), (11, 'nov'), (12, 'dec')) AS months (number, name)`;

/** The number of the month of a moment, in Amsterdam. */
export const MONTH_NUMBER = `extract(month FROM month AT TIME ZONE 'Europe/Amsterdam')::int`;
