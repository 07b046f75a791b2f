/** What places of growing size would need, reckoned from what was measured of the largest database. Pure. */
import { ratioText, whole } from '../bench/figure-text.ts';
import type { Table } from '../reports/report.ts';
import type { Point } from './measure-point.ts';

/** Assumed, on the high side: a new case a year for one in ten inhabitants, and three events a case. */
const CASES_A_YEAR = 0.1;
const EVENTS_A_CASE = 3;

/** Assumed: a year has 250 days of work, and a fifth of a day's events come in its busiest hour. */
const BUSIEST_HOUR_OF_YEAR = 0.2 / 250;
const SECONDS_AN_HOUR = 3_600;

const YEARS_KEPT = 10;
const MILLION = 1_000_000;

/** Inhabitants, rounded. */
const PLACES = [
  ['a village', 5_000],
  ['a town', 50_000],
  ['a large city', 900_000],
  ['the Netherlands', 18_000_000],
  ['the European Union', 450_000_000],
] as const;

/** @param largest the largest database that was measured */
export function capacityTable(largest: Point): Table {
  const { events, applied, tables, streamBytesAnEvent } = largest;
  const { eventsPerSecond } = applied;
  const bytesAnEvent = tables.reduce((sum, { bytes, indexBytes }) => sum + bytes + indexBytes, 0) / events;
  const titles = [
    'inhabitants',
    'events a year',
    'busiest hour, events/s',
    'of one calculator',
    'ten years, GB',
  ];
  const later = ['ten years applied again, hours', 'JetStream, GB'];
  return {
    id: 'growth-capacity',
    columns: [
      { title: 'for' },
      ...[...titles, ...later].map((title) => ({ title, align: 'right' }) as const),
    ],
    rows: PLACES.map(([name, inhabitants]) => {
      const aYear = inhabitants * CASES_A_YEAR * EVENTS_A_CASE;
      const busiest = (aYear * BUSIEST_HOUR_OF_YEAR) / SECONDS_AN_HOUR;
      const kept = YEARS_KEPT * aYear;
      return [
        ...[name, whole(inhabitants), whole(aYear), figure(busiest)],
        `${figure((100 * busiest) / eventsPerSecond)} %`,
        gigabytes(kept * bytesAnEvent),
        figure(kept / eventsPerSecond / SECONDS_AN_HOUR),
        gigabytes((aYear / 12) * streamBytesAnEvent),
      ];
    }),
    notes: [
      `- A million events cost ${ratioText(MILLION / eventsPerSecond / 60)} minutes of one calculator, ` +
        `${gigabytes(MILLION * bytesAnEvent)} GB in PostgreSQL and`,
      `  ${gigabytes(MILLION * streamBytesAnEvent)} GB in JetStream for 30 days, as measured with`,
      `  ${whole(largest.cases)} cases.`,
      '- Assumed: a new case a year for one in ten inhabitants, three events a case, 250 days of work a',
      "  year, and a fifth of a day's events in its busiest hour. JetStream: a month's.",
    ],
  };
}

function gigabytes(bytes: number): string {
  return figure(bytes / 1e9);
}

function figure(value: number): string {
  return value < 0.01 ? '< 0.01' : ratioText(value);
}
