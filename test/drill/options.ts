/** The command line of `npm run drill`. */
import { numberOf, parse, someOf } from '../reports/command-line.ts';
import { type DrillOptions, STEPS, type StepName } from './drill.ts';

export const HELP = `npm run drill [-- options]: makes back-ups, loses things, puts them back, and checks

Real servers and services, in a folder of their own. After each step ledger, totals, answers of before and an
independent recomputation must agree to the last micro-euro. The report is kept in test-results/drill.md and
.json.

  --events <n>   plain events beside 600 varied ones, 100 to 5000000 (100000)
  --seed <n>     the varied events and settings are drawn from it (1)
  --only <a,b>   only these steps: ${Object.keys(STEPS).join(', ')}
  --keep         keep the report also in test/measured, for npm run tables
  --help         prints this

Exit code 0 when everything came back exactly; 1 when something did not; 2 for a wrong option; 130 after
Ctrl-C.
`;

export type Options = Pick<DrillOptions, 'seed' | 'events' | 'steps'> & { keep: boolean };

/** Reads the command line; 'help' where that was asked for. @throws OptionFault */
export function readOptions(args: readonly string[]): Options | 'help' {
  const values = parse(args, ['events', 'seed', 'only'], ['keep']);
  if (values.help) return 'help';
  return {
    events: numberOf('events', values.events, { min: 100, max: 5_000_000, otherwise: 100_000 }),
    seed: numberOf('seed', values.seed, { min: 0, max: 1_000_000, otherwise: 1 }),
    steps: someOf('only', values.only, Object.keys(STEPS) as StepName[]),
    keep: values.keep ?? false,
  };
}
