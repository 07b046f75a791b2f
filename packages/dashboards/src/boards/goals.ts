import { SAVINGS } from '../basis.ts';
import { columnsOf, table, textColumn } from '../panels/table.ts';
import { rows } from '../queries.ts';
import { OF_THEMES } from '../sql/chosen.ts';
import { handled, type Key, saved, share } from '../sql/figures.ts';
import { COUNT, EUROS, SHARE } from '../units.ts';

/** The goals of the chosen themes, each with its cases and savings. */
export function goals() {
  const keys: Key[] = ['municipality', 'organisation', 'programme', 'theme', 'goal'];
  return table(
    {
      title: 'Doelen',
      says: 'Per doel de casussen, wat ervan beoordeeld is, de besparing en de besparing per casus.',
      basis: SAVINGS,
    },
    rows(
      `SELECT municipality AS "Gemeente", organisation AS "Organisatie",
         theme AS "Thema", CASE goal WHEN '' THEN 'geen doel' ELSE goal END AS "Doel", names.name AS "Naam",
         handled.registered AS "Casussen", ${share('handled.assessed', 'handled.registered')} AS "Beoordeeld",
         handled.represented AS "Staan voor", round(coalesce(saved.corrected, 0), 2) AS "Besparing",
         round(saved.corrected / nullif(handled.represented, 0), 2) AS "Besparing per casus"
       FROM ${handled(keys, { and: OF_THEMES })} AS handled
       LEFT JOIN ${saved(keys, { and: OF_THEMES })} AS saved USING (${keys.join(', ')})
       LEFT JOIN reporting.goals AS names USING (${keys.join(', ')})
       ORDER BY municipality, organisation, theme, goal`,
    ),
    {
      height: 12,
      columns: {
        Gemeente: textColumn(100),
        Organisatie: textColumn(),
        Thema: textColumn(80),
        Doel: textColumn(90),
        Naam: textColumn(),
        ...columnsOf(COUNT, 'Casussen', 'Staan voor'),
        ...columnsOf(SHARE, 'Beoordeeld'),
        ...columnsOf(EUROS, 'Besparing', 'Besparing per casus'),
      },
    },
  );
}
