/** The tiles at the top of each dashboard: up to when everything is in, and what is missing. */
import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { DELIVERED, MEASURED } from './basis.ts';
import { tile } from './panels/tile.ts';
import { now, rows } from './queries.ts';
import { HERE } from './sql/chosen.ts';
import { moment } from './sql/moment.ts';
import { COUNT, TEXT } from './units.ts';

/** A label of PromQL: within the chosen organisations. */
export const OF_CHOSEN_ORGANISATIONS = `organisation=~"\${organisatie:regex}"`;

/** Sources of the chosen organisations whose last deadline passed without a delivery. */
export const OVERDUE = `sum(effectstroom_delivery_overdue{${OF_CHOSEN_ORGANISATIONS}})`;

/** Events in quarantine, of the chosen programmes. */
export const QUARANTINED = `SELECT coalesce(sum(events), 0) AS "In quarantaine"
  FROM reporting.quarantine WHERE ${HERE}`;

export function howCurrent(): Builder<Panel>[] {
  return [
    tile(
      {
        title: 'Bekend tot',
        says: 'Alles wat tot dit moment is aangeleverd, is verwerkt in de cijfers van dit bord.',
        basis: DELIVERED,
      },
      rows(`SELECT ${moment('known_at')} AS "Bekend tot" FROM reporting.freshness`, 1),
      { unit: TEXT },
    ),
    tile(
      {
        title: 'In quarantaine',
        says:
          'Aangeleverde berichten die nog niet meetellen, bijvoorbeeld door een onbekend thema. Bij meer ' +
          'dan 0 zijn de cijfers niet volledig: zie het bord Datakwaliteit.',
        basis: DELIVERED,
      },
      rows(QUARANTINED, 1),
      { unit: COUNT, attention: { from: 1, fine: 'geen' } },
    ),
    tile(
      {
        title: 'Bronnen te laat',
        says:
          'Bronnen die volgens afspraak al hadden moeten leveren. Bij meer dan 0 zijn de cijfers niet ' +
          'volledig.',
        basis: MEASURED,
      },
      now(OVERDUE),
      { unit: COUNT, attention: { from: 1, fine: 'geen' } },
    ),
  ];
}
