import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { AGAINST_BUDGET, OUTLOOK } from '../basis.ts';
import { board } from '../board.ts';
import { caseTiles, savingsTile } from '../headline.ts';
import { casesByMonth, runningTotal, savingsByMonth } from '../months.ts';
import { bars } from '../panels/bars.ts';
import { columnsOf, table, textColumn } from '../panels/table.ts';
import { tile } from '../panels/tile.ts';
import { rows } from '../queries.ts';
import { HERE, OF_THEMES, TODAY, YEAR } from '../sql/chosen.ts';
import { saved, toDate } from '../sql/figures.ts';
import { COUNT, EUROS, RATIO } from '../units.ts';
import { theme, usualChoices } from '../variables.ts';
import { goals } from './goals.ts';

const INTRODUCTION =
  '**Welk thema en doel werkt, en waar lopen we achter?**\n\n' +
  'Elk thema naast zijn budget, met de besparing die aan het eind van het jaar verwacht wordt. "Achter" ' +
  "is: de besparing tot nu is kleiner dan het budget tot nu. Kies boven het bord een of meer thema's.";

/** The budgets of the chosen themes in the chosen year. */
const THEME_BUDGETS = `reporting.year_budgets WHERE year = ${YEAR} AND ${OF_THEMES} AND ${HERE}`;

/** Every chosen theme that has savings or a budget: both so far. Far quicker than the expected year end. */
const STANDS = `(SELECT theme, coalesce(saved.corrected, 0) AS saving, given.to_date AS budget
         FROM ${saved(['municipality', 'organisation', 'programme', 'theme'], { and: OF_THEMES })} AS saved
         FULL JOIN (SELECT municipality, organisation, programme, theme, ${toDate('amount')} AS to_date
           FROM ${THEME_BUDGETS}) AS given USING (municipality, organisation, programme, theme)) AS stands`;

/** The name of a theme, of those that have it; codes are the same everywhere in most municipalities. */
const NAMES = `(SELECT theme, min(name) AS name FROM reporting.themes WHERE ${HERE} GROUP BY theme) AS names`;

const OUTLOOK_ROWS = `reporting.outlook_on(${YEAR}, ${TODAY})
       WHERE theme IS NOT NULL AND ${OF_THEMES} AND ${HERE}`;

function budgetTiles() {
  const from = `FROM ${THEME_BUDGETS}`;
  return [
    tile(
      {
        title: 'Budget tot nu',
        says: "De budgetten van de gekozen thema's, naar de dagen van het jaar die voorbij zijn.",
        basis: AGAINST_BUDGET,
      },
      rows(`SELECT round(${toDate('sum(amount)')}, 2) AS "Budget tot nu" ${from}`, 1),
      { unit: EUROS },
    ),
    tile(
      {
        title: 'Jaarbudget',
        says: "De budgetten van de gekozen thema's voor het hele jaar.",
        basis: AGAINST_BUDGET,
      },
      rows(`SELECT round(sum(amount), 2) AS "Jaarbudget" ${from}`, 1),
      { unit: EUROS },
    ),
    tile(
      {
        title: "Thema's die achterlopen",
        says:
          "Het aantal thema's met een budget, waarvan de besparing tot nu kleiner is dan het budget tot " +
          'nu.',
        basis: AGAINST_BUDGET,
      },
      rows(`SELECT count(*) FILTER (WHERE saving < budget) AS "Achter" FROM ${STANDS}`, 1),
      { unit: COUNT, attention: { from: 1, fine: 'geen' } },
    ),
  ];
}

