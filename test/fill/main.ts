/** Fills an empty database with invented cases, from the command line. */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { connect, migrate } from '@effectstroom/database';
import { startPostgres } from '@effectstroom/infra';
import {
  type CommandContext,
  type Limits,
  numberOf,
  OptionFault,
  parse,
  RIGHT,
  runCommand,
  WRONG,
} from '../reports/command-line.ts';
import { requireRoom } from './disk-needed.ts';
import { faultsOf } from './faults.ts';
import { type FillOptions, fill } from './fill.ts';
import { FILLING } from './filling-settings.ts';

const HELP = `Usage: node test/fill/main.ts --cases N [options]

Fills an empty database with invented cases, as a calculator would have made it of their events: some
corrected or withdrawn later, one price corrected at the end. Checks afterwards that everything adds up.

  --cases N            how many cases, 100 to 20000000
  --municipalities N   at most 342 (342)
  --years N            1 to 20; the last is 2025 (5)
  --seed N             what to draw them from (1)
  --processors N       that make the events; PostgreSQL takes half as many more (2)
  --folder DIR         start a PostgreSQL on DIR/postgres and leave its data there, to look at with
                       EFFECTSTROOM_DATA=DIR npm start -- --empty; without it, DATABASE_URL says where
`;

interface Options extends Omit<FillOptions, 'url' | 'tell'> {
  /** Where a PostgreSQL of our own keeps its data; without it, the one at a URL is filled. */
  target: { folder: string } | { url: string };
}

await runCommand({ name: 'node test/fill/main.ts', help: HELP, read: readOptions, run: main });

async function main({ target, ...options }: Options, context: CommandContext): Promise<number> {
  if ('url' in target) return fillAndCheck({ ...options, ...target }, context);
  const { folder } = target;
  const { signal, tell } = context;
  mkdirSync(folder, { recursive: true });
  requireRoom(folder, options.cases, tell);
  const postgres = await startPostgres({ folder: join(folder, 'postgres'), settings: FILLING, signal });
  try {
    return await fillAndCheck({ ...options, url: postgres.url }, context);
  } finally {
    await postgres.stop();
  }
}

async function fillAndCheck(
  options: Omit<FillOptions, 'tell'>,
  { signal, tell }: CommandContext,
): Promise<number> {
  const db = connect({ url: options.url, applicationName: 'fill', connectionsMax: 1 });
  try {
    await migrate(db);
    const { events, seconds, memoryBytes } = await fill({ ...options, signal, tell });
    const rate = Math.round(options.cases / seconds);
    tell(`${options.cases} cases, ${events} events in ${seconds.toFixed(1)} s: ${rate} cases a second`);
    tell(`${Math.round(memoryBytes / 2 ** 20)} MB of memory at most`);
    const faults = await faultsOf(db);
    for (const fault of faults) tell(`✘ ${fault}`);
    tell(faults.length === 0 ? '✔ ledger, totals and events add up' : `${faults.length} faults`);
    return faults.length === 0 ? RIGHT : WRONG;
  } finally {
    await db.destroy();
  }
}

/** @throws OptionFault */
function readOptions(args: readonly string[]): Options | 'help' {
  const texts = ['cases', 'municipalities', 'years', 'seed', 'processors', 'folder'] as const;
  const values = parse(args, texts, []);
  if (values.help) return 'help';
  const number = (name: Exclude<(typeof texts)[number], 'folder'>, limits: Limits) =>
    numberOf(name, values[name], limits);
  return {
    cases: number('cases', { min: 100, max: 20_000_000 }),
    municipalities: number('municipalities', { min: 1, max: 342, otherwise: 342 }),
    years: number('years', { min: 1, max: 20, otherwise: 5 }),
    seed: number('seed', { min: 0, max: 1_000_000, otherwise: 1 }),
    processors: number('processors', { min: 1, max: 64, otherwise: 2 }),
    target: targetOf(values.folder, process.env['DATABASE_URL']),
  };
}

function targetOf(folder: string | undefined, url: string | undefined): Options['target'] {
  if (folder !== undefined) return { folder: resolve(folder) };
  if (!url) throw new OptionFault('Give --folder or set DATABASE_URL');
  return { url };
}
