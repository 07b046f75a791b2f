/** `npm run verify`: checks that ledger, totals and recorded events agree, by default in the local stack. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { postgresUrl } from './postgres.ts';
import { repository } from './repository.ts';
import { readSettings } from './settings.ts';
import { StartFault } from './start-fault.ts';

const CHECK = 'services/calculator/src/verify.ts';

/** The database of the local stack, as its folder remembers it; the stack must be running. */
function localDatabase(folder: string): string {
  const remembered = (name: string) => join(folder, 'postgres', name);
  if (!existsSync(remembered('port')) || !existsSync(remembered('password'))) {
    throw new StartFault(`Er zijn geen gegevens in ${folder}. Start eerst npm start, of geef DATABASE_URL op.
(There is no data in ${folder}: run npm start first, or set DATABASE_URL.)`);
  }
  const [port = '', password = ''] = ['port', 'password'].map((name) =>
    readFileSync(remembered(name), 'utf8').trim(),
  );
  return postgresUrl(port, password);
}

try {
  const { folder, databaseUrl } = readSettings(process.env);
  const args = process.argv.slice(2);
  const url = args.includes('--help') ? '' : (databaseUrl ?? localDatabase(folder));
  const child = spawn(process.execPath, [join(repository, CHECK), ...args], {
    stdio: 'inherit',
    env: { ...process.env, DATABASE_URL: url },
  });
  child.on('exit', (code) => {
    process.exitCode = code ?? 1;
  });
} catch (error) {
  process.stderr.write(`✘ ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
