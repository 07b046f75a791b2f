/** `npm run tables`: makes the tables of the documents from test/measured; `--check` only looks. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '@effectstroom/infra';
import { unfitOf } from './caveats.ts';
import { type CommandContext, parse, RIGHT, runCommand, WRONG } from './command-line.ts';
import { filledDocuments, keptReports } from './documents.ts';

const HELP = `npm run tables [-- --check]

Fills every <!-- table <id> --> … <!-- end --> of the documents from the reports in test/measured, which the
measuring commands write with --keep (npm run bench, growth, faults, cluster and drill). Where no report has a
table, the document says so.

  --check   changes nothing; exit code 1 where a document differs, a table has no report, or a report was
            made with --quick or tells of faults
  --help    prints this
`;

await runCommand({ name: 'npm run tables', help: HELP, read: readOptions, run: fillDocuments });

function readOptions(args: readonly string[]): { check: boolean } | 'help' {
  const { help, check = false } = parse(args, [], ['check']);
  return help ? 'help' : { check };
}

async function fillDocuments({ check }: { check: boolean }, { tell }: CommandContext): Promise<number> {
  const documents = filledDocuments();
  const different = documents.filter(({ text, filled }) => text !== filled);
  for (const { name, filled } of different) {
    if (!check) writeFileSync(join(repository, name), filled);
    tell(`${name}: ${check ? 'differs; npm run tables fills it' : 'filled'}`);
  }
  const missing = documents.filter(({ missing: ids }) => ids.length > 0);
  for (const { name, missing: ids } of missing) tell(`${name}: no report has ${ids.join(', ')}`);
  const unfit = keptReports().filter((report) => unfitOf(report).length > 0);
  for (const report of unfit) tell(`test/measured/${report.name}.json: ${unfitOf(report).join(', ')}`);
  return check && different.length + missing.length + unfit.length > 0 ? WRONG : RIGHT;
}
