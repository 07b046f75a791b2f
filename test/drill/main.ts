/** `npm run drill`: see options.ts. */
import { type CommandContext, RIGHT, runCommand, WRONG } from '../reports/command-line.ts';
import { tableMarkdown, writeReport } from '../reports/report.ts';
import { runDrill } from './drill.ts';
import { drillReport, REPORT } from './drill-report.ts';
import { HELP, type Options, readOptions } from './options.ts';

const VARIED_EVENTS = 600;

await runCommand({
  ...{ name: 'npm run drill', help: HELP, read: readOptions, run: main },
  failed: () => REPORT,
});

async function main(options: Options, { command, signal, tell }: CommandContext): Promise<number> {
  const result = await runDrill({ ...options, varied: VARIED_EVENTS, isDurable: true, tell, signal });
  const report = { ...drillReport(result), command, seed: options.seed };
  const path = writeReport(report, options.keep);
  process.stdout.write(`\n${report.tables.map(tableMarkdown).join('\n\n')}\n\nKept in ${path}\n`);
  return result.steps.every(({ faults }) => faults.length === 0) ? RIGHT : WRONG;
}