function onCourse() {
  return table(
    {
      title: "Thema's: budget, besparing en verwacht jaareinde",
      says: 'Per thema de besparing tot nu naast het budget, en wat er aan het jaareinde verwacht wordt.',
      basis: OUTLOOK,
    },
    rows(
      `SELECT municipality AS "Gemeente", organisation AS "Organisatie", theme AS "Thema",
        theme_name AS "Naam",
         round(to_date, 2) AS "Besparing tot nu", round(budget_to_date, 2) AS "Budget tot nu",
         CASE WHEN coalesce(to_date, 0) < budget_to_date THEN 'achter'
           WHEN budget_to_date IS NOT NULL THEN 'op koers' END AS "Stand",
         round(budget, 2) AS "Jaarbudget", round(expected_low, 2) AS "Verwacht, laag",
         round(expected, 2) AS "Verwacht", round(expected_high, 2) AS "Verwacht, hoog"
       FROM ${OUTLOOK_ROWS}
       ORDER BY municipality, organisation, theme`,
    ),
    {
      columns: {
        Gemeente: textColumn(100),
        Organisatie: textColumn(),
        Thema: textColumn(80),
        Naam: textColumn(),
        Stand: textColumn(90),
        ...columnsOf(EUROS, 'Besparing tot nu', 'Budget tot nu', 'Jaarbudget'),
        ...columnsOf(EUROS, 'Verwacht, laag', 'Verwacht', 'Verwacht, hoog'),
      },
    },
  );
}

function besideBudget() {
  return bars(
    {
      title: 'Besparing en budget tot nu',
      says: 'Per thema de besparing naast het budget van de dagen die voorbij zijn.',
      basis: AGAINST_BUDGET,
    },
    rows(
      `SELECT theme || ' ' || coalesce(min(names.name), '') AS "Thema",
        round(sum(saving), 2) AS "Besparing tot nu",
         round(sum(budget), 2) AS "Budget tot nu"
       FROM ${STANDS} LEFT JOIN ${NAMES} USING (theme)
       GROUP BY theme ORDER BY theme`,
      30,
    ),
    { unit: EUROS, names: 'Thema', span: 24, lying: true },
  );
}

/** The same panel for each chosen theme: Grafana repeats it, with one value of the variable in each. */
function eachTheme() {
  const title = `Opgeteld: thema \${thema:text}`;
  return runningTotal({ title, and: OF_THEMES, budgets: THEME_BUDGETS })
    .span(8)
    .repeat('thema')
    .repeatDirection('h')
    .maxPerRow(3);
}

function returns() {
  return bars(
    {
      title: 'Rendement tot nu per thema',
      says: "Hoeveel euro elke euro themabudget tot nu oplevert. Thema's zonder budget staan er niet bij.",
      basis: AGAINST_BUDGET,
    },
    rows(
      `SELECT theme || ' ' || coalesce(min(names.name), '') AS "Thema",
         round(sum(saving) / nullif(sum(budget), 0), 2) AS "Rendement"
       FROM ${STANDS} LEFT JOIN ${NAMES} USING (theme)
       WHERE budget > 0 GROUP BY theme ORDER BY theme`,
      30,
    ),
    { unit: RATIO, names: 'Thema', lying: true },
  );
}

/** Themes and goals against their budgets, and where they fall behind. */
export function themes(): Dashboard {
  return board({
    name: 'themas',
    title: "Thema's",
    introduction: INTRODUCTION,
    variables: [...usualChoices().slice(0, 3), theme(), ...usualChoices().slice(3)],
    sections: [
      {
        title: 'Samenvatting',
        panels: [savingsTile(OF_THEMES), ...budgetTiles(), ...caseTiles(OF_THEMES)],
      },
      { title: 'Op koers?', panels: [onCourse(), besideBudget()] },
      {
        title: 'Verloop',
        panels: [runningTotal({ and: OF_THEMES, budgets: THEME_BUDGETS }), savingsByMonth(OF_THEMES)],
      },
      { title: 'Beoordelen en rendement', panels: [casesByMonth(OF_THEMES), returns()] },
      { title: 'Doelen', panels: [goals()] },
      { title: 'Verloop per thema', panels: [eachTheme()] },
    ],
  });
}
