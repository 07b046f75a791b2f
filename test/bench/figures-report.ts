/** The report of figures out and revaluation, as Markdown. */
import { FIGURES_QUESTIONS } from './figures-questions.ts';
import type { AnswerTimes, FiguresResult, FiguresSize } from './figures-rounds.ts';
import type { Machine } from './machine.ts';
import type { RevaluationResult } from './revaluation-rounds.ts';
import { type Spread, spreadOf } from './statistics.ts';

export interface MeasuredFigures {
  measuredAt: string;
  machine: Machine;
  figures: FiguresResult;
  revaluation: RevaluationResult;
}

/** Valuing again, in cases a second divided by those of the first time. */
const REVALUATION_AIM = 2;

/** The whole report. */
export function figuresMarkdownOf({ measuredAt, machine, figures, revaluation }: MeasuredFigures): string {
  const { sizes, postgresVersion } = figures;
  return `${[
    ...timesTable(sizes),
    '',
    ...fillTable(sizes),
    '',
    ...revaluationTable(revaluation),
    '',
    '- Over HTTP on a portal, one request at a time, 200 of each (fewer where they take more than a minute); times until the whole answer is there. Municipalities are drawn at random; the largest has a twentieth of all cases.',
    '- Cases: invented, of five years in 342 municipalities; a tenth corrected, one in fifty withdrawn, one price corrected at the end. Every database is checked to add up.',
    '- Growth: the median at the largest size divided by that at the smallest.',
    `- Valued again: ${thousands(revaluation.cases)} cases of two lines, by one calculator, from the price list that is sent to its last case; beside the rate at which it applied them. With one price corrected all cases are looked at and few change; with all, each does.`,
    '',
    `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGb} GB, ${machine.system}; Node ${machine.node}, PostgreSQL ${postgresVersion}; ${measuredAt.slice(0, 10)}. Load of the machine before it started: ${machine.load.toFixed(1)}.`,
  ].join('\n')}\n`;
}

function timesTable(sizes: readonly FiguresSize[]): string[] {
  const names = sizes.map(({ cases }) => `p50 at ${millions(cases)} | p99`);
  return [
    row(['ms', ...names, 'growth', 'aim, p99', '']),
    row(['---', ...sizes.flatMap(() => ['---:', '---:']), '---:', '---:', '---']),
    ...FIGURES_QUESTIONS.map(({ name, aimMs }) => {
      const measured = sizes.map(({ times }) => times[name]);
      const cells = measured.flatMap((times) =>
        isMeasured(times) ? [milliseconds(times.p50), milliseconds(times.p99)] : ['–', '–'],
      );
      const [first, last] = [measured.at(0), measured.at(-1)];
      const growth = isMeasured(first) && isMeasured(last) ? `${(last.p50 / first.p50).toFixed(1)} ×` : '';
      const aim =
        aimMs === undefined || !isMeasured(last) ? ['', ''] : [`< ${aimMs}`, mark(last.p99 < aimMs)];
      return row([name, ...cells, sizes.length > 1 ? growth : '', ...aim]);
    }),
  ];
}

function fillTable(sizes: readonly FiguresSize[]): string[] {
  return [
    '| filling an empty database | cases/s | memory, MB | database, MB |',
    '| --- | ---: | ---: | ---: |',
    ...sizes.map(({ cases, filledPerSecond, fillMemoryBytes, databaseBytes }) =>
      row([
        ...[`${millions(cases)} cases`, thousands(filledPerSecond)],
        ...[megabytes(fillMemoryBytes), megabytes(databaseBytes)],
      ]),
    ),
  ];
}

function revaluationTable({ rounds }: RevaluationResult): string[] {
  const line = (subject: string, rates: readonly number[]) => {
    const ratio = spreadOf(rates.map((rate, round) => rate / (rounds[round]?.applied ?? Number.NaN)));
    const first = spreadOf(rounds.map(({ applied }) => applied));
    const cells = [subject, spread(spreadOf(rates)), spread(first), ratio.median.toFixed(2)];
    return row([...cells, `≥ ${REVALUATION_AIM}`, mark(ratio.median >= REVALUATION_AIM)]);
  };
  return [
    '| cases/s of one calculator | valued again | the first time | ratio | aim | |',
    '| --- | ---: | ---: | ---: | ---: | --- |',
    line(
      'one price of the list corrected',
      rounds.map(({ onePrice }) => onePrice),
    ),
    line(
      'all prices corrected',
      rounds.map(({ allPrices }) => allPrices),
    ),
  ];
}

function isMeasured(times: AnswerTimes | string | undefined): times is AnswerTimes {
  return typeof times === 'object';
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function spread({ median, min, max }: Spread): string {
  return min === max ? thousands(median) : `**${thousands(median)}** (${thousands(min)}–${thousands(max)})`;
}

function milliseconds(time: number): string {
  return time < 100 ? time.toFixed(1) : thousands(time);
}

function millions(cases: number): string {
  return `${cases / 1_000_000} M`;
}

function megabytes(bytes: number): string {
  return thousands(bytes / 2 ** 20);
}

function thousands(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

function mark(reached: boolean): string {
  return reached ? '✔' : '✘';
}
