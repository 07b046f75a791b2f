/** Panels of the twelve months of the chosen year. */
import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { AGAINST_BUDGET, CASES, SAVINGS } from './basis.ts';
import { bars } from './panels/bars.ts';
import { overMonths, type TrendPanel } from './panels/lines.ts';
import { rows } from './queries.ts';
import { HERE, TODAY, YEAR } from './sql/chosen.ts';
import { MONTH_NUMBER, MONTHS, WHOLE_BUDGETS } from './sql/figures.ts';
import { COUNT, EUROS } from './units.ts';

/** Corrected savings of each month of the chosen year and the year before it. */
function byMonth(and: string): string {
  return `(SELECT ${MONTH_NUMBER} AS number,
      sum(corrected) FILTER (WHERE year = ${YEAR}) AS chosen,
      sum(corrected) FILTER (WHERE year = ${YEAR} - 1) AS before
    FROM reporting.savings WHERE year IN (${YEAR}, ${YEAR} - 1) AND ${HERE} AND ${and} GROUP BY 1)`;
}

/** Months that have yet to begin have no figure. */
const HAS_BEGUN = `make_date(${YEAR}, months.number, 1) <= ${TODAY}`;

export function savingsByMonth(and = 'true', span = 12): Builder<Panel> {
  return bars(
    {
      title: 'Besparing per maand',
      says: 'De besparing van de casussen van elke maand, naast dezelfde maand van het jaar ervoor.',
      basis: SAVINGS,
    },
    rows(
      `SELECT months.name AS "Maand",
         CASE WHEN ${HAS_BEGUN} THEN round(coalesce(chosen, 0), 2) END AS "Gekozen jaar",
         round(coalesce(before, 0), 2) AS "Jaar ervoor"
       FROM ${MONTHS}
       LEFT JOIN ${byMonth(and)} AS saved USING (number)
       ORDER BY months.number`,
    ),
    { unit: EUROS, names: 'Maand', span },
  );
}

/** What a running total is of, and what it is shown beside. */
interface Running {
  title?: string;
  /** Narrows the savings. */
  and?: string;
  /** The budgets that belong to them, as a relation with a condition. */
  budgets?: string;
}

/** The running total of the year, beside that of last year and the budget in twelve equal steps. */
export function runningTotal(running: Running = {}): TrendPanel {
  const { title = 'Opgeteld in het jaar', and = 'true', budgets = WHOLE_BUDGETS } = running;
  return overMonths(
    {
      title,
      says:
        'De besparing van januari tot en met elke maand (1 tot en met 12), naast het jaar ervoor en het ' +
        'budget in twaalf gelijke stappen.',
      basis: AGAINST_BUDGET,
    },
    rows(
      `SELECT months.number AS "Maand",
         CASE WHEN ${HAS_BEGUN} THEN round(sum(coalesce(chosen, 0)) OVER so_far, 2) END AS "Gekozen jaar",
         round(sum(coalesce(before, 0)) OVER so_far, 2) AS "Jaar ervoor",
         round((SELECT sum(amount) FROM ${budgets}) * months.number / 12, 2) AS "Budget tot en met"
       FROM ${MONTHS}
       LEFT JOIN ${byMonth(and)} AS saved USING (number)
       WINDOW so_far AS (ORDER BY months.number)
       ORDER BY months.number`,
    ),
    'Maand',
    { unit: EUROS },
  );
}

export function casesByMonth(and = 'true', span = 12): Builder<Panel> {
  return bars(
    {
      title: 'Casussen per maand',
      says: 'Geregistreerde en beoordeelde casussen van elke maand van het gekozen jaar.',
      basis: CASES,
    },
    rows(
      `SELECT months.name AS "Maand", coalesce(registered, 0) AS "Geregistreerd",
         coalesce(assessed, 0) AS "Beoordeeld"
       FROM ${MONTHS}
       LEFT JOIN (SELECT ${MONTH_NUMBER} AS number, sum(registered) AS registered, sum(assessed) AS assessed
         FROM reporting.cases WHERE year = ${YEAR} AND ${HERE} AND ${and}
           GROUP BY 1) AS handled USING (number)
       ORDER BY months.number`,
    ),
    { unit: COUNT, names: 'Maand', span },
  );
}
