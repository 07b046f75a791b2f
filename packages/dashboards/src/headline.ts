/** The tiles of a year that several dashboards begin with. */
import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { AGAINST_BUDGET, CASES, OF_MUNICIPALITY, SAVINGS } from './basis.ts';
import { tile } from './panels/tile.ts';
import { type Query, rows } from './queries.ts';
import { HERE, YEAR } from './sql/chosen.ts';
import { ratio, share, toDate, WHOLE_BUDGETS } from './sql/figures.ts';
import { COUNT, EUROS, RATIO, SHARE } from './units.ts';

/** Corrected savings of the chosen year; `and` narrows them. */
export function savingsTile(and = 'true'): Builder<Panel> {
  return tile(
    {
      title: 'Besparing na correctie',
      says: 'Wat het werk van het gekozen jaar aan kosten heeft voorkomen, voor iedereen samen.',
      basis: SAVINGS,
    },
    rows(
      `SELECT round(coalesce(sum(corrected), 0), 2) AS "Besparing na correctie" FROM reporting.savings_by_year
       WHERE year = ${YEAR} AND ${HERE} AND ${and}`,
      1,
    ),
    { unit: EUROS },
  );
}

export function municipalSavingsTile(): Builder<Panel> {
  return tile(
    {
      title: 'Waarvan voor de gemeente',
      says: 'Het deel van de besparing dat de gemeente zelf had moeten betalen.',
      basis: OF_MUNICIPALITY,
    },
    rows(
      `SELECT round(coalesce(sum(corrected) FILTER (WHERE municipal), 0), 2) AS "Voor de gemeente"
       FROM reporting.savings_by_year WHERE year = ${YEAR} AND ${HERE}`,
      1,
    ),
    { unit: EUROS },
  );
}

function returnOf(purse: 'corrected' | 'municipal'): Query {
  return rows(
    `SELECT ${ratio(`saved.${purse}`, 'given.to_date', 'spent.cost')} AS "Rendement"
     FROM (SELECT coalesce(sum(corrected), 0) AS corrected,
       coalesce(sum(corrected) FILTER (WHERE municipal), 0) AS municipal
         FROM reporting.savings_by_year WHERE year = ${YEAR} AND ${HERE}) AS saved,
       (SELECT ${toDate('sum(amount)')} AS to_date FROM ${WHOLE_BUDGETS}) AS given,
       (SELECT sum(cost) AS cost FROM reporting.cases_by_year WHERE year = ${YEAR} AND ${HERE}) AS spent`,
    1,
  );
}

/** What one euro of budget brings in, for everybody and for the municipality. */
export function returnTiles(): Builder<Panel>[] {
  return [
    tile(
      {
        title: 'Rendement, maatschappij',
        says:
          'Hoeveel euro elke euro budget oplevert, voor alle kostenhouders samen. 2,00 is: elke euro ' +
          'levert 2 euro op.',
        basis: AGAINST_BUDGET,
      },
      returnOf('corrected'),
      { unit: RATIO },
    ),
    tile(
      {
        title: 'Rendement, gemeente',
        says: 'Hoeveel euro elke euro budget oplevert voor de gemeente zelf.',
        basis: `${AGAINST_BUDGET} Hier tellen alleen de kostenhouders van de gemeente.`,
      },
      returnOf('municipal'),
      { unit: RATIO },
    ),
  ];
}

/** How many cases, and what share of them has been assessed; `and` narrows them. */
export function caseTiles(and = 'true'): Builder<Panel>[] {
  const from = `FROM reporting.cases_by_year WHERE year = ${YEAR} AND ${HERE} AND ${and}`;
  return [
    tile(
      {
        title: 'Casussen',
        says: 'Geregistreerde casussen, ook als ze nog niet beoordeeld zijn.',
        basis: CASES,
      },
      rows(`SELECT coalesce(sum(registered), 0) AS "Casussen" ${from}`, 1),
      { unit: COUNT },
    ),
    tile(
      {
        title: 'Beoordeeld',
        says: 'Het deel van de casussen dat beoordeeld is. Andere casussen tellen nog geen euro mee.',
        basis: CASES,
      },
      rows(`SELECT ${share('sum(assessed)', 'sum(registered)')} AS "Beoordeeld" ${from}`, 1),
      { unit: SHARE },
    ),
  ];
}
