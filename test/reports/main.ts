/** `npm run tables`: makes the tables of the documents from test/measured; `--check` only looks. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { repository } from '@effectstroom/infra';
import { fillTables } from './fill-tables.ts';
import { type KeptReport, MEASURED_FOLDER } from './report.ts';

const HELP = `npm run tables [-- --check]

Fills every <!-- table … --> of the documents from the reports in test/measured, which the measuring commands write
with --keep (npm run bench, growth, faults, cluster and drill).

  --check   changes nothing; exit code 1 where a document differs
`;

/** Documents with tables. */
const DOCUMENTS = ['README.md', 'infra/CAPACITY.md', 'infra/OPERATION.md', 'test/faults/FAULTS.md'] as const;

const { values } = parseArgs({ options: { check: { type: 'boolean' }, help: { type: 'boolean' } } });
if (values.help) process.stdout.write(HELP);
else process.exitCode = fillDocuments(values.check ?? false);

function fillDocuments(onlyCheck: boolean): number {
  const reports = readdirSync(MEASURED_FOLDER)
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(readFileSync(join(MEASURED_FOLDER, name), 'utf8')) as KeptReport);
  let different = 0;
  for (const name of DOCUMENTS) {
    const path = join(repository, name);
    const document = readFileSync(path, 'utf8');
    const filled = fillTables(document, reports);
    if (filled === document) continue;
    different++;
    if (!onlyCheck) writeFileSync(path, filled);
    process.stdout.write(`${name}: ${onlyCheck ? 'differs; npm run tables fills it' : 'filled'}\n`);
  }
  return onlyCheck && different > 0 ? 1 : 0;
}
