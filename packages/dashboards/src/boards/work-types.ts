import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { AGAINST_BUDGET, SAVINGS } from '../basis.ts';
import { board } from '../board.ts';
import { caseTiles, savingsTile } from '../headline.ts';
import { casesByMonth, savingsByMonth } from '../months.ts';
import { bars } from '../panels/bars.ts';
import { columnsOf, table, textColumn } from '../panels/table.ts';
import { tile } from '../panels/tile.ts';
import { rows } from '../queries.ts';
import { HERE, NO_WORK_TYPE, OF_WORK_TYPES, YEAR } from '../sql/chosen.ts';
import { share } from '../sql/figures.ts';
import { CENTS, COUNT, EUROS, SHARE } from '../units.ts';
import { usualChoices, workType } from '../variables.ts';

const INTRODUCTION =
  '**Wat doet elke werksoort, en wat levert het op?**\n\n' +
  'Jongerenwerk, opbouwwerk, maatschappelijk werk: casussen, besparing en budget per werksoort. Een ' +
  'werksoort heeft alleen een budget als de gemeente dat zo heeft opgegeven.';

const NAME = `CASE WHEN work_type = '${NO_WORK_TYPE}' THEN 'zonder werksoort' ELSE work_type END`;

/** The sums of each work type in the years that `years` says; cases without one stand under NO_WORK_TYPE. */
function of(view: 'savings' | 'cases', sums: string, years = `year = ${YEAR}`): string {
  return `(SELECT coalesce(work_type, '${NO_WORK_TYPE}') AS work_type, ${sums}
         FROM reporting.${view}_by_year WHERE ${years} AND ${HERE} AND ${OF_WORK_TYPES} GROUP BY 1)`;
}

const HANDLED = of(
  'cases',
  'sum(registered) AS registered, sum(assessed) AS assessed, sum(represented) AS represented',
);
const SAVED = of(
  'savings',
  'sum(corrected) AS corrected, coalesce(sum(corrected) FILTER (WHERE municipal), 0) AS municipal',
);
const BUDGETS = `(SELECT coalesce(work_type, '${NO_WORK_TYPE}') AS work_type,
           sum(amount) AS amount, sum(fte) AS fte
         FROM reporting.budgets WHERE year = ${YEAR} AND work_type IS NOT NULL AND ${HERE}
           AND ${OF_WORK_TYPES} GROUP BY 1)`;

function perCase() {
  return tile(
    {
      title: 'Besparing per casus',
      says: 'De besparing gedeeld door de casussen waar de beoordeelde casussen voor staan.',
      basis: SAVINGS,
    },
    rows(
      `SELECT round(saved.corrected / nullif(handled.represented, 0), 2) AS "Besparing per casus"
       FROM (SELECT sum(corrected) AS corrected FROM reporting.savings_by_year
           WHERE year = ${YEAR} AND ${HERE} AND ${OF_WORK_TYPES}) AS saved,
         (SELECT sum(represented) AS represented FROM reporting.cases_by_year
           WHERE year = ${YEAR} AND ${HERE} AND ${OF_WORK_TYPES}) AS handled`,
      1,
    ),
    { unit: CENTS, span: 6 },
  );
}

function perWorkType() {
  return table(
    {
      title: 'Werksoorten',
      says:
        'Per werksoort de casussen, de besparing, en het budget en de fte van het hele jaar als die er ' +
        'zijn.',
      basis: AGAINST_BUDGET,
    },
    rows(
      `SELECT ${NAME} AS "Werksoort", coalesce(handled.registered, 0) AS "Casussen",
         ${share('handled.assessed', 'handled.registered')} AS "Beoordeeld",
           coalesce(handled.represented, 0) AS "Staan voor",
         round(coalesce(saved.corrected, 0), 2) AS "Besparing",
         round(coalesce(saved.municipal, 0), 2) AS "Voor de gemeente",
         round(saved.corrected / nullif(handled.represented, 0), 2) AS "Besparing per casus",
         round(given.amount, 2) AS "Jaarbudget", round(given.fte, 2) AS "Fte"
       FROM ${HANDLED} AS handled
       LEFT JOIN ${SAVED} AS saved USING (work_type)
       FULL JOIN ${BUDGETS} AS given USING (work_type)
       ORDER BY coalesce(saved.corrected, 0) DESC, work_type`,
    ),
    {
      columns: {
        Werksoort: textColumn(),
        ...columnsOf(COUNT, 'Casussen', 'Staan voor'),
        ...columnsOf(SHARE, 'Beoordeeld'),
        ...columnsOf(EUROS, 'Besparing', 'Voor de gemeente', 'Besparing per casus', 'Jaarbudget'),
        ...columnsOf({ unit: 'locale', decimals: 1 }, 'Fte'),
      },
    },
  );
}

function besideLastYear() {
  const sums = `sum(corrected) FILTER (WHERE year = ${YEAR}) AS chosen,
           sum(corrected) FILTER (WHERE year = ${YEAR} - 1) AS before`;
  return bars(
    {
      title: 'Besparing per werksoort',
      says: 'Elke werksoort in het gekozen jaar, naast het hele jaar ervoor.',
      basis: SAVINGS,
    },
    rows(
      `SELECT ${NAME} AS "Werksoort", round(coalesce(chosen, 0), 2) AS "Gekozen jaar",
         round(coalesce(before, 0), 2) AS "Heel jaar ervoor"
       FROM ${of('savings', sums, `year IN (${YEAR}, ${YEAR} - 1)`)} AS saved
       ORDER BY coalesce(chosen, 0) DESC`,
      30,
    ),
    { unit: EUROS, names: 'Werksoort', span: 24, lying: true },
  );
}

function perTheme() {
  return table(
    {
      title: "Werksoorten en thema's",
      says: "Aan welke thema's elke werksoort bijdraagt.",
      basis: SAVINGS,
    },
    rows(
      `SELECT coalesce(work_type, 'zonder werksoort') AS "Werksoort", organisation AS "Organisatie",
         theme AS "Thema", min(theme_name) AS "Naam", round(sum(corrected), 2) AS "Besparing",
         round(sum(corrected) FILTER (WHERE municipal), 2) AS "Voor de gemeente"
       FROM reporting.savings_by_year WHERE year = ${YEAR} AND ${HERE} AND ${OF_WORK_TYPES}
       GROUP BY work_type, organisation, theme ORDER BY work_type, organisation, theme`,
    ),
    {
      columns: {
        Werksoort: textColumn(),
        Organisatie: textColumn(),
        Thema: textColumn(80),
        Naam: textColumn(),
        ...columnsOf(EUROS, 'Besparing', 'Voor de gemeente'),
      },
    },
  );
}

/** What each kind of work does and brings in. */
export function workTypes(): Dashboard {
  const [savings, cases] = [savingsTile(OF_WORK_TYPES), caseTiles(OF_WORK_TYPES)];
  return board({
    name: 'werksoorten',
    title: 'Werksoorten',
    introduction: INTRODUCTION,
    variables: [...usualChoices().slice(0, 3), workType(), ...usualChoices().slice(3)],
    sections: [
      { title: 'Samenvatting', panels: [savings, perCase(), ...cases] },
      { title: 'Per werksoort', panels: [perWorkType(), besideLastYear()] },
      { title: 'Verloop', panels: [savingsByMonth(OF_WORK_TYPES), casesByMonth(OF_WORK_TYPES)] },
      { title: 'Per thema', panels: [perTheme()] },
    ],
  });
}
