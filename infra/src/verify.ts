/** `npm run verify`: checks that ledger, totals and recorded events agree, by default in the local stack. */
import { databaseOf } from './backup/installation.ts';
import { runOnDatabase } from './run-on-database.ts';

const CHECK = 'services/calculator/src/verify.ts';

try {
  const args = process.argv.slice(2);
  process.exitCode = await runOnDatabase(CHECK, args, args.includes('--help') ? '' : databaseOf(process.env));
} catch (error) {
  process.stderr.write(`✘ ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
