/** `npm run faults`: faults strike the running product; then what it holds is compared with its 202s. */
import { randomInt } from 'node:crypto';
import { inPrivateNamespace } from '../machines/private-namespace.ts';
import { POWER_LOSS } from '../power-loss/command.ts';
import { type CommandContext, RIGHT, runCommand, WRONG } from '../reports/command-line.ts';
import { tableMarkdown, writeReport } from '../reports/report.ts';
import { REPORT, reportOf } from './fault-report.ts';
import { type FaultOptions, HELP, readOptions } from './options.ts';
import { needsNamespaces, requireMachineFor } from './required-machine.ts';
import { runFaults } from './run.ts';

const SEEDS = 1_000_000_000;

if (process.argv.includes('--power-loss')) await runCommand(POWER_LOSS);
await runCommand({
  name: 'npm run faults',
  help: HELP,
  read: (args) => readOptions(args, randomInt(SEEDS)),
  run: strike,
  failed: ({ into }) => ({ ...REPORT, folder: into }),
});

async function strike(options: FaultOptions, { command, signal, tell }: CommandContext): Promise<number> {
  await requireMachineFor(options.faults, tell);
  const code = options.faults.some(needsNamespaces) ? await inPrivateNamespace() : undefined;
  if (code !== undefined) return code;
  const { seed, keep, into } = options;
  tell(`seed ${seed}`);
  const outcome = await runFaults({ ...options, tell }, signal);
  const report = reportOf(outcome, { command, seed });
  const { missed } = outcome;
  const isWhole = missed.length === 0;
  const path = writeReport(report, keep && isWhole, into);
  process.stdout.write(`\n${report.tables.map(tableMarkdown).join('\n\n')}\n\nKept in ${path}\n`);
  const wrong = report.faults ?? [];
  for (const fault of wrong) tell(`✘ ${fault}`);
  if (!isWhole) tell(`did not strike: ${missed.join(', ')}`);
  if (keep && !isWhole) tell('✘ --keep: not kept, for not every kind struck; give it more --minutes');
  return wrong.length === 0 && (isWhole || !keep) ? RIGHT : WRONG;
}
