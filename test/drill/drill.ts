/**
 * The drill: an installation is filled, backed up, filled further, and loses one thing after the other. After
 * each it must say exactly what it said before.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { postgresTools } from '../../infra/src/postgres-tools.ts';
import { erase } from '../erasure/erasing.ts';
import type { Ran } from '../harness/run-program.ts';
import { makeKey } from '../harness/sender.ts';
import { readTotals } from '../harness/totals.ts';
import { DrilledStack } from './drilled-stack.ts';
import { databaseOfYesterday, everythingLost, pointInTime, streamLost } from './losses.ts';
import { derivedDamaged, recordOnly } from './rebuilds.ts';
import type { Drill, StepResult } from './step.ts';

/** Every step, in the order in which they are done: after the last, what became known when is another. */
export const STEPS = {
  yesterday: databaseOfYesterday,
  moment: pointInTime,
  rebuild: derivedDamaged,
  record: recordOnly,
  stream: streamLost,
  all: everythingLost,
} as const;
export type StepName = keyof typeof STEPS;

export interface DrillOptions {
  seed: number;
  /** Plain events, and those of every kind that the simulation invents. */
  events: number;
  varied: number;
  steps: readonly StepName[];
  /** Whether PostgreSQL waits for the disk, as it does outside of tests. */
  isDurable: boolean;
  tell: (line: string) => void;
  signal: AbortSignal;
}

/** One back-up that was made. */
export interface BackupResult {
  name: string;
  seconds: number;
  bytes: number;
}

export interface DrillResult {
  /** Events that were recorded when the back-ups were made. */
  events: number;
  backups: BackupResult[];
  steps: StepResult[];
  versions: Record<string, string>;
}

/**
 * Runs the drill; all that it started has ended when it returns.
 * @throws {StartFault} where this machine has no programs for back-ups and can fetch none: nothing runs then
 */
export async function runDrill(options: DrillOptions): Promise<DrillResult> {
  const { isDurable, tell, signal } = options;
  await postgresTools(tell, signal);
  const durable = { fsync: 'on', full_page_writes: 'on' };
  const settings = isDurable ? durable : {};
  const stack = new DrilledStack(options, settings, signal);
  const archive = stack.beginArchive();
  try {
    await stack.start();
    const { drill, backups, events } = await prepare(stack, archive, tell);
    const steps: StepResult[] = [];
    for (const name of options.steps) {
      signal.throwIfAborted();
      const step = await STEPS[name](drill);
      // What the tables hold is compared after each step; what is answered from them, once.
      if (name === options.steps.at(-1)) step.faults.push(...(await stack.answerFaults()));
      steps.push(step);
      const [back, all] = [step.restoreSeconds.toFixed(1), step.catchUpSeconds.toFixed(1)];
      const sign = step.faults.length === 0 ? '✔' : '✘';
      tell(`${sign} ${step.name}: ${back} s to put back, ${all} s until all was in`);
      for (const fault of step.faults) tell(`  ✘ ${fault.slice(0, 600)}`);
    }
    const { postgres, nats } = stack.pipeline;
    const versions = { PostgreSQL: postgres.running.version, 'nats-server': nats.running.version };
    return { events, backups, steps, versions };
  } finally {
    await stack.pipeline.end();
  }
}

/** Fills the installation, with the back-ups after the first half, a moment to go back to, and an erasure. */
async function prepare(
  stack: DrilledStack,
  archive: string,
  tell: DrillOptions['tell'],
): Promise<{ drill: Drill; backups: BackupResult[]; events: number }> {
  const { pipeline, plan, world } = stack;
  const { rounds } = plan;
  await stack.send(rounds.slice(0, 2), 0.5);
  const key = await makeKey(pipeline.ingest.running.url, ['read']);
  const events = world.accepted.length;
  const lastBefore = world.accepted.at(-1);
  tell(`${events} events are in; making back-ups`);
  const folder = join(pipeline.folder, 'backups');
  const dump = await backUp(stack, folder, 'Database (pg_dump), streams, keys and files');
  const base = await backUp(stack, folder, 'Copy of the whole cluster, streams, keys and files', '--base');
  await stack.send(rounds.slice(2, 4), 0.25);
  const erased = world.accepted[7]?.data;
  if (erased === undefined) throw new Error('nothing was accepted');
  const { organisation, caseId } = erased;
  await erase(world, organisation, caseId);
  await stack.command('backup/backup-command.ts', folder, '--only-erasures');
  await pipeline.settled();
  await stack.askNow();
  const middle = { at: new Date(), totals: await readTotals(pipeline.db) };
  await stack.send(rounds.slice(4), 0.25);
  const faults = await stack.faults();
  if (faults.length > 0) throw new Error(`Before anything was lost: ${faults.join('\n')}`);
  tell(`${world.accepted.length} events are in, and everything adds up`);
  const backups = [dump.made, base.made];
  const shared = { stack, archive, backups: folder, lastBefore, middle, key };
  const drill = { ...shared, dump: dump.path, base: base.path, erased: { organisation, caseId } };
  return { drill, backups, events };
}

async function backUp(
  stack: DrilledStack,
  folder: string,
  name: string,
  ...args: string[]
): Promise<{ path: string; made: BackupResult }> {
  const { output, seconds } = await stack.command('backup/backup-command.ts', folder, ...args);
  const newest =
    readdirSync(folder)
      .filter((one) => one.endsWith('Z'))
      .sort()
      .at(-1) ?? 'none';
  return { path: join(folder, newest), made: { name, seconds, bytes: bytesOf(output) } };
}

/** From the last line of the command. */
function bytesOf(output: Ran['output']): number {
  return Number(/: ([\d.]+) MB\s*$/.exec(output)?.[1] ?? 'NaN') * 1e6;
}
