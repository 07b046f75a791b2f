/** The command line of `npm run faults`. */
import { numberOf, OptionFault, parse, someOf } from '../reports/command-line.ts';
import type { Fault } from './fault.ts';
import { KINDS } from './kinds.ts';

export interface FaultOptions {
  minutes: number;
  seed: number;
  faults: readonly Fault[];
  eventsPerSecond: number;
  /** Where the report goes instead of test-results. */
  into: string | undefined;
  keep: boolean;
}

export const HELP = `npm run faults [-- options]: faults strike the running product while clients send

PostgreSQL, nats-server and the services run as in production: what ends is started again. Six clients send
invented cases and write what was answered with 202 to files of their own. At the end all that the product
holds is compared with these files, and with totals that are computed without it.

  --minutes <n>   how long faults strike, 0.2 to 600 (1); starting and comparing come on top
  --seed <n>      what is sent and what strikes are drawn from it (another one each time)
  --kinds <a,b>   only these kinds; 'all', or 'rootless' for those that need no root (all)
  --rate <n>      events a second, 10 to 5000 (200)
  --into <dir>    writes the report there and not to test-results
  --keep          also keeps the report for the documents (test/measured), where every kind struck
  --help          prints this

Kinds: ${KINDS.map(({ kind, needsRoot }) => (needsRoot ? `${kind} (root)` : kind)).join(', ')}

Every kind strikes once before any strikes again, in an order from the seed; which did not strike, as the time
was too short, is told and stands in the report.

Exit code 0 when nothing was lost, doubled or wrong; 1 when something was, or when --keep was given and not
every kind struck; 2 where the run cannot begin. The report is kept in test-results/faults.md and faults.json.

npm run faults -- --power-loss: what JetStream's and PostgreSQL's settings give away when the power fails
`;

/** Reads the command line; 'help' where that was asked for. @throws OptionFault */
export function readOptions(args: readonly string[], anySeed: number): FaultOptions | 'help' {
  const values = parse(args, ['minutes', 'seed', 'kinds', 'rate', 'into'], ['keep']);
  if (values.help) return 'help';
  const { keep = false, into } = values;
  if (keep && into !== undefined) throw new OptionFault('--keep and --into exclude each other');
  const rate = { min: 10, max: 5_000, otherwise: 200 };
  return {
    minutes: numberOf('minutes', values.minutes, { min: 0.2, max: 600, step: 0.001, otherwise: 1 }),
    seed: numberOf('seed', values.seed, { min: 0, max: 999_999_999, otherwise: anySeed }),
    faults: kindsOf(values.kinds ?? 'all'),
    eventsPerSecond: numberOf('rate', values.rate, rate),
    ...{ keep, into },
  };
}

function kindsOf(text: string): readonly Fault[] {
  if (text === 'all') return KINDS;
  if (text === 'rootless') return KINDS.filter(({ needsRoot }) => !needsRoot);
  const names = KINDS.map(({ kind }) => kind);
  const asked = someOf('kinds', text, names);
  return KINDS.filter(({ kind }) => asked.includes(kind));
}
