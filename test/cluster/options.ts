/** The command line of `npm run cluster`. */
import { numberOf, OptionFault, parse, someOf } from '../reports/command-line.ts';
import { KINDS } from './disturbances.ts';
import { NATS, SERVICES } from './machines.ts';

export interface ClusterOptions {
  /** What is struck, and in which order, is drawn from it; so is what is sent. */
  seed: number;
  parts: readonly (typeof PARTS)[number][];
  /** Kinds of disturbances, each so often. */
  kinds: readonly string[];
  rounds: number;
  /** Seconds that a disturbance lasts. */
  holdSeconds: number;
  /** Seconds for which all must be well between two of what happens. */
  calmSeconds: number;
  /** The machines on which something is replaced by a newer one, one by one. */
  upgrades: readonly string[];
  /** The commit whose services are replaced in the rolling upgrade; undefined: the version before this one. */
  from: string | undefined;
  /** With which nats-servers the run begins and ends, as starts of versions; undefined: the newest two. */
  natsVersions: readonly string[] | undefined;
  keep: boolean;
  /** Where the report is written; undefined is where all are. */
  into: string | undefined;
}

const PARTS = ['disturbances', 'upgrade'] as const;

export const HELP = `npm run cluster [-- options]: several machines, any one of which may be lost

Makes ten machines of this one (network namespaces; as root, or where the system gives users namespaces):
three nats-servers that keep the stream together, PostgreSQL, two calculators, two ingests and two portals.
Under load it replaces every part by a newer one, and then kills machines and cuts their lines, one at a time.
The report is printed and kept in test-results/cluster.md and cluster.json.

  --seed <n>     order and targets of what happens, and what is sent, are drawn from it (1)
  --only <part>  disturbances, or upgrade (both)
  --kinds <a,b>  only these kinds of disturbances (all): ${KINDS.slice(0, 3).join(', ')},
                 ${KINDS.slice(3, 6).join(', ')},
                 ${KINDS.slice(6, 9).join(', ')},
                 ${KINDS.slice(9).join(', ')}
  --rounds <n>   each kind so often, 1 to 100 (1)
  --hold <s>     seconds that each lasts, 5 to 120 (20)
  --from <ref>   the upgrade begins with the services of this commit (the newest release, or a fixed one
                 of before where there is none); where its history is not here, with those of now
  --nats <a,b>   versions of nats-server with which the run begins and to which it upgrades, as 2.10,2.15 (the
                 two newest that Debian has; its 2.9 is found too: see infra/README.md)
  --keep         keeps the report in test/measured too, from which npm run tables fills the documents
  --into <dir>   writes the report there and not to test-results
  --quick        two kinds for 6 seconds each, and two services replaced: under a minute
  --help         prints this

Exit code 0 when nothing was lost, doubled or wrong; 1 when something was; 2 for a wrong option, or where this
machine cannot make others; 130 after Ctrl-C.
`;

const QUICK_KINDS = ['nats-leader-cut-off', 'calculator-without-postgres'];
const QUICK_UPGRADES = ['calculator-1', 'ingest-1'];

/** Reads the command line; 'help' where that was asked for. @throws OptionFault */
export function readOptions(args: readonly string[]): ClusterOptions | 'help' {
  const texts = ['seed', 'only', 'kinds', 'rounds', 'hold', 'from', 'nats', 'into'] as const;
  const values = parse(args, texts, ['keep', 'quick']);
  if (values.help) return 'help';
  const { quick = false, keep = false, into } = values;
  if (keep && into !== undefined) throw new OptionFault('--keep and --into exclude each other');
  return {
    seed: numberOf('seed', values.seed, { min: 0, max: 1_000_000, otherwise: 1 }),
    parts: someOf('only', values.only, PARTS),
    kinds: values.kinds === undefined && quick ? QUICK_KINDS : someOf('kinds', values.kinds, KINDS),
    rounds: numberOf('rounds', values.rounds, { min: 1, max: 100, otherwise: 1 }),
    holdSeconds: numberOf('hold', values.hold, { min: 5, max: 120, otherwise: quick ? 6 : 20 }),
    calmSeconds: quick ? 1 : 3,
    upgrades: quick ? QUICK_UPGRADES : [...SERVICES, ...NATS],
    from: values.from,
    natsVersions: values.nats?.split(','),
    ...{ keep, into },
  };
}
