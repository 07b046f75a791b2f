import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { BOTH_PURSES, OUTLOOK, SAVINGS } from '../basis.ts';
import { board } from '../board.ts';
import { caseTiles, municipalSavingsTile, returnTiles, savingsTile } from '../headline.ts';
import { toTheme, toThemes } from '../links.ts';
import { runningTotal, savingsByMonth } from '../months.ts';
import { bars } from '../panels/bars.ts';
import { columnsOf, table, textColumn } from '../panels/table.ts';
import { rows } from '../queries.ts';
import { HERE, TODAY, YEAR } from '../sql/chosen.ts';
import { handled, saved, share, yearBefore } from '../sql/figures.ts';
import { COUNT, EUROS, SHARE } from '../units.ts';
import { oneMunicipality, organisation, programme, year } from '../variables.ts';

const INTRODUCTION =
  '**Wat levert onze subsidie op, voor wiens portemonnee, en liggen we op koers?**\n\n' +
  'Eén gemeente, één jaar. De besparing is wat het werk aan kosten heeft voorkomen; rendement is ' +
  'besparing gedeeld door het budget tot nu. Klik op een organisatie of thema voor meer.';

const BEARERS = `(SELECT cost_bearer, bool_or(municipal) AS municipal, sum(corrected) AS corrected,
      sum(corrected) FILTER (WHERE recurrence = 'yearly') AS yearly
    FROM reporting.savings WHERE year = ${YEAR} AND ${HERE} GROUP BY cost_bearer)`;

const BEARER_NAMES = `(SELECT cost_bearer, min(name) AS name FROM reporting.cost_bearers
      WHERE ${HERE} GROUP BY cost_bearer)`;

function costBearers() {
  const text = { says: 'Wie de voorkomen kosten anders had betaald.', basis: BOTH_PURSES };
  return [
    bars(
      { title: 'Besparing per kostenhouder', ...text },
      rows(
        `SELECT coalesce(names.name, saved.cost_bearer) AS "Kostenhouder",
           round(saved.corrected, 2) AS "Besparing"
         FROM ${BEARERS} AS saved
         LEFT JOIN ${BEARER_NAMES} AS names USING (cost_bearer)
         ORDER BY saved.corrected DESC`,
        20,
      ),
      { unit: EUROS, names: 'Kostenhouder', lying: true },
    ),
    table(
      { title: 'Kostenhouders', ...text },
      rows(
        `SELECT coalesce(names.name, saved.cost_bearer) AS "Kostenhouder",
           CASE WHEN saved.municipal THEN 'ja' ELSE 'nee' END AS "Van de gemeente",
           round(saved.corrected, 2) AS "Besparing",
           ${share('saved.corrected', 'sum(saved.corrected) OVER ()')} AS "Deel",
           round(coalesce(saved.yearly, 0), 2) AS "Waarvan jaarlijks"
         FROM ${BEARERS} AS saved
         LEFT JOIN ${BEARER_NAMES} AS names USING (cost_bearer)
         ORDER BY saved.corrected DESC`,
      ),
      {
        span: 12,
        columns: {
          Kostenhouder: textColumn(),
          'Van de gemeente': textColumn(130),
          ...columnsOf(EUROS, 'Besparing', 'Waarvan jaarlijks'),
          ...columnsOf(SHARE, 'Deel'),
        },
      },
    ),
  ];
}

function yearEnds() {
  return table(
    {
      title: 'Budget en verwacht jaareinde per programma',
      says:
        'De besparing tot nu, het budget tot nu en van het hele jaar, en de besparing die aan het eind ' +
        'van het jaar verwacht wordt.',
      basis: OUTLOOK,
    },
    rows(
      `SELECT organisation AS "Organisatie", programme AS "Programma",
         round(to_date, 2) AS "Besparing tot nu", round(budget_to_date, 2) AS "Budget tot nu",
         round(budget, 2) AS "Jaarbudget", round(expected_low, 2) AS "Verwacht, laag",
         round(expected, 2) AS "Verwacht", round(expected_high, 2) AS "Verwacht, hoog"
       FROM reporting.outlook_on(${YEAR}, ${TODAY})
       WHERE theme IS NULL AND ${HERE}
       ORDER BY organisation, programme`,
    ),
    {
      height: 7,
      columns: {
        Organisatie: toThemes(),
        Programma: textColumn(),
        ...columnsOf(EUROS, 'Besparing tot nu', 'Budget tot nu', 'Jaarbudget'),
        ...columnsOf(EUROS, 'Verwacht, laag', 'Verwacht', 'Verwacht, hoog'),
      },
    },
  );
}

function againstLastYear() {
  const keys = ['municipality', 'organisation', 'programme', 'theme'] as const;
  const using = `USING (${keys.join(', ')})`;
  return table(
    {
      title: "Thema's, dit jaar en het jaar ervoor",
      says:
        'Elk thema naast het jaar ervoor, tot dezelfde dag als het gekozen jaar nog bezig is. Waarom het ' +
        'verschilt, staat op het bord Periodevergelijking.',
      basis: SAVINGS,
    },
    rows(
      `SELECT organisation AS "Organisatie", theme AS "Thema", names.name AS "Naam",
         coalesce(handled.registered, 0) AS "Casussen",
         ${share('handled.assessed', 'handled.registered')} AS "Beoordeeld",
         round(coalesce(saved.corrected, 0), 2) AS "Besparing",
         round(coalesce(before.corrected, 0), 2) AS "Jaar ervoor",
         round(coalesce(saved.corrected, 0) - coalesce(before.corrected, 0), 2) AS "Verschil"
       FROM ${handled(keys)} AS handled
       LEFT JOIN ${saved(keys)} AS saved ${using}
       FULL JOIN ${yearBefore(keys)} AS before ${using}
       LEFT JOIN reporting.themes AS names ${using}
       ORDER BY organisation, theme`,
    ),
    {
      columns: {
        Organisatie: textColumn(),
        Thema: toTheme(),
        Naam: textColumn(),
        ...columnsOf(COUNT, 'Casussen'),
        ...columnsOf(SHARE, 'Beoordeeld'),
        ...columnsOf(EUROS, 'Besparing', 'Jaar ervoor', 'Verschil'),
      },
    },
  );
}

/** One municipality in one year: savings, return, pace, both purses, cost bearers, against last year. */
export function municipality(): Dashboard {
  return board({
    name: 'gemeente',
    title: 'Gemeente',
    introduction: INTRODUCTION,
    variables: [oneMunicipality(), organisation(), programme(), year()],
    sections: [
      {
        title: 'Samenvatting',
        panels: [savingsTile(), municipalSavingsTile(), ...returnTiles(), ...caseTiles()],
      },
      { title: 'Op koers?', panels: [runningTotal(), savingsByMonth(), yearEnds()] },
      { title: 'Voor wie?', panels: costBearers() },
      { title: 'Dit jaar en het jaar ervoor', panels: [againstLastYear()] },
    ],
  });
}
