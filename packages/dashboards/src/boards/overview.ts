import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { AGAINST_BUDGET } from '../basis.ts';
import { board } from '../board.ts';
import { caseTiles, municipalSavingsTile, returnTiles, savingsTile } from '../headline.ts';
import { toMunicipality, toThemes } from '../links.ts';
import { casesByMonth, savingsByMonth } from '../months.ts';
import { columnsOf, table, textColumn } from '../panels/table.ts';
import { rows } from '../queries.ts';
import { budgeted, handled, type Key, returnOfRow, saved, share, wholeYearBefore } from '../sql/figures.ts';
import { COUNT, EUROS, RATIO, SHARE } from '../units.ts';
import { usualChoices } from '../variables.ts';

const INTRODUCTION =
  '**Alle gemeenten en organisaties in één beeld: wat levert het werk op, en voor wie?**\n\n' +
  'Kies boven het bord gemeente, organisatie, programma en jaar. Klik in de tabel op een gemeente of ' +
  'organisatie voor meer. Bij elk cijfer staat achter de **i** wat het zegt en op welke grondslag.';

/** Savings, return and cases by the key, also where there is only a budget, or only the year before. */
function figures(key: Key & ('municipality' | 'organisation'), first: string, join: string): string {
  return `SELECT ${first}, coalesce(handled.registered, 0) AS "Casussen",
      ${share('handled.assessed', 'handled.registered')} AS "Beoordeeld",
      round(coalesce(saved.corrected, 0), 2) AS "Besparing",
      round(coalesce(saved.municipal, 0), 2) AS "Voor de gemeente",
      round(given.to_date, 2) AS "Budget tot nu",
      ${returnOfRow('saved.corrected', 'given.to_date', 'handled.cost')} AS "Rendement",
      round(coalesce(before.corrected, 0), 2) AS "Heel jaar ervoor"
    FROM ${handled([key])} AS handled
    LEFT JOIN ${saved([key])} AS saved USING (${key})
    FULL JOIN ${budgeted([key])} AS given USING (${key})
    FULL JOIN ${wholeYearBefore([key])} AS before USING (${key})
    ${join}
    ORDER BY coalesce(saved.corrected, 0) DESC, ${key}`;
}

const COLUMNS = {
  ...columnsOf(EUROS, 'Besparing', 'Voor de gemeente', 'Budget tot nu', 'Heel jaar ervoor'),
  ...columnsOf(COUNT, 'Casussen'),
  ...columnsOf(SHARE, 'Beoordeeld'),
  ...columnsOf(RATIO, 'Rendement'),
};

const SAYS =
  'Besparing, rendement en casussen van het gekozen jaar, naast de besparing van het hele jaar ervoor. ' +
  'Dit jaar naast dezelfde dagen van vorig jaar staat op het bord Gemeente.';

/** All municipalities and organisations that the reader may see. */
export function overview(): Dashboard {
  return board({
    name: 'overzicht',
    title: 'Overzicht',
    introduction: INTRODUCTION,
    variables: usualChoices(),
    sections: [
      {
        title: 'Samenvatting',
        panels: [savingsTile(), municipalSavingsTile(), ...returnTiles(), ...caseTiles()],
      },
      { title: 'Verloop', panels: [savingsByMonth(), casesByMonth()] },
      {
        title: 'Per gemeente',
        panels: [
          table(
            { title: 'Gemeenten', says: SAYS, basis: AGAINST_BUDGET },
            rows(
              figures(
                'municipality',
                'names.name AS "Gemeente", municipality AS "Code"',
                'JOIN reporting.municipalities AS names ON names.code = municipality',
              ),
            ),
            { columns: { Gemeente: toMunicipality(), Code: textColumn(90), ...COLUMNS } },
          ),
        ],
      },
      {
        title: 'Per organisatie',
        panels: [
          table(
            { title: 'Organisaties', says: SAYS, basis: AGAINST_BUDGET },
            rows(figures('organisation', 'organisation AS "Organisatie"', '')),
            { columns: { Organisatie: toThemes(), ...COLUMNS } },
          ),
        ],
      },
    ],
  });
}
