/** `npm run bench`: measures the product beside its limits and beside what one might use instead. */
import { relative } from 'node:path';
import { repository } from '@effectstroom/infra';
import { type CommandContext, RIGHT, runCommand, WRONG } from '../reports/command-line.ts';
import { failedReport, tableMarkdown, writeReport } from '../reports/report.ts';
import { type BenchOptions, HELP, readOptions } from './options.ts';
import { PARTS, type PartReport } from './parts.ts';

await runCommand({ name: 'npm run bench', help: HELP, read: readOptions, run: measure });

async function measure(options: BenchOptions, { command, signal, tell }: CommandContext): Promise<number> {
  const { keep, parts, seed } = options;
  let code = RIGHT;
  for (const [place, name] of parts.entries()) {
    const startedAt = performance.now();
    tell(`${name}, part ${place + 1} of ${parts.length} …`);
    const part = PARTS[name]({ options, signal, tell: (line) => tell(`  ${line}`) });
    const report: PartReport = await part.catch((error: unknown) =>
      failedReport({ name: `bench-${name}`, title: `${name}: not measured` }, error),
    );
    signal.throwIfAborted();
    for (const fault of report.faults ?? []) tell(`✘ ${fault}`);
    if (report.faults !== undefined) code = WRONG;
    const path = writeReport({ ...report, command, seed }, keep);
    tell(`${name} took ${Math.round((performance.now() - startedAt) / 1_000)} s`);
    process.stdout.write(`\n${report.tables.map(tableMarkdown).join('\n\n')}\n\n`);
    process.stdout.write(`Kept in ${relative(repository, path)}\n\n`);
  }
  return code;
}
