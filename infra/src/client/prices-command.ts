import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { LIMITS, type PriceListPreview, priceListPreviewSchema } from '@effectstroom/contracts';
import { readArguments } from './arguments.ts';
import { ALL_WELL, type Command, NOT_ALL_WELL, openServer, type Surroundings } from './command.ts';
import { ClientFault, WrongUse } from './faults.ts';
import { sizeOf } from './import-file.ts';
import type { Question } from './server.ts';
import { SERVER_HELP, serverOptions } from './settings.ts';
import { previewLines } from './show-prices.ts';
import { count, megabytes } from './words.ts';

const help = `Gebruik: effectstroom prices BESTAND --code CODE --name NAAM

Neemt een prijslijst op uit een CSV- of XLSX-bestand met één prijs per rij, en toont eerst wat er
verandert. Kolommen: dienst, naam, eenheid, prijs en kostenhouder; en waar u die heeft: vanaf,
soort, prijspeil, bron en verzilverbaar (ja, capaciteit of nee). Elke vanaf is een editie. Het
bestand voegt zijn edities toe, of vervangt elk daarvan in haar geheel; de andere edities blijven.
Vraagt een sleutel met het recht admin.

  --code CODE     code van de prijslijst, zoals een programma hem noemt
  --name NAAM     naam van de prijslijst
  --note TEKST    toelichting bij de prijslijst
  --from DATUM    vanaf wanneer de prijzen gelden (jjjj-mm-dd) waar een rij geen vanaf heeft
  --replace       dit is de hele lijst: edities die niet in het bestand staan, verdwijnen
  --dry-run       toon alleen wat er verandert; neem niets op
  --yes           ga ook door als er prijzen verdwijnen, of de server deze lijst nog niet kent
                  (zonder terminal dan verplicht)
${SERVER_HELP}`;

const options = {
  ...serverOptions,
  code: { type: 'string' },
  name: { type: 'string' },
  note: { type: 'string' },
  from: { type: 'string' },
  replace: { type: 'boolean' },
  'dry-run': { type: 'boolean' },
  yes: { type: 'boolean' },
} as const;

const TYPES: Readonly<Record<string, string>> = {
  '.csv': 'text/csv',
  '.txt': 'text/csv',
  '.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** `effectstroom prices`. */
export const pricesCommand: Command = {
  help,
  run: async (args, around) => {
    const { options: given, words } = readArguments('prices', args, options, { least: ['BESTAND'] });
    const { code, name, note, from } = given;
    if (code === undefined || name === undefined)
      throw new WrongUse('Geef de prijslijst een --code en een --name', 'prices');
    const question: Question = {
      method: 'PUT',
      path: `/v1/price-lists/${encodeURIComponent(code)}`,
      query: { name, note, from, ...(given.replace === true && { replace: 'true' }) },
      body: bodyOf(words[0] ?? ''),
    };
    const server = openServer(around, given['key-file']);
    const dryRun = { ...question, query: { ...question.query, dryRun: 'true' } };
    const preview = await server.ask(dryRun, priceListPreviewSchema);
    for (const line of previewLines(preview, around.terminal.width)) around.terminal.say(line);
    if (given['dry-run'] === true) around.terminal.say('\nProef: er is niets opgenomen.');
    if (given['dry-run'] === true) return ALL_WELL;
    const asks = questionAbout(preview);
    if (asks !== null && !(await isConfirmed(asks, around, given.yes === true))) return NOT_ALL_WELL;
    // Also where nothing changes: what was sent before may not have come further than the server.
    await server.do(
      asks === null ? question : { ...question, query: { ...question.query, removes: 'true' } },
    );
    if (preview.changes?.unchanged !== true)
      around.terminal.say(`\n✔ Prijslijst ${code} is opgenomen. Casussen worden opnieuw gewaardeerd.`);
    return ALL_WELL;
  },
};

function bodyOf(file: string): NonNullable<Question['body']> {
  const type = TYPES[extname(file).toLowerCase()];
  if (type === undefined) throw new ClientFault(`${file} is geen .csv of .xlsx.`);
  if (sizeOf(file) > LIMITS.bodyBytes)
    throw new ClientFault(`${file} is te groot: hoogstens ${megabytes(LIMITS.bodyBytes)}.`);
  return { type, text: new Uint8Array(readFileSync(file)) };
}

/** What is asked before anything may disappear: a price that goes takes its cases to quarantine. Null is nothing. */
function questionAbout({ changes, disappearing }: PriceListPreview): string | null {
  if (changes === null)
    return `De server kent nog geen prijslijst met deze code. Is de lijst nieuw, of staan alle edities in het
bestand? Heeft u er al een van voor een upgrade, dan vervangt dit bestand die, met alle jaren.`;
  const gone = disappearing ?? 0;
  if (gone === 0) return null;
  return `Er ${gone === 1 ? 'verdwijnt' : 'verdwijnen'} ${count(gone, 'prijs', 'prijzen')}: casussen zonder prijs
tellen niet mee tot zij er weer een hebben.`;
}

async function isConfirmed(
  asks: string,
  { terminal, question }: Surroundings,
  yes: boolean,
): Promise<boolean> {
  if (yes) return true;
  terminal.say(`\n${asks}`);
  if (terminal.isInteractive && (await question('Toch opnemen? Typ ja: ')).toLowerCase() === 'ja')
    return true;
  terminal.say('Er is niets opgenomen. Wel opnemen: hetzelfde met --yes');
  return false;
}
