/** The command line of `npm run growth`. */
import { statSync } from 'node:fs';
import { numberOf, OptionFault, parse } from '../reports/command-line.ts';

/** A database that is filled and measured. */
export interface GrowthPoint {
  cases: number;
  municipalities: number;
}

export interface GrowthOptions {
  /** By number of cases, all municipalities. */
  sizes: readonly GrowthPoint[];
  /** By number of municipalities, the same number of cases. */
  places: readonly GrowthPoint[];
  /** Events that a calculator applies to each filled database. */
  furtherEvents: number;
  seed: number;
  /** Where the databases are made; the system's temporary folder where nothing is said. */
  folder: string | undefined;
  keep: boolean;
}

const ALL_MUNICIPALITIES = 342;
const CASES_MAX = 20_000_000;

export const HELP = `npm run growth [-- options]: what more cases and more municipalities cost

Fills databases with invented cases by COPY, checks that they add up, and measures each: events a second that
a calculator applies to it, how long figures take, memory of the services, bytes of disk an event. Says
beforehand what disk it needs. The report is test-results/growth.md and .json; ten million cases take about
half an hour.

  --sizes <list>    numbers of cases, in ${ALL_MUNICIPALITIES} municipalities (100000,1000000,10000000)
  --places <list>   numbers of municipalities, 1 to ${ALL_MUNICIPALITIES} (1,10,100)
  --cases <n>       cases in each of those (1000000)
  --events <n>      events that a calculator applies to each, in whole hundreds (100000)
  --seed <n>        cases and events are drawn from it (1)
  --folder <dir>    where the databases are made, and removed again
  --quick           10000 and 40000 cases, 1 municipality: to see that it works
  --keep            keep the report in test/measured, from which npm run tables fills the documents
  --help            prints this

Exit code 0 when everything was measured; 1 where something does not add up, or could not be measured (the
report holds what was measured before); 2 for a wrong option; 130 after
Ctrl-C.
`;

/** Reads the command line; 'help' where that was asked for. @throws OptionFault */
export function readOptions(args: readonly string[]): GrowthOptions | 'help' {
  const texts = ['sizes', 'places', 'cases', 'events', 'seed', 'folder'] as const;
  const values = parse(args, texts, ['quick', 'keep']);
  if (values.help) return 'help';
  const { quick = false, keep = false, folder } = values;
  if (folder !== undefined && !statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new OptionFault(`--folder: there is no folder ${folder}`);
  const sizes = values.sizes ?? (quick ? '10000,40000' : '100000,1000000,10000000');
  const places = values.places ?? (quick ? '1' : '1,10,100');
  const cases = { min: 1_000, max: CASES_MAX, otherwise: quick ? 10_000 : 1_000_000 };
  const events = { min: 1_000, max: 1_000_000, step: 100, otherwise: quick ? 40_000 : 100_000 };
  const casesOfPlaces = numberOf('cases', values.cases, cases);
  return {
    sizes: numbersOf('sizes', sizes, { min: 1_000, max: CASES_MAX }).map((size) => ({
      ...{ cases: size, municipalities: ALL_MUNICIPALITIES },
    })),
    places: numbersOf('places', places, { min: 1, max: ALL_MUNICIPALITIES }).map((municipalities) => ({
      ...{ cases: casesOfPlaces, municipalities },
    })),
    furtherEvents: numberOf('events', values.events, events),
    seed: numberOf('seed', values.seed, { min: 0, max: 1_000_000, otherwise: 1 }),
    ...{ folder, keep },
  };
}

/** Ascending; an empty text gives none. @throws OptionFault */
function numbersOf(name: string, text: string, limits: { min: number; max: number }): number[] {
  if (text === '') return [];
  const numbers = text.split(',').map((one) => numberOf(name, one.trim(), limits));
  return [...new Set(numbers)].sort((one, other) => one - other);
}
