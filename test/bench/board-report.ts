/** The report of the board's cost, as Markdown. */
import type { FirstView } from './board-first-view.ts';
import type { PageTimes } from './board-pages.ts';
import type { PanelTimes } from './board-panels.ts';
import type { Machine } from './machine.ts';
import { spreadOf } from './statistics.ts';

export interface MeasuredBoard {
  measuredAt: string;
  machine: Machine;
  firstView: FirstView;
  /** Pages over the three municipalities of the people stack. */
  pages: readonly PageTimes[];
  /** Pages and panels over a filled database; absent where that was left out. */
  filled?: { cases: number; pages: readonly PageTimes[]; panels: readonly PanelTimes[] };
}

const AIMS = { scriptBytes: 150_000, usableMs: 1_000, panelMs: 250 };
/** Panels that are shown one by one: the slowest. */
const PANELS_SHOWN = 12;

/** The whole report. */
export function boardMarkdownOf({ measuredAt, machine, firstView, pages, filled }: MeasuredBoard): string {
  return `${[
    ...firstViewTable(firstView),
    '',
    ...pagesTable(pages, filled),
    ...(filled === undefined ? [] : ['', ...panelsTable(filled)]),
    '',
    '- First view: `/` in headless Chromium with nothing cached, signed in; usable once it is painted, its scripts have run and no piece of work of 50 ms or more follows. The limit: the same bytes from the memory of a bare HTTP server.',
    '- Pages and panels: one at a time, the first not counted; time until the whole answer is there.',
    ...(filled === undefined
      ? []
      : [
          `- At ${thousands(filled.cases)} cases: invented, of five years in 342 municipalities; pages of municipalities in turns; panels of the largest, with a twentieth of all cases, and 19 drawn at random. Panels run as the reporting role, without Grafana, which ends them after 15 seconds.`,
        ]),
    '',
    `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGb} GB, ${machine.system}; Node ${machine.node}; ${measuredAt.slice(0, 10)}. Load of the machine before it started: ${machine.load.toFixed(1)}.`,
  ].join('\n')}\n`;
}

function firstViewTable({ board, replay, bytes }: FirstView): string[] {
  const usable = spreadOf(board);
  const limit = spreadOf(replay);
  const ratio = usable.median / limit.median;
  const sent = Object.values(bytes).reduce((sum, kind) => sum + kind.sent, 0);
  return [
    '| first view | | limit in the same run | ratio | aim | |',
    '| --- | ---: | ---: | ---: | ---: | --- |',
    row([
      ...['ms until usable', `**${whole(usable.median)}** (${whole(usable.min)}–${whole(usable.max)})`],
      ...[`${whole(limit.median)} (${whole(limit.min)}–${whole(limit.max)})`, ratio.toFixed(2)],
      ...[`< ${thousands(AIMS.usableMs)}`, mark(usable.median < AIMS.usableMs)],
    ]),
    row([
      ...['script, compressed bytes', `**${thousands(bytes.script.sent)}**`, '', ''],
      ...[`< ${thousands(AIMS.scriptBytes)}`, mark(bytes.script.sent < AIMS.scriptBytes)],
    ]),
    row(['page, compressed bytes', thousands(bytes.page.sent), '', '', '', '']),
    row(['everything, compressed bytes', thousands(sent), '', '', '', '']),
  ];
}

function pagesTable(pages: readonly PageTimes[], filled: MeasuredBoard['filled']): string[] {
  const at = filled === undefined ? [] : [`p50 at ${thousands(filled.cases)} cases`, 'p99'];
  return [
    row(['page, ms of the portal', 'kB sent', 'p50', 'p99', ...at]),
    row(['---', '---:', '---:', '---:', ...at.map(() => '---:')]),
    ...pages.map(({ path, bytes, p50, p99 }) => {
      const large = filled?.pages.find((page) => page.path === path);
      const more = filled === undefined ? [] : [times(large?.p50), times(large?.p99)];
      return row([`\`${path}\``, (bytes / 1_000).toFixed(1), times(p50), times(p99), ...more]);
    }),
  ];
}

function panelsTable({ cases, panels }: NonNullable<MeasuredBoard['filled']>): string[] {
  const slowest = panels.toSorted((one, other) => other.p99 - one.p99);
  const missed = slowest.filter(({ p99 }) => p99 >= AIMS.panelMs).length;
  return [
    `| panel query, ms at ${thousands(cases)} cases | p50 | p99 | aim < ${AIMS.panelMs} | all municipalities, p50 |`,
    '| --- | ---: | ---: | --- | ---: |',
    ...slowest
      .slice(0, PANELS_SHOWN)
      .map(({ panel, p50, p99, everywhere }) =>
        row([panel, times(p50), times(p99), mark(p99 < AIMS.panelMs), times(everywhere)]),
      ),
    row([
      `all ${panels.length}, ${panels.length - missed} within the aim: middle, highest, highest`,
      times(spreadOf(panels.map(({ p50 }) => p50)).median),
      times(slowest[0]?.p99),
      mark(missed === 0),
      times(spreadOf(panels.map(({ everywhere }) => everywhere)).max),
    ]),
  ];
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function mark(reached: boolean): string {
  return reached ? '✔' : '✘';
}

function times(ms: number | undefined): string {
  if (ms === undefined) return '';
  return Number.isFinite(ms) ? ms.toFixed(ms < 10 ? 1 : 0) : 'ended';
}

function whole(ms: number): string {
  return ms.toFixed(0);
}

function thousands(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}
