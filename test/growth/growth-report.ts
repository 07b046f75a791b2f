/** The report of growth: what each size costs, and how that compares with the smallest. Pure. */
import type { AnswerTimes } from '../bench/answer-times.ts';
import { mark, megabytes, milliseconds, ratioText, whole } from '../bench/figure-text.ts';
import { FIGURES_QUESTIONS } from '../bench/figures-questions.ts';
import type { Report, Table } from '../reports/report.ts';
import { capacityTable } from './capacity-table.ts';
import type { Point } from './measure-point.ts';

/** @param sizes by cases. @param places by municipalities, with the same number of cases. */
export function growthReport(
  sizes: readonly Point[],
  places: readonly Point[],
): Omit<Report, 'command' | 'seed'> {
  const bySize = [
    costTable('growth-size', sizes),
    diskTable(sizes),
    timesTable('growth-queries', sizes, casesOf),
    ...sizes.slice(-1).map(capacityTable),
  ];
  const byPlace = [costTable('growth-places', places), timesTable('growth-places-queries', places, placesOf)];
  return {
    name: 'growth',
    title: 'What more cases and more municipalities cost',
    versions: sizes[0]?.versions ?? places[0]?.versions ?? {},
    tables: [...(sizes.length > 0 ? bySize : []), ...(places.length > 0 ? byPlace : [])],
    measured: { sizes, places },
  };
}

const right = { align: 'right' } as const;
/** What grows less, beside the first of a series, counts as a straight line. */
const STRAIGHT_MAX = 1.5;

function costTable(id: string, points: readonly Point[]): Table {
  const titles = [
    'cases',
    'municipalities',
    'events',
    'filled, cases/s',
    'applied, events/s',
    'cost an event ÷ first',
  ];
  const memory = ['calculator, MB', 'portal, MB', 'exporter, MB', 'scrape, ms'];
  const first = points[0];
  const firstBytes = first === undefined ? Number.NaN : bytesOf(first) / first.events;
  return {
    id,
    columns: [...titles, ...memory, 'disk, MB', 'bytes an event'].map((title) => ({ title, ...right })),
    rows: points.map((point) => {
      const { cases, municipalities, events, filledPerSecond, applied, tables, scrapeMs } = point;
      const bytes = bytesOf(point);
      const cost = (first?.applied.eventsPerSecond ?? Number.NaN) / applied.eventsPerSecond;
      const bytesText =
        tables.length === 0 ? '–' : marked(whole(bytes / events), bytes / events / firstBytes);
      return [
        ...[cases, municipalities, events, filledPerSecond, applied.eventsPerSecond].map(whole),
        marked(ratioText(cost), cost),
        ...[applied.memoryBytes, point.portalBytes, point.exporterBytes].map(memoryText),
        ...[milliseconds(scrapeMs), megabytes(bytes), bytesText],
      ];
    }),
    notes: [
      '- Filled: five years of invented cases, written by COPY as a calculator would; a tenth corrected, one',
      '  in fifty withdrawn, one price corrected at the end. Every database is checked to add up, before and',
      '  after.',
      '- Applied: one calculator, from a cold start, on events half of which are new cases and half',
      '  revisions of cases drawn from all there are; the first fifth is not counted, unless so few are',
      '  taken at once.',
      `- ▲: more than ${STRAIGHT_MAX} times the first. Cases and indexes that outgrow PostgreSQL's memory`,
      '  are read from disk, an index over more rows is deeper, and a batch of more municipalities adds to',
      '  more totals.',
      '- Memory: the most each service used; the portal answered the questions of the table of questions,',
      '  the exporter one scrape.',
    ],
  };
}

function diskTable(sizes: readonly Point[]): Table {
  const names = [
    ...new Set(sizes.flatMap(({ tables }) => tables.slice(0, TABLES_SHOWN).map(({ table }) => table))),
  ];
  const perEvent = ({ tables, events }: Point, name: string) => {
    const size = tables.find(({ table }) => table === name);
    return size === undefined ? '–' : `${whole(size.bytes / events)} + ${whole(size.indexBytes / events)}`;
  };
  return {
    id: 'growth-disk',
    columns: [
      { title: 'bytes an event: rows + indexes' },
      ...sizes.map(({ cases }) => ({ title: `${whole(cases)} cases`, ...right })),
    ],
    rows: [
      ...names.map((name) => [`\`${name}\``, ...sizes.map((point) => perEvent(point, name))]),
      ['JetStream, kept 30 days', ...sizes.map(({ streamBytesAnEvent }) => whole(streamBytesAnEvent))],
    ],
    notes: ['- The tables that take most; totals grow with municipalities and months, not with cases.'],
  };
}

const TABLES_SHOWN = 5;

const casesOf = ({ cases }: Point) => `${whole(cases)} cases`;
const placesOf = ({ municipalities }: Point) =>
  municipalities === 1 ? '1 municipality' : `${municipalities} municipalities`;

function timesTable(id: string, points: readonly Point[], titleOf: (point: Point) => string): Table {
  return {
    id,
    columns: [
      { title: 'ms' },
      ...points.flatMap((point) => [
        { title: `${titleOf(point)}, p50`, ...right },
        { title: 'p99', ...right },
      ]),
      ...[{ title: 'p50, last ÷ first', ...right }, { title: 'aim, p99', ...right }, { title: '' }],
    ],
    rows: FIGURES_QUESTIONS.map(({ name, aimMs }) => {
      const times = points.map((point) => point.times[name]);
      const cells = times.flatMap((one) =>
        isMeasured(one)
          ? [marked(milliseconds(one.p50), one.p50 / firstOf(times)), milliseconds(one.p99)]
          : ['–', '–'],
      );
      const last = times.at(-1);
      const grown = isMeasured(last) ? ratioText(last.p50 / firstOf(times)) : '–';
      const worst = Math.max(...times.map((one) => (isMeasured(one) ? one.p99 : Number.POSITIVE_INFINITY)));
      return [
        name,
        ...cells,
        grown,
        ...(aimMs === undefined ? ['', ''] : [`< ${aimMs}`, mark(worst < aimMs)]),
      ];
    }),
    notes: [
      '- Over HTTP, one request at a time, 100 of each, fewer where they take more than half a minute',
      '  together. Of one municipality, drawn at random, and one year, unless it says so; the largest has a',
      '  twentieth of all cases of 342.',
      `- ▲: more than ${STRAIGHT_MAX} times the first. What is read from running totals grows with their`,
      '  rows, which are more where more of the months, themes and teams have a case; what is read from the',
      '  ledger, with the cases of that municipality and year; what is asked of everywhere, with the',
      '  municipalities. – : not answered in time.',
    ],
  };
}

function bytesOf({ tables }: Point): number {
  return tables.reduce((sum, { bytes, indexBytes }) => sum + bytes + indexBytes, 0);
}

/** ▲ where something has grown, beside the first, by more than a straight line may. */
function marked(text: string, timesTheFirst: number): string {
  return timesTheFirst > STRAIGHT_MAX ? `${text} ▲` : text;
}

/** Milliseconds of the first that was answered. */
function firstOf(times: readonly (AnswerTimes | string | undefined)[]): number {
  return times.find(isMeasured)?.p50 ?? Number.NaN;
}

function memoryText(bytes: number | undefined): string {
  return bytes === undefined ? '–' : megabytes(bytes);
}

function isMeasured(times: AnswerTimes | string | undefined): times is AnswerTimes {
  return typeof times === 'object';
}
