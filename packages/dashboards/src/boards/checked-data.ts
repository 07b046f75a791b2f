/** Panels of Datakwaliteit: what was assessed, checked and closed. */
import { CASES, DELIVERED } from '../basis.ts';
import { bars } from '../panels/bars.ts';
import { columnsOf, table, textColumn } from '../panels/table.ts';
import { rows } from '../queries.ts';
import { HERE, IN_ORGANISATION, YEAR } from '../sql/chosen.ts';
import { MONTH_NUMBER, MONTHS, share } from '../sql/figures.ts';
import { moment } from '../sql/moment.ts';
import { CENTS, COUNT, SHARE } from '../units.ts';

export function assessedByMonth() {
  return bars(
    {
      title: 'Beoordeeld per maand',
      says:
        'Welk deel van de casussen van elke maand beoordeeld is. Een lage laatste maand is gewoon: ' +
        'beoordelen volgt later.',
      basis: CASES,
    },
    rows(
      `SELECT months.name AS "Maand", ${share('handled.assessed', 'handled.registered')} AS "Beoordeeld"
       FROM ${MONTHS}
       LEFT JOIN (SELECT ${MONTH_NUMBER} AS number, sum(registered) AS registered, sum(assessed) AS assessed
         FROM reporting.cases WHERE year = ${YEAR} AND ${HERE} GROUP BY 1) AS handled USING (number)
       ORDER BY months.number`,
    ),
    { unit: SHARE, names: 'Maand' },
  );
}

export function assessedByProgramme() {
  return table(
    {
      title: 'Beoordeeld per programma',
      says: 'Welk deel van de casussen beoordeeld is, en hoeveel er nog wachten.',
      basis: CASES,
    },
    rows(
      `SELECT municipality AS "Gemeente", organisation AS "Organisatie", programme AS "Programma",
         sum(registered) AS "Casussen", ${share('sum(assessed)', 'sum(registered)')} AS "Beoordeeld",
         sum(registered) - sum(assessed) AS "Wachten nog"
       FROM reporting.cases_by_year WHERE year = ${YEAR} AND ${HERE}
       GROUP BY municipality, organisation, programme
       ORDER BY sum(registered) - sum(assessed) DESC`,
    ),
    {
      span: 12,
      columns: {
        Gemeente: textColumn(90),
        Organisatie: textColumn(),
        Programma: textColumn(),
        ...columnsOf(COUNT, 'Casussen', 'Wachten nog'),
        ...columnsOf(SHARE, 'Beoordeeld'),
      },
    },
  );
}

export function checked() {
  return [
    table(
      {
        title: 'Controles',
        says: 'De laatste keren dat alles is nagerekend.',
        basis: DELIVERED,
      },
      rows(
        `SELECT ${moment('checked_at')} AS "Moment", cases AS "Casussen", faults AS "Fouten"
         FROM reporting.verifications ORDER BY checked_at DESC`,
        10,
      ),
      { span: 10, columns: { Moment: textColumn(150), ...columnsOf(COUNT, 'Casussen', 'Fouten') } },
    ),
    table(
      {
        title: 'Afgesloten perioden',
        says:
          'Perioden waarvan de cijfers zijn vastgelegd, zoals ze toen gerapporteerd zijn. Leeg als er nog ' +
          'geen is.',
        basis: 'Na correctie, cohort, alle kostenhouders. Zoals bekend op het moment van afsluiten.',
      },
      rows(
        `SELECT organisation AS "Organisatie", period AS "Periode", ${moment('closed_at')} AS "Afgesloten",
           round(corrected, 2) AS "Besparing", cases AS "Casussen"
         FROM reporting.closings WHERE ${IN_ORGANISATION}
         ORDER BY closed_at DESC`,
      ),
      {
        span: 14,
        columns: {
          Organisatie: textColumn(),
          Periode: textColumn(),
          Afgesloten: textColumn(150),
          ...columnsOf(CENTS, 'Besparing'),
          ...columnsOf(COUNT, 'Casussen'),
        },
      },
    ),
  ];
}
