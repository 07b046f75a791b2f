/** `npm run restore`: puts a back-up back, and erases again what was erased since. */
import { resolve } from 'node:path';
import { loopback } from '../ports.ts';
import { readSettings } from '../settings.ts';
import { terminal } from '../terminal.ts';
import { eraseAgain } from './erase-again.ts';
import { databaseOf, fileFolders } from './installation.ts';
import { putBack } from './put-back.ts';
import { readArguments, runCommand, WrongUse } from './run-command.ts';

const HELP = `Gebruik: npm run restore -- RESERVEKOPIE [opties]
         npm run restore -- --erase-again MAP

Zet een reservekopie (een map die npm run backup maakte) terug, in een lege datamap of lege servers. Wat er staat
blijft staan en is een fout. Stop eerst alles.

  --only WAT        database, streams of files; meer met komma's (alle drie)
  --archive LOG     map met het log van PostgreSQL, bij een kopie die met --base is gemaakt
  --until MOMENT    met --archive: tot dit moment, als 2026-11-22T13:05:00Z (anders tot het eind)
  --erase-again     wis opnieuw wat na de kopie is gewist, volgens de lijst in MAP; alles moet draaien en bij zijn
  --help            toon deze uitleg

Omgevingsvariabelen: EFFECTSTROOM_DATA, of DATABASE_URL en NATS_URL; INGEST_FOLDER en REPORTS_FOLDER waar die
mappen elders zijn; bij --erase-again ook INGEST_URL en PORTAL_URL (anders http://127.0.0.1 met INGEST_PORT, 8080, en PORTAL_PORT, 8090) en EFFECTSTROOM_KEY
(beheersleutel; local-admin).
`;

const PARTS = ['database', 'streams', 'files'] as const;

await runCommand(HELP, async (signal) => {
  const flags = { only: 'string', archive: 'string', until: 'string', 'erase-again': 'boolean' } as const;
  const { values, paths } = readArguments(process.argv.slice(2), flags);
  const [given, ...more] = paths;
  if (given === undefined || more.length > 0) throw new WrongUse('Geef één map op.');
  const env = process.env;
  if (values['erase-again']) {
    if (Object.keys(values).length > 1)
      throw new WrongUse('--erase-again gaat niet samen met andere opties.');
    await eraseIn(resolve(given), env);
    return;
  }
  const { archive, until } = values;
  if (until !== undefined && archive === undefined)
    throw new WrongUse('--until vraagt --archive: zonder het log is er alleen het moment van de kopie.');
  const wanted = wantedParts(values['only']);
  await putBack({
    settings: readSettings(env),
    folders: fileFolders(env),
    from: resolve(given),
    parts: { database: wanted('database'), streams: wanted('streams'), files: wanted('files') },
    archive: typeof archive === 'string' ? resolve(archive) : undefined,
    until: typeof until === 'string' ? momentOf(until) : undefined,
    tell: terminal,
    signal,
  });
});

async function eraseIn(folder: string, env: NodeJS.ProcessEnv): Promise<void> {
  const { ports } = readSettings(env);
  const { listed, found } = await eraseAgain({
    folder,
    databaseUrl: databaseOf(env),
    ingestUrl: env['INGEST_URL'] || `http://${loopback}:${ports.ingest}`,
    portalUrl: env['PORTAL_URL'] || `http://${loopback}:${ports.portal}`,
    key: env['EFFECTSTROOM_KEY'] || 'local-admin',
  });
  terminal(`✔ ${listed} op de lijst, ${found} casussen daarvan gevonden en opnieuw gewist`);
}

function wantedParts(only: string | boolean | undefined): (part: (typeof PARTS)[number]) => boolean {
  if (typeof only !== 'string') return () => true;
  const named = only.split(',');
  const unknown = named.filter((name) => !PARTS.some((part) => part === name));
  if (unknown.length > 0) throw new WrongUse(`--only kent ${PARTS.join(', ')}; niet ${unknown.join(', ')}.`);
  return (part) => named.includes(part);
}

function momentOf(text: string): Date {
  const moment = new Date(text);
  if (Number.isNaN(moment.getTime()) || !/\dT\d.*(Z|[+-]\d\d:\d\d)$/.test(text))
    throw new WrongUse('--until moet een moment zijn als 2026-11-22T13:05:00Z.');
  if (moment.getTime() > Date.now()) throw new WrongUse(`--until ligt in de toekomst: ${text}.`);
  return moment;
}
