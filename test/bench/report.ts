/** The report: each figure beside its limit and its aim, as Markdown for the README. */
import { type CalculatorResult, PEER_CONNECTIONS } from './calculator-rounds.ts';
import { CONNECTIONS, type IngestResult } from './ingest-rounds.ts';
import { EVENTS_PER_SECOND, type LatencyResult, type Times } from './latency.ts';
import type { Machine } from './machine.ts';
import { isFlat, type Memory } from './memory-watch.ts';
import { type BenchOptions, EVENTS_PER_REQUEST } from './options.ts';
import type { Servers } from './servers.ts';
import { type Spread, spreadOf } from './statistics.ts';

export interface Measured {
  measuredAt: string;
  machine: Machine;
  versions: Servers['versions'];
  options: BenchOptions;
  ingest: IngestResult;
  calculator: CalculatorResult;
  latency: LatencyResult;
}

/** The aims: a ratio to the limit at least, a p99 in milliseconds at most. */
const AIMS = { ingest: 0.6, calculator: 0.25, perEvent: 25, latencyMs: 100 };

/** The whole report. */
export function markdownOf(measured: Measured): string {
  const { options, machine, versions } = measured;
  return `${[
    ...rateTable(measured),
    '',
    ...latencyTable(measured.latency),
    '',
    ...memoryTable(measured),
    '',
    `Medians of ${options.rounds} rounds (least–greatest); product and limit in turns, ${thousands(options.events)} events a round, seed ${options.seed}.`,
    `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGb} GB, ${machine.system}; Node ${machine.node}, PostgreSQL ${versions.postgres}, nats-server ${versions.nats}${versions.syncsAlways ? ' (syncs every message)' : ''}; ${measured.measuredAt.slice(0, 10)}. Load of the machine before it started: ${machine.load.toFixed(1)}.`,
    '',
    ...explanation(options),
  ].join('\n')}\n`;
}

function rateTable({ ingest, calculator }: Measured): string[] {
  const { rounds } = calculator;
  const accepted = ingest.rounds.map((round) => round.accepted);
  const applied = rounds.map((round) => round.applied);
  return [
    '| | events/s | limit in the same run | events/s | ratio | aim | |',
    '| --- | ---: | --- | ---: | ---: | ---: | --- |',
    rateRow({
      subject: 'ingest accepts',
      rates: accepted,
      limit: 'bare HTTP + parse + check (zod)',
      limits: ingest.rounds.map(({ limit }) => limit),
      aim: AIMS.ingest,
    }),
    rateRow({
      subject: 'the same',
      rates: accepted,
      limit: "the same with the product's own, quicker check",
      limits: ingest.rounds.map(({ strictLimit }) => strictLimit),
    }),
    rateRow({
      subject: 'calculator applies, one worker',
      rates: applied,
      limit: 'bare `INSERT … unnest`, one unique key',
      limits: rounds.map(({ limit }) => limit),
      aim: AIMS.calculator,
    }),
    rateRow({
      subject: 'the same',
      rates: applied,
      limit: 'a transaction per event, 1 connection',
      limits: rounds.map(({ peer }) => peer),
      aim: AIMS.perEvent,
    }),
    rateRow({
      subject: 'the same',
      rates: applied,
      limit: `a transaction per event, ${PEER_CONNECTIONS} connections`,
      limits: rounds.map(({ peers }) => peers),
    }),
  ];
}

interface RateRow {
  subject: string;
  rates: readonly number[];
  limit: string;
  limits: readonly number[];
  aim?: number;
}

function rateRow({ subject, rates, limit, limits, aim }: RateRow): string {
  const ratios = spreadOf(rates.map((rate, round) => rate / (limits[round] ?? Number.NaN)));
  const cells = [
    ...[subject, spread(spreadOf(rates), thousands), limit, spread(spreadOf(limits), thousands)],
    spread(ratios, ratio),
    ...(aim === undefined ? ['', ''] : [`≥ ${aim}`, mark(ratios.median >= aim)]),
  ];
  return row(cells);
}

function latencyTable({ committed, answered, pace }: LatencyResult): string[] {
  const times = ({ p50, p99, max }: Times) => [p50, p99, max].map((time) => time.toFixed(1));
  const kept = pace >= EVENTS_PER_SECOND * 0.99;
  const aim = [`p99 < ${AIMS.latencyMs}`, mark(committed.p99 < AIMS.latencyMs && kept)];
  return [
    `| ms at ${thousands(pace)} events/s, one a request | p50 | p99 | max | aim | |`,
    '| --- | ---: | ---: | ---: | ---: | --- |',
    row(['from 202 to committed total', ...times(committed), ...aim]),
    row(['from due to 202', ...times(answered), '', '']),
  ];
}

function memoryTable({ ingest, calculator, latency }: Measured): string[] {
  const line = (subject: string, memory: Memory | undefined) =>
    memory === undefined
      ? row([subject, 'not seen', '', '', '', ''])
      : row([subject, ...[...memory.thirds, memory.highest].map(megabytes), mark(isFlat(memory))]);
  return [
    '| memory in use, MB | first third | second | last | highest | flat |',
    '| --- | ---: | ---: | ---: | ---: | --- |',
    line('ingest at full load', ingest.ingest),
    line('nats-server at full load', ingest.nats),
    line('calculator at full load', calculator.memory),
    line(`calculator at ${thousands(EVENTS_PER_SECOND)} events/s`, latency.calculator),
  ];
}

function explanation({ warmUpSeconds }: BenchOptions): string[] {
  return [
    `- Events: assessed cases with two avoided lines, each of a case of its own. Ingest: ${EVENTS_PER_REQUEST} events a request on ${CONNECTIONS} connections; 202 after JetStream has them.`,
    '- The calculator starts cold on a full stream and a fresh database; its first fifth is not counted, nor is that of the limit. Every database is checked to add up afterwards.',
    '- A transaction per event: the same event record, case state, ledger, totals and position, with prepared statements; ids of groups known beforehand.',
    `- Latency: after ${warmUpSeconds} seconds of the same load; committed is when another connection, looking every millisecond, sees it.`,
    '- Memory: most in use in each third of the time; flat: the last third at most a tenth, or 10 MB, above the second.',
  ];
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function spread({ median, min, max }: Spread, text: (value: number) => string): string {
  return min === max ? text(median) : `**${text(median)}** (${text(min)}–${text(max)})`;
}

function mark(reached: boolean): string {
  return reached ? '✔' : '✘';
}

function thousands(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

function ratio(value: number): string {
  return value >= 10 ? value.toFixed(0) : value.toFixed(2);
}

function megabytes(bytes: number): string {
  return String(Math.round(bytes / 2 ** 20));
}
