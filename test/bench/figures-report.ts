/** The report of figures out. */
import type { Table } from '../reports/report.ts';
import { type Comparison, comparisonTable } from './comparison-table.ts';
import { mark, megabytes, milliseconds, whole } from './figure-text.ts';
import { FIGURES_QUESTIONS } from './figures-questions.ts';
import type { FiguresResult } from './figures-rounds.ts';
import type { PartReport } from './parts.ts';
import type { RecomputeTimes } from './raw/recompute-rounds.ts';

const right = { align: 'right' } as const;

/** @param requests of each question */
export function figuresReport(
  result: FiguresResult,
  requests: number,
  versions: PartReport['versions'],
): PartReport {
  return {
    name: 'bench-queries',
    title: `Figures over ${whole(result.cases)} cases`,
    versions,
    tables: [besideTable(result), timesTable(result, requests), sizeTable(result)],
    measured: result,
  };
}

const BESIDE: [keyof RecomputeTimes, Comparison['kind'], string][] = [
  ['memory', 'limit', 'the same bytes from memory, bare HTTP'],
  ['lines', 'peer', 'SQL over a row a line and year, valued beforehand'],
  ['jsonb', 'peer', 'SQL over the cases as JSON, valued at every look'],
];

function besideTable({ cases, recomputed }: FiguresResult): Table {
  const rows = Object.entries(recomputed.rounds).flatMap(([name, rounds]) =>
    BESIDE.map(([beside, kind, text], place): Comparison => {
      const values = rounds.map(({ portal }) => portal);
      const besideValues = rounds.map((times) => times[beside]);
      return { subject: place === 0 ? `**${name}**` : 'the same', values, kind, beside: text, besideValues };
    }),
  );
  return comparisonTable({
    id: 'bench-queries',
    unit: 'ms',
    rows,
    text: milliseconds,
    notes: [
      `Corrected savings of ${whole(cases)} cases, \`GET /v1/savings\` over HTTP, one request at a time; the`,
      'SQL on a connection of its own, without HTTP, with an index on municipality and date. Each is checked',
      "to give the portal's figure to the cent. SQL without price revisions, history, suppression or any of",
      "the portal's other members.",
    ],
  });
}

function timesTable({ cases, times }: FiguresResult, requests: number): Table {
  return {
    id: 'bench-queries-questions',
    columns: [
      { title: `ms at ${whole(cases)} cases` },
      ...['p50', 'p99', 'aim, p99'].map((title) => ({ title, ...right })),
      { title: '' },
    ],
    rows: FIGURES_QUESTIONS.map(({ name, aimMs }) => {
      const measured = times[name];
      if (typeof measured !== 'object') return [name, '–', '–', '', ''];
      const { p50, p99 } = measured;
      const aim = aimMs === undefined ? ['', ''] : [`< ${aimMs}`, mark(p99 < aimMs)];
      return [name, milliseconds(p50), milliseconds(p99), ...aim];
    }),
    notes: [
      'Of one municipality and year, drawn at random, unless the question says otherwise; the largest has a',
      `twentieth of all cases. ${requests} requests of each, one at a time (fewer where they take more than`,
      'a minute), until the whole answer is there. Invented cases of five years in 342 municipalities: a',
      'tenth corrected, one in fifty withdrawn, one price corrected at the end; checked to add up.',
    ],
  };
}

function sizeTable({ cases, databaseBytes, filledPerSecond, recomputed }: FiguresResult): Table {
  const { totals, lines, jsonb } = recomputed.bytes;
  return {
    id: 'bench-queries-size',
    columns: [{ title: `PostgreSQL at ${whole(cases)} cases` }, { title: 'MB', ...right }],
    rows: [
      ['everything that is kept', megabytes(databaseBytes)],
      ['of it running totals', megabytes(totals)],
      ['instead: a row a line and year', megabytes(lines)],
      ['instead: the cases as JSON', megabytes(jsonb)],
    ],
    notes: [`With indexes. Filled at ${whole(filledPerSecond)} cases a second.`],
  };
}
