/** The report of the board's cost. */
import type { Table } from '../reports/report.ts';
import type { FirstView } from './board-first-view.ts';
import type { OverviewTimes } from './board-overview.ts';
import type { PageTimes } from './board-pages.ts';
import type { PanelTimes } from './board-panels.ts';
import { type Comparison, comparisonTable } from './comparison-table.ts';
import { mark, milliseconds, whole } from './figure-text.ts';
import type { PartReport } from './parts.ts';
import { spreadOf } from './statistics.ts';

export interface MeasuredBoard {
  firstView: FirstView;
  /** Pages over the three municipalities of the people stack. */
  pages: readonly PageTimes[];
  /** Over a filled database. */
  filled: {
    cases: number;
    pages: readonly PageTimes[];
    panels: readonly PanelTimes[];
    overview: Record<'turns' | 'largest', OverviewTimes>;
  };
}

const AIMS = { scriptBytes: 150_000, usableMs: 1_000, panelMs: 250 };
/** Panels that are shown one by one: the slowest. */
const PANELS_SHOWN = 12;
const right = { align: 'right' } as const;

export function boardReport(measured: MeasuredBoard, versions: PartReport['versions']): PartReport {
  const { firstView, pages, filled } = measured;
  return {
    name: 'bench-board',
    title: 'What the board costs',
    versions,
    tables: [besideTable(measured), bytesTable(firstView), pagesTable(pages, filled), panelsTable(filled)],
    measured,
  };
}

function besideTable({ firstView, filled }: MeasuredBoard): Table {
  const { turns, largest } = filled.overview;
  const usable = spreadOf(firstView.board).median;
  const overview = (subject: string, { board, memory, sql }: OverviewTimes): Comparison[] => [
    {
      ...{ subject: `**${subject}**`, values: board, kind: 'limit' },
      ...{ beside: 'the same bytes from memory', besideValues: memory },
    },
    {
      ...{ subject: 'the same', values: board, kind: 'peer' },
      ...{
        beside: 'only its savings by theme of two years, with SQL over the cases as JSON',
        besideValues: sql,
      },
    },
  ];
  return comparisonTable({
    id: 'bench-board',
    unit: 'ms',
    text: milliseconds,
    rows: [
      {
        ...{ subject: '**first view, until usable**', values: firstView.board, kind: 'limit' },
        ...{ beside: 'the same bytes from memory, bare HTTP', besideValues: firstView.replay },
      },
      ...overview(`overview of a municipality, ${whole(filled.cases)} cases`, turns),
      ...overview('overview of the largest municipality', largest),
    ],
    notes: [
      'First view: `/` in headless Chromium with nothing cached, signed in; usable once it is painted, its',
      `scripts have run and no piece of work of 50 ms or more follows; the aim of ${whole(AIMS.usableMs)}`,
      `ms: ${mark(usable < AIMS.usableMs)}. Overview: the page as the portal sends it, one request at a`,
      'time.',
    ],
  });
}

function bytesTable({ bytes }: FirstView): Table {
  const sent = Object.values(bytes).reduce((sum, kind) => sum + kind.sent, 0);
  const aim = [`< ${whole(AIMS.scriptBytes)}`, mark(bytes.script.sent < AIMS.scriptBytes)];
  return {
    id: 'bench-board-bytes',
    columns: [
      { title: 'first view, compressed bytes' },
      ...['', 'aim'].map((title) => ({ title, ...right })),
      { title: '' },
    ],
    rows: [
      ['script', whole(bytes.script.sent), ...aim],
      ['page', whole(bytes.page.sent), '', ''],
      ['everything', whole(sent), '', ''],
    ],
    notes: [],
  };
}

function pagesTable(pages: readonly PageTimes[], { cases, pages: large }: MeasuredBoard['filled']): Table {
  const titles = ['kB sent', 'p50', 'p99', `p50 at ${whole(cases)} cases`, 'p99'];
  return {
    id: 'bench-board-pages',
    columns: [{ title: 'page, ms of the portal' }, ...titles.map((title) => ({ title, ...right }))],
    rows: pages.map(({ path, bytes, p50, p99 }) => {
      const same = large.find((page) => page.path === path);
      const atLarge = same === undefined ? ['', ''] : [milliseconds(same.p50), milliseconds(same.p99)];
      return [`\`${path}\``, (bytes / 1_000).toFixed(1), milliseconds(p50), milliseconds(p99), ...atLarge];
    }),
    notes: [
      'One at a time, the first not counted; time until the whole answer is there. First of three',
      'municipalities, then of all in turns.',
    ],
  };
}

function panelsTable({ cases, panels }: MeasuredBoard['filled']): Table {
  const slowest = panels.toSorted((one, other) => other.p99 - one.p99);
  const missed = slowest.filter(({ p99 }) => p99 >= AIMS.panelMs).length;
  return {
    id: 'bench-board-panels',
    columns: [
      { title: `panel query, ms at ${whole(cases)} cases` },
      ...['p50', 'p99'].map((title) => ({ title, ...right })),
      { title: `aim < ${AIMS.panelMs}` },
      { title: 'all municipalities, p50', ...right },
    ],
    rows: [
      ...slowest
        .slice(0, PANELS_SHOWN)
        .map(({ panel, p50, p99, everywhere }) => [
          ...[
            panel,
            milliseconds(p50),
            milliseconds(p99),
            mark(p99 < AIMS.panelMs),
            milliseconds(everywhere),
          ],
        ]),
      [
        `all ${panels.length}, ${panels.length - missed} within the aim: middle, highest, highest`,
        milliseconds(spreadOf(panels.map(({ p50 }) => p50)).median),
        milliseconds(slowest[0]?.p99 ?? Number.NaN),
        mark(missed === 0),
        milliseconds(spreadOf(panels.map(({ everywhere }) => everywhere)).max),
      ],
    ],
    notes: [
      'Panels of the largest municipality and 19 drawn at random, as the reporting role, without Grafana,',
      'which ends them after 15 seconds. Cases: invented, of five years in 342 municipalities; the largest',
      'has a twentieth.',
    ],
  };
}
