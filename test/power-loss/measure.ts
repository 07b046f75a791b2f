/** `npm run faults -- --power-loss`: what each setting of the servers gives away when the power fails. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isBefore, type NatsProgram, postgresPrograms } from '@effectstroom/infra';
import { type CommandContext, RIGHT, WRONG } from '../reports/command-line.ts';
import { writeReport } from '../reports/report.ts';
import { seededRandom } from '../scenarios/random.ts';
import { type Loss, losePower } from './lose-power.ts';
import { natsSubject } from './nats-subject.ts';
import { postgresSubject } from './postgres-subject.ts';
import { faultsOf, powerLossReport, type Tried } from './power-loss-report.ts';
import { productSubject } from './product-subject.ts';
import type { Subject } from './subject.ts';

export interface PowerLossOptions {
  seed: number;
  /** Power failures of each setting. */
  moments: number;
  /** Seconds of load in which they fall. */
  seconds: number;
  /** Write the report among the kept ones too. */
  keep: boolean;
}

/**
 * Measures, prints and writes the report; in namespaces of its own, where mounts end with it.
 * @returns the exit code: 1 where something was lost that may not be, or the measurement shows no loss at all
 */
export async function measurePowerLoss(
  servers: readonly NatsProgram[],
  options: PowerLossOptions,
  { command, signal, tell }: CommandContext,
): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'effectstroom-power-loss-'));
  try {
    const tried = await tryAll(await subjectsOf(servers, options.seed), { ...options, folder }, tell, signal);
    const report = powerLossReport(tried, { command, seed: options.seed });
    tell(`\nThe report: ${writeReport(report, options.keep)}`);
    const wrong = faultsOf(tried);
    for (const fault of wrong) tell(`✘ ${fault}`);
    return wrong.length === 0 ? RIGHT : WRONG;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function subjectsOf(servers: readonly NatsProgram[], seed: number): Promise<Subject[]> {
  const synced = servers.filter(({ version }) => !isBefore(version, [2, 10]));
  const newest = synced.at(-1);
  const oldest = servers[0];
  const { version: postgres } = await postgresPrograms();
  return [
    ...servers.map((program) => natsSubject(program, false, seed)),
    ...synced.map((program) => natsSubject(program, true, seed)),
    postgresSubject(postgres, {}),
    postgresSubject(postgres, { synchronous_commit: 'off' }),
    postgresSubject(postgres, { fsync: 'off' }),
    ...(oldest === undefined ? [] : [productSubject(oldest, false, seed)]),
    ...(newest === undefined ? [] : [productSubject(newest, true, seed)]),
  ];
}

async function tryAll(
  subjects: readonly Subject[],
  { seed, moments, seconds, folder }: PowerLossOptions & { folder: string },
  tell: (line: string) => void,
  signal: AbortSignal,
): Promise<Tried[]> {
  const tried: Tried[] = [];
  for (const subject of subjects) {
    signal.throwIfAborted();
    tell(`${subject.name}, ${subject.setting} …`);
    // The same moments for each.
    const random = seededRandom(BigInt(seed));
    const losses = await losePower(subject, { moments, seconds, random, folder }, signal);
    tell(losses.map((loss) => `  ${describe(loss)}`).join('\n'));
    tried.push({ name: subject.name, setting: subject.setting, mayLose: subject.mayLose, losses });
  }
  return tried;
}

function describe({ afterMs, acknowledged, lost, backMs, state, missing }: Loss): string {
  const back = lost === 0 ? '' : `, up to ${(backMs / 1_000).toFixed(1)} s back`;
  const again = missing === undefined ? '' : `; sent again: ${missing} missing`;
  const at = (afterMs / 1_000).toFixed(1);
  return `after ${at} s: ${lost} of ${acknowledged} acknowledged lost${back} (${state})${again}`;
}
