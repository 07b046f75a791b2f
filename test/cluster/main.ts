/** `npm run cluster`: see options.ts. */
import { inPrivateNamespace } from '../machines/private-namespace.ts';
import { type CommandContext, RIGHT, runCommand, WRONG } from '../reports/command-line.ts';
import { tableMarkdown, writeReport } from '../reports/report.ts';
import { natsVersions } from './nats-versions.ts';
import { type ClusterOptions, HELP, readOptions } from './options.ts';
import { REPORT, reportOf } from './report.ts';
import { runCluster } from './run.ts';

/** Of what is wrong, so many are told. */
const FAULTS_MAX = 50;

await runCommand({
  ...{ name: 'npm run cluster', help: HELP, read: readOptions, run: main },
  failed: ({ into }) => ({ ...REPORT, folder: into }),
});

async function main(options: ClusterOptions, { command, signal, tell }: CommandContext): Promise<number> {
  // Fetches what is missing: in namespaces of our own there is no way out.
  await natsVersions(options.natsVersions);
  signal.throwIfAborted();
  const code = await inPrivateNamespace();
  if (code !== undefined) return code;
  const outcome = await runCluster(options, signal);
  const report = reportOf(outcome, options, command);
  const { faults } = outcome;
  const path = writeReport(report, options.keep, options.into);
  process.stdout.write(`\n${report.tables.map(tableMarkdown).join('\n\n')}\n\nKept in ${path}\n`);
  for (const fault of faults.slice(0, FAULTS_MAX)) tell(fault);
  return faults.length === 0 ? RIGHT : WRONG;
}
