/** The command line of `npm run bench`. */
import { type Limits, numberOf, parse, someOf } from '../reports/command-line.ts';

/** Of requests to ingest at full load. */
export const EVENTS_PER_REQUEST = 100;

/** What is measured, in this order. */
export const PART_NAMES = [
  ...(['ingest', 'calculator', 'latency', 'queries', 'revaluation', 'import', 'scrape', 'board'] as const),
] as const;
export type PartName = (typeof PART_NAMES)[number];

export interface BenchOptions {
  /** The parts to measure, in the order of {@link PART_NAMES}. */
  parts: readonly PartName[];
  /** Measurements of each subject; limit and peers are measured anew in each. */
  rounds: number;
  /** Events of one round. */
  events: number;
  /** Seconds of each peer that handles one event at a time. */
  peerSeconds: number;
  /** Seconds in which latency is measured, after as many seconds of warming up as `warmUpSeconds` says. */
  latencySeconds: number;
  warmUpSeconds: number;
  /** The events are drawn from it. */
  seed: number;
  /** Rows of an imported file. */
  importRows: number;
  /** Cases of a filled database. */
  cases: number;
  /** Cases that are valued again. */
  revaluedCases: number;
  /** Of each question, and scrapes of the exporter. */
  requests: number;
  scrapes: number;
  /** Say where the time of ingest and calculator goes. */
  profile: boolean;
  /** Keep the reports in test/measured, for the documents. */
  keep: boolean;
}

export const HELP = `npm run bench [-- options]: measures each part of the product beside its limit and beside
what one might use instead, on this machine, in the same run

Figures of another machine, or of this one while it does something else, say little: read the ratios. Each
part writes a report to test-results/bench-<part>.md and .json.

  --only <parts> of ${PART_NAMES.join(', ')}; with commas between (all)
  --rounds <n>   measurements of each subject, its limit and its peers, in turns: 1 to 20 (3)
  --events <n>   events of one round, 40000 to 1000000 in whole hundreds (300000)
  --rows <n>     rows of the imported file, 10000 to 5000000 in whole thousands (1000000)
  --cases <n>    cases of the databases that are filled for queries and board, 1000 to 20000000 (1000000)
  --seed <n>     events and cases are drawn from it (1)
  --profile      also where the time of ingest and calculator goes, function by function, in rounds that do
                 not count
  --quick        40000 events a round, two rounds and less of everything: to see that it works
  --keep         keep the reports in test/measured, for the documents (npm run tables), with profiles
  --help         prints this

Exit code 0 when everything was measured, also where an aim is missed; 1 where something was lost, counted
twice or does not add up; 2 for a wrong option; 130 after Ctrl-C.
`;

const FULL = {
  ...{ rounds: 3, events: 300_000, peerSeconds: 4, latencySeconds: 15, warmUpSeconds: 5, seed: 1 },
  ...{ importRows: 1_000_000, cases: 1_000_000, revaluedCases: 100_000, requests: 200, scrapes: 2_000 },
};
const QUICK = {
  ...{ rounds: 2, events: 40_000, peerSeconds: 2, latencySeconds: 4, warmUpSeconds: 2, seed: 1 },
  ...{ importRows: 50_000, cases: 20_000, revaluedCases: 40_000, requests: 20, scrapes: 200 },
};

/** Reads the command line; 'help' where that was asked for. @throws OptionFault */
export function readOptions(args: readonly string[]): BenchOptions | 'help' {
  const texts = ['only', 'rounds', 'events', 'rows', 'cases', 'seed'] as const;
  const values = parse(args, texts, ['profile', 'quick', 'keep']);
  if (values.help) return 'help';
  const defaults = values.quick ? QUICK : FULL;
  const number = (name: 'rounds' | 'events' | 'rows' | 'cases' | 'seed', limits: Limits) =>
    numberOf(name, values[name], limits);
  const { keep = false, profile = keep } = values;
  return {
    ...defaults,
    parts: someOf('only', values.only, PART_NAMES),
    rounds: number('rounds', { min: 1, max: 20, otherwise: defaults.rounds }),
    events: number('events', {
      ...{ min: 40_000, max: 1_000_000, step: EVENTS_PER_REQUEST, otherwise: defaults.events },
    }),
    importRows: number('rows', {
      ...{ min: 10_000, max: 5_000_000, step: 1_000, otherwise: defaults.importRows },
    }),
    cases: number('cases', { min: 1_000, max: 20_000_000, otherwise: defaults.cases }),
    seed: number('seed', { min: 0, max: 1_000_000, otherwise: defaults.seed }),
    // The documents show them.
    ...{ profile, keep },
  };
}
