/** The report of the import rounds, as Markdown. */
import type { ImportResult } from './import-rounds.ts';
import type { Machine } from './machine.ts';
import type { Memory } from './memory-watch.ts';
import { type Spread, spreadOf } from './statistics.ts';

export interface MeasuredImport {
  measuredAt: string;
  machine: Machine;
  result: ImportResult;
}

/** Rows a second at least; memory of many rows at most this much above that of few. */
const AIMS = { rows: 10_000, memory: 1.25 };

/** The whole report. */
export function importMarkdownOf({ measuredAt, machine, result }: MeasuredImport): string {
  const { rounds, rows, fewRows, few, many, killed, natsVersion } = result;
  const limits = rounds.map(({ limit }) => limit);
  return `${[
    '| import of a file | rows/s | reading it with the same library, doing nothing | ratio | aim | |',
    '| --- | ---: | ---: | ---: | ---: | --- |',
    rateRow(
      'new cases',
      rounds.map(({ imported }) => imported),
      limits,
    ),
    rateRow(
      'the same file again, nothing changed',
      rounds.map(({ unchanged }) => unchanged),
      limits,
    ),
    '',
    '| memory of ingest, MB | highest | flat |',
    '| --- | ---: | --- |',
    `| ${thousands(fewRows)} rows | ${megabytes(few)} | |`,
    `| ${thousands(rows)} rows | ${megabytes(many)} | ${mark(isFlat(few, many))} |`,
    '',
    '| kill -9 of ingest halfway, and on | | must be | |',
    '| --- | ---: | ---: | --- |',
    `| rows kept when it was killed | ${thousands(killed.killedAt)} | | |`,
    `| different cases in the stream | ${thousands(killed.cases)} | ${thousands(rows)} | ${mark(killed.cases === rows)} |`,
    `| their quantities added up, in tenths | ${thousands(killed.quantities)} | ${thousands(killed.expectedQuantities)} | ${mark(killed.quantities === killed.expectedQuantities)} |`,
    `| events sent twice, under one identity | ${thousands(killed.events - killed.cases)} | | |`,
    '',
    `Medians of ${rounds.length} rounds (least–greatest), ${thousands(rows)} rows, a case with one line each, not in order; from the first byte uploaded to done.`,
    `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGb} GB, ${machine.system}; Node ${machine.node}, nats-server ${natsVersion}; ${measuredAt.slice(0, 10)}. Load of the machine before it started: ${machine.load.toFixed(1)}.`,
  ].join('\n')}\n`;
}

function rateRow(subject: string, rates: readonly number[], limits: readonly number[]): string {
  const spread = spreadOf(rates);
  const ratio = spreadOf(rates.map((rate, round) => rate / (limits[round] ?? Number.NaN)));
  const cells = [subject, text(spread), text(spreadOf(limits)), ratio.median.toFixed(3)];
  return `| ${cells.join(' | ')} | ≥ ${thousands(AIMS.rows)} | ${mark(spread.median >= AIMS.rows)} |`;
}

function isFlat(few: Memory | undefined, many: Memory | undefined): boolean {
  return few !== undefined && many !== undefined && many.highest <= few.highest * AIMS.memory;
}

function text({ median, min, max }: Spread): string {
  return min === max ? thousands(median) : `**${thousands(median)}** (${thousands(min)}–${thousands(max)})`;
}

function megabytes(memory: Memory | undefined): string {
  return memory === undefined ? 'not seen' : String(Math.round(memory.highest / 2 ** 20));
}

function thousands(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

function mark(reached: boolean): string {
  return reached ? '✔' : '✘';
}
