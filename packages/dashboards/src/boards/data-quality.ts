import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { DELIVERED, MEASURED } from '../basis.ts';
import { board } from '../board.ts';
import { caseTiles } from '../headline.ts';
import { OF_CHOSEN_ORGANISATIONS, OVERDUE, QUARANTINED } from '../how-current.ts';
import { columnsOf, table, textColumn } from '../panels/table.ts';
import { tile } from '../panels/tile.ts';
import { quarantineReasons } from '../quarantine-reasons.ts';
import { now, rows } from '../queries.ts';
import { HERE, IN_ORGANISATION, YEAR } from '../sql/chosen.ts';
import { share } from '../sql/figures.ts';
import { moment } from '../sql/moment.ts';
import { COUNT, DAYS, HOURS, SHARE } from '../units.ts';
import { usualChoices } from '../variables.ts';
import { assessedByMonth, assessedByProgramme, checked } from './checked-data.ts';

const INTRODUCTION =
  '**Kunnen we de cijfers vertrouwen: is alles binnen, en telt alles mee?**\n\n' +
  'Wie nog niet heeft geleverd, wat in quarantaine staat, welk deel beoordeeld is en hoe oud het nieuwste ' +
  'bericht is. Staat alles op groen, dan zijn de cijfers op de andere borden volledig.';

const ORGANISATIONS = `{${OF_CHOSEN_ORGANISATIONS}}`;

function tiles() {
  return [
    tile(
      {
        title: 'Nieuwste bericht',
        says: 'Hoe lang geleden het nieuwste bericht van een bron binnenkwam.',
        basis: DELIVERED,
      },
      rows(
        `SELECT floor(extract(epoch FROM now() - newest_event_at) / 3600) AS "Uren geleden"
         FROM reporting.freshness`,
        1,
      ),
      { unit: HOURS, attention: { from: 48, fine: 'minder dan een uur' } },
    ),
    tile(
      {
        title: 'Bronnen te laat',
        says: 'Bronnen die volgens afspraak al hadden moeten leveren.',
        basis: MEASURED,
      },
      now(OVERDUE),
      { unit: COUNT, attention: { from: 1, fine: 'geen' } },
    ),
    tile(
      {
        title: 'In quarantaine',
        says:
          'Berichten die nog niet meetellen. Ze worden vanzelf opnieuw geprobeerd als instellingen ' +
          'wijzigen.',
        basis: DELIVERED,
      },
      rows(QUARANTINED, 1),
      { unit: COUNT, attention: { from: 1, fine: 'geen' } },
    ),
    ...caseTiles().slice(1),
    tile(
      {
        title: 'Fouten bij de controle',
        says:
          'Elke nacht wordt nagerekend of grootboek, totalen en berichten gelijk zijn. Meer dan 0 mag ' +
          'nooit.',
        basis: DELIVERED,
      },
      rows(`SELECT faults AS "Fouten" FROM reporting.verifications ORDER BY checked_at DESC`, 1),
      { unit: COUNT, attention: { from: 1, fine: 'geen' } },
    ),
    tile(
      {
        title: 'Geweigerd, 90 dagen',
        says: 'Berichten en rijen die bij het aanleveren zijn geweigerd. De bron kreeg de reden terug.',
        basis: MEASURED,
      },
      now(`sum(effectstroom_delivery_refused${ORGANISATIONS})`),
      { unit: COUNT, attention: { from: 1, fine: 'geen' } },
    ),
  ];
}

function sources() {
  return table(
    {
      title: 'Bronnen',
      says: 'Elke bron, wat is afgesproken, en wanneer er voor het laatst iets kwam.',
      basis: DELIVERED,
    },
    rows(
      `SELECT known.organisation AS "Organisatie", coalesce(known.name, 'geen afspraak') AS "Naam",
         CASE known.rhythm WHEN 'daily' THEN 'elke dag' WHEN 'weekly' THEN 'elke week'
           WHEN 'monthly' THEN 'elke maand' WHEN 'quarterly' THEN 'elk kwartaal' WHEN 'yearly' THEN 'elk jaar'
             ELSE known.rhythm END AS "Afspraak",
         ${moment('known.last_known_at')} AS "Laatst geleverd",
         floor(extract(epoch FROM now() - known.last_known_at) / 86400) AS "Dagen geleden",
         coalesce(told.registered, 0) AS "Casussen dit jaar",
         ${share('told.assessed', 'told.registered')} AS "Beoordeeld", known.source AS "Bron"
       FROM reporting.sources AS known
       LEFT JOIN (SELECT organisation, source, sum(registered) AS registered, sum(assessed) AS assessed
         FROM reporting.deliveries WHERE year = ${YEAR} GROUP BY organisation, source
       ) AS told USING (organisation, source)
       WHERE ${IN_ORGANISATION}
       ORDER BY known.organisation, known.last_known_at NULLS FIRST`,
    ),
    {
      columns: {
        Organisatie: textColumn(),
        Naam: textColumn(),
        Afspraak: textColumn(110),
        'Laatst geleverd': textColumn(140),
        ...columnsOf(DAYS, 'Dagen geleden'),
        ...columnsOf(COUNT, 'Casussen dit jaar'),
        ...columnsOf(SHARE, 'Beoordeeld'),
        Bron: textColumn(),
      },
    },
  );
}

function overdue() {
  return table(
    {
      title: 'Te laat of op tijd',
      says: 'Elke bron met een afspraak: is de laatste termijn gehaald?',
      basis: MEASURED,
    },
    now(`sort_desc(effectstroom_delivery_overdue${ORGANISATIONS})`, 'table'),
    {
      span: 12,
      columns: {
        Organisatie: textColumn(),
        Bron: textColumn(),
        Stand: { unit: COUNT, width: 100, words: { '0': 'op tijd', '1': 'te laat' } },
      },
      transformations: [
        {
          id: 'organize',
          options: {
            excludeByName: { Time: true, __name__: true, instance: true, job: true },
            renameByName: { organisation: 'Organisatie', source: 'Bron', Value: 'Stand' },
          },
        },
      ],
    },
  );
}

function quarantined() {
  return table(
    {
      title: 'Waarom in quarantaine',
      says: 'Wat niet meetelt, waarom, en wat eraan te doen is.',
      basis: DELIVERED,
    },
    rows(
      `SELECT municipality AS "Gemeente", organisation AS "Organisatie", programme AS "Programma",
         ${quarantineReasons('reason')} AS "Reden", events AS "Aantal",
           ${moment('oldest_known_at')} AS "Oudste"
       FROM reporting.quarantine WHERE ${HERE}
       ORDER BY events DESC`,
    ),
    {
      span: 12,
      columns: {
        Gemeente: textColumn(90),
        Organisatie: textColumn(),
        Programma: textColumn(),
        Reden: textColumn(320),
        ...columnsOf(COUNT, 'Aantal'),
        Oudste: textColumn(140),
      },
    },
  );
}

/** Whether everything is in and counts: deliveries, quarantine, assessments, checks. */
export function dataQuality(): Dashboard {
  return board({
    name: 'datakwaliteit',
    title: 'Datakwaliteit',
    introduction: INTRODUCTION,
    variables: usualChoices(),
    isAboutData: true,
    sections: [
      { title: 'Samenvatting', panels: tiles() },
      { title: 'Wie heeft geleverd?', panels: [sources(), overdue(), quarantined()] },
      { title: 'Wat is beoordeeld?', panels: [assessedByMonth(), assessedByProgramme()] },
      { title: 'Wat is gecontroleerd en vastgelegd?', panels: checked() },
    ],
  });
}
