/** Fills an empty database with invented cases, from the command line. */
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { connect, migrate } from '@effectstroom/database';
import { startPostgres } from '@effectstroom/infra';
import { faultsOf } from './faults.ts';
import { fill } from './fill.ts';
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

class OptionFault extends Error {}

async function main(args: readonly string[], databaseUrl: string | undefined): Promise<number> {
  const { folder, ...options } = readOptions(args);
  if (folder !== undefined) {
    const postgres = await startPostgres({ folder: join(resolve(folder), 'postgres'), settings: FILLING });
    try {
      return await fillAndCheck({ ...options, url: postgres.url });
    } finally {
      await postgres.stop();
    }
  }
  if (!databaseUrl) throw new OptionFault('Give --folder or set DATABASE_URL');
  return fillAndCheck({ ...options, url: databaseUrl });
}

async function fillAndCheck(options: { url: string } & Omit<ReturnType<typeof readOptions>, 'folder'>) {
  const db = connect({ url: options.url, applicationName: 'fill', connectionsMax: 1 });
  try {
    await migrate(db);
    const { events, seconds, memoryBytes } = await fill({ ...options, tell });
    const rate = Math.round(options.cases / seconds);
    tell(`${options.cases} cases, ${events} events in ${seconds.toFixed(1)} s: ${rate} cases a second`);
    tell(`${Math.round(memoryBytes / 2 ** 20)} MB of memory at most`);
    const faults = await faultsOf(db);
    for (const fault of faults) tell(`✘ ${fault}`);
    tell(faults.length === 0 ? '✔ ledger, totals and events add up' : `${faults.length} faults`);
    return faults.length === 0 ? 0 : 1;
  } finally {
    await db.destroy();
  }
}

function readOptions(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const options = {
    cases: text,
    municipalities: text,
    years: text,
    seed: text,
    processors: text,
    folder: text,
  };
  const { values } = parseArgs({ args: [...args], options });
  return {
    cases: numberOf('cases', values.cases, 100, 20_000_000),
    municipalities: numberOf('municipalities', values.municipalities ?? '342', 1, 342),
    years: numberOf('years', values.years ?? '5', 1, 20),
    seed: numberOf('seed', values.seed ?? '1', 0, 1_000_000),
    processors: numberOf('processors', values.processors ?? '2', 1, 64),
    folder: values.folder,
  };
}

function numberOf(name: string, given: string | undefined, min: number, max: number): number {
  const value = /^\d{1,9}$/.test(given ?? '') ? Number(given) : -1;
  if (value < min || value > max) throw new OptionFault(`--${name} must be a number from ${min} to ${max}`);
  return value;
}

function tell(line: string): void {
  process.stdout.write(`${line}\n`);
}

try {
  process.exitCode = await main(process.argv.slice(2), process.env['DATABASE_URL']);
} catch (error) {
  const isWrong = error instanceof OptionFault || error instanceof TypeError;
  process.stderr.write(
    `fill: ${error instanceof Error ? error.message : error}\n${isWrong ? `\n${HELP}` : ''}`,
  );
  process.exitCode = isWrong ? 2 : 1;
}
