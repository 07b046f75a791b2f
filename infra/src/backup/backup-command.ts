/** `npm run backup`: a back-up of the installation while it runs. */
import { resolve } from 'node:path';
import { terminal } from '../terminal.ts';
import { makeBackupFolder } from './back-up-folder.ts';
import { keepErasedList } from './erased-list.ts';
import { databaseOf, findInstallation } from './installation.ts';
import { makeBackup } from './make-backup.ts';
import { readArguments, runCommand, WrongUse } from './run-command.ts';

const HELP = `Gebruik: npm run backup -- MAP [opties]

Maakt in MAP een reservekopie van de installatie terwijl zij draait: de database, de stromen en sleutels van
nats-server, wat ingest eerder leverde en de maandrapporten. Geheimen gaan niet mee (behalve bij --base):
bewaar die apart.

  --record         van de database alleen wat is vastgelegd; het terugzetten maakt de rest opnieuw
  --base           van PostgreSQL een kopie van de hele cluster, om met het bewaarde log naar elk moment te
                   gaan; ook het wachtwoord van PostgreSQL staat erin
  --only-erasures  alleen onthouden wat is gewist (snel; bijvoorbeeld elk uur)
  --help           toon deze uitleg

Omgevingsvariabelen: EFFECTSTROOM_DATA, of DATABASE_URL en NATS_URL; INGEST_FOLDER en REPORTS_FOLDER als die
elders staan.
`;

await runCommand(HELP, async (signal) => {
  const flags = { record: 'boolean', base: 'boolean', 'only-erasures': 'boolean' } as const;
  const { values, paths } = readArguments(process.argv.slice(2), flags);
  const [given, ...more] = paths;
  if (given === undefined || more.length > 0) throw new WrongUse('Geef één map op.');
  if (['record', 'base', 'only-erasures'].filter((name) => values[name]).length > 1)
    throw new WrongUse('Kies één van --record, --base en --only-erasures.');
  const folder = resolve(given);
  if (values['only-erasures']) {
    const databaseUrl = databaseOf(process.env);
    makeBackupFolder(folder);
    terminal(`✔ ${await keepErasedList(folder, databaseUrl)} gewiste casussen onthouden`);
    return;
  }
  const installation = findInstallation(process.env);
  makeBackupFolder(folder);
  const database = values['base'] ? 'base' : values['record'] ? 'record' : 'dump';
  const { path, manifest } = await makeBackup({ installation, folder, database, tell: terminal, signal });
  const bytes = manifest.files.reduce((sum, file) => sum + file.bytes, 0);
  terminal(`✔ ${path}: ${(bytes / 1e6).toFixed(1)} MB`);
});
