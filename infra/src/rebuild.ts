/** `npm run rebuild`: makes what follows from the record anew, by default in the local stack, which must be stopped. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readArguments, WrongUse } from './backup/run-command.ts';
import { claimDataFolder } from './data-folder.ts';
import { startPostgres } from './postgres.ts';
import { runOnDatabase } from './run-on-database.ts';
import { readSettings } from './settings.ts';
import { StartFault } from './start-fault.ts';
import { terminal } from './terminal.ts';

const REBUILD = 'services/calculator/src/rebuild/main.ts';

const HELP = `Gebruik: npm run rebuild [-- --check]

Maakt casussen, besparingen, totalen en quarantaine opnieuw uit de vastgelegde gebeurtenissen en instellingen,
vergelijkt ze met wat er staat, zet recht wat verschilt, en controleert daarna alles.

Op deze computer: stop npm start eerst (Ctrl-C); dit start zelf PostgreSQL op de datamap, ook bij --check. Met
DATABASE_URL: stop elke rekenaar; portaal en exporter mogen doorgaan.

  --check   vergelijk alleen: er verandert niets
  --help    toon deze uitleg

Omgevingsvariabelen: EFFECTSTROOM_DATA, of DATABASE_URL.

Code 0 als nu alles klopt, 1 als iets verschilt of niet klopt, 2 bij verkeerd gebruik, 3 als het niet kon.
`;

async function main(args: readonly string[]): Promise<number> {
  if (args.includes('--help')) {
    process.stdout.write(HELP);
    return 0;
  }
  const { paths } = readArguments(args, { check: 'boolean' });
  if (paths.length > 0) throw new WrongUse(`Onbekend: ${paths.join(' ')}`);
  const { folder, databaseUrl, archive } = readSettings(process.env);
  if (databaseUrl !== undefined) return runOnDatabase(REBUILD, args, databaseUrl);
  if (!existsSync(join(folder, 'postgres', 'data')))
    throw new StartFault(`Er zijn geen gegevens in ${folder}. Geef EFFECTSTROOM_DATA of DATABASE_URL op.
(There is no data in ${folder}: set EFFECTSTROOM_DATA or DATABASE_URL.)`);
  const interrupt = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => interrupt.abort());
  const release = await claimDataFolder(folder, terminal, interrupt.signal);
  try {
    const postgres = await startPostgres({
      folder: join(folder, 'postgres'),
      archive,
      signal: interrupt.signal,
    });
    try {
      // One that ends half-way has changed nothing.
      return await runOnDatabase(REBUILD, args, postgres.url);
    } finally {
      await postgres.stop();
    }
  } finally {
    release();
  }
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`✘ ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = error instanceof WrongUse ? 2 : 3;
}
