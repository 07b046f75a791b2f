/** The command line of `npm run bench`. */
import { parseArgs } from 'node:util';

/** Of requests to ingest at full load. */
export const EVENTS_PER_REQUEST = 100;

export interface BenchOptions {
  /** Measurements of each subject; the limit is measured anew before each. */
  rounds: number;
  /** Events of one round. */
  events: number;
  /** Seconds of each worker that uses a transaction per event. */
  peerSeconds: number;
  /** Seconds in which latency is measured, after as many seconds of warming up as `warmUpSeconds` says. */
  latencySeconds: number;
  warmUpSeconds: number;
  /** The events are drawn from it. */
  seed: number;
  /** Measure imports of files, and nothing else. */
  onlyImport: boolean;
  /** Rows of an imported file. */
  importRows: number;
  /** Measure figures out and revaluation, and nothing else. */
  onlyFigures: boolean;
  /** Measure the board and the queries of the dashboards, and nothing else. */
  onlyBoard: boolean;
  /** Measure scrapes of the exporter, and nothing else. */
  onlyScrape: boolean;
  /** Cases of each filled database, growing. */
  figuresSizes: readonly number[];
  /** Cases that are valued again. */
  revaluedCases: number;
}

/** The sizes of databases that are filled: those up to the number that was asked for, and that number. */
const FIGURES_SIZES = [100_000, 1_000_000, 10_000_000];

export const HELP = `npm run bench [-- options]: measures ingest and calculator beside their limits, on this machine

Every figure stands beside its limit in the same run: read the ratios. Figures of another machine, or of this one
while it does something else, say little. The report is printed and kept in test-results/bench.md and bench.json.

  --rounds <n>   measurements of each subject and its limit, in turns (3)
  --events <n>   events of one round, 40000 to 1000000 in whole hundreds (300000)
  --seed <n>     the events are drawn from it (1)
  --import       only imports of files: rows a second beside reading them, memory, and a kill halfway; the report is
                 kept in test-results/bench-import.md and .json
  --rows <n>     rows of the imported file, 10000 to 5000000 in whole thousands (1000000)
  --figures      only figures out, over filled databases of 100000 and more cases, and valuing cases again after a
                 price correction; the report is kept in test-results/bench-figures.md and .json
  --board        only the board in a browser, its pages, and every query of the dashboards over the largest database;
                 the report is kept in test-results/bench-board.md and .json
  --scrape       only scrapes of a whole country's figures; the report is kept in test-results/bench-scrape.md and .json
  --cases <n>    cases of the largest database, 1000 to 20000000 (1000000)
  --quick        40000 events a round and shorter measurements, under 90 seconds; memory says little then
  --help         prints this

Exit code 0 when everything was measured, also where an aim is missed; 2 for a wrong option.
`;

const FULL: BenchOptions = {
  rounds: 3,
  events: 300_000,
  peerSeconds: 4,
  latencySeconds: 15,
  warmUpSeconds: 5,
  seed: 1,
  onlyImport: false,
  importRows: 1_000_000,
  onlyFigures: false,
  onlyBoard: false,
  onlyScrape: false,
  figuresSizes: [100_000, 1_000_000],
  revaluedCases: 100_000,
};
const QUICK: BenchOptions = {
  ...FULL,
  events: 40_000,
  peerSeconds: 2,
  latencySeconds: 6,
  warmUpSeconds: 3,
  importRows: 50_000,
  figuresSizes: [20_000],
  revaluedCases: 40_000,
};

/** A command line that cannot be used; the message says what to change. */
export class OptionFault extends Error {}

/** Reads the command line; 'help' where that was asked for. @throws OptionFault */
export function readOptions(args: readonly string[]): BenchOptions | 'help' {
  const { values } = parsed(args);
  if (values.help) return 'help';
  const defaults = values.quick ? QUICK : FULL;
  const events = numberOf('events', values.events, 40_000, 1_000_000) ?? defaults.events;
  if (events % EVENTS_PER_REQUEST !== 0)
    throw new OptionFault(`--events must be a multiple of ${EVENTS_PER_REQUEST}`);
  const importRows = numberOf('rows', values.rows, 10_000, 5_000_000) ?? defaults.importRows;
  if (importRows % 1_000 !== 0) throw new OptionFault('--rows must be a multiple of 1000');
  const cases = numberOf('cases', values.cases, 1_000, 20_000_000);
  return {
    ...defaults,
    ...(cases === undefined
      ? {}
      : { figuresSizes: [...FIGURES_SIZES.filter((size) => size < cases), cases] }),
    onlyFigures: values.figures ?? false,
    onlyBoard: values.board ?? false,
    onlyScrape: values.scrape ?? false,
    events,
    importRows,
    onlyImport: values.import ?? false,
    rounds: numberOf('rounds', values.rounds, 1, 20) ?? defaults.rounds,
    seed: numberOf('seed', values.seed, 0, 1_000_000) ?? defaults.seed,
  };
}

function parsed(args: readonly string[]) {
  try {
    const text = { type: 'string' } as const;
    const flag = { type: 'boolean' } as const;
    return parseArgs({
      args: [...args],
      options: {
        ...{ rounds: text, events: text, seed: text, rows: text, cases: text },
        ...{ import: flag, figures: flag, board: flag, scrape: flag, quick: flag, help: flag },
      },
    });
  } catch (error) {
    throw new OptionFault(error instanceof Error ? error.message : String(error));
  }
}

function numberOf(name: string, text: string | undefined, min: number, max: number): number | undefined {
  if (text === undefined) return undefined;
  const value = /^\d{1,8}$/.test(text) ? Number(text) : -1;
  if (value < min || value > max) throw new OptionFault(`--${name} must be a number from ${min} to ${max}`);
  return value;
}
