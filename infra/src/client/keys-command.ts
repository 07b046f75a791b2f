import { rmSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { readArguments, wholeNumber } from './arguments.ts';
import { ALL_WELL, type Command, openServer, type Surroundings } from './command.ts';
import { WrongUse } from './faults.ts';
import type { Server } from './server.ts';
import { SERVER_HELP, serverOptions } from './settings.ts';
import { tableLines } from './table.ts';
import type { Terminal } from './terminal.ts';
import { answeredTime } from './words.ts';

const help = `Gebruik:
  effectstroom keys create --name NAAM --scope RECHT … --organisation CODE … --source BRON …
  effectstroom keys list
  effectstroom keys rotate ID     nieuwe tekst; de oude werkt nog even door
  effectstroom keys revoke ID     trek een sleutel meteen in

Vraagt een sleutel met het recht admin. De tekst van een nieuwe sleutel wordt één keer getoond.

  --name NAAM               waar de sleutel voor is (geen persoonsnaam)
  --scope RECHT             ingest, read of admin; mag vaker
  --organisation CODE       organisatie, of * voor alle; mag vaker
  --source BRON             bron, of het begin ervan gevolgd door *; mag vaker
  --expires DATUM           verloopt aan het begin van deze dag (jjjj-mm-dd)
  --requests-per-minute N   hoogste aantal verzoeken per minuut
  --overlap-hours UREN      bij rotate: zo lang werkt de oude tekst nog (24)
  --out BESTAND             schrijf de sleutel naar dit nieuwe bestand, en niet naar het scherm
${SERVER_HELP}`;

const keySchema = z.object({
  id: z.string(),
  name: z.string(),
  scopes: z.array(z.string()),
  organisations: z.array(z.string()),
  sources: z.array(z.string()),
  state: z.string(),
  expiresAt: z.string().nullable(),
  lastUsedOn: z.string().nullable(),
  overlapsUntil: z.string().nullable(),
});
const newKeySchema = keySchema.extend({ key: z.string() });
const keysSchema = z.object({ rows: z.array(keySchema), next: z.string().nullable() });
const STATES: Readonly<Record<string, string>> = {
  active: 'actief',
  expired: 'verlopen',
  revoked: 'ingetrokken',
};

const createOptions = {
  ...serverOptions,
  name: { type: 'string' },
  scope: { type: 'string', multiple: true },
  organisation: { type: 'string', multiple: true },
  source: { type: 'string', multiple: true },
  expires: { type: 'string' },
  'requests-per-minute': { type: 'string' },
  out: { type: 'string' },
} as const;
const rotateOptions = {
  ...serverOptions,
  'overlap-hours': { type: 'string' },
  out: { type: 'string' },
} as const;

const actions: Readonly<Record<string, (args: readonly string[], around: Surroundings) => Promise<number>>> =
  {
    create: async (args, around) => {
      const { options } = readArguments('keys', args, createOptions);
      const { name, scope: scopes, organisation: organisations, source: sources = [] } = options;
      if (name === undefined || scopes === undefined || organisations === undefined) {
        throw new WrongUse('Geef --name, en minstens één --scope en --organisation', 'keys');
      }
      const perMinute = options['requests-per-minute'];
      const body = {
        name,
        scopes,
        organisations,
        sources,
        ...(options.expires !== undefined && { expiresAt: startOf(options.expires) }),
        ...(perMinute !== undefined && {
          requestsPerMinute: wholeNumber('keys', '--requests-per-minute', perMinute, [1, 600_000]),
        }),
      };
      return showNewKey(openServer(around, options['key-file']), around, '/v1/keys', body, options.out);
    },
    list: async (args, around) => {
      const { options } = readArguments('keys', args, serverOptions);
      await listKeys(openServer(around, options['key-file']), around.terminal);
      return ALL_WELL;
    },
    rotate: async (args, around) => {
      const { options, words } = readArguments('keys', args, rotateOptions, { least: ['ID van de sleutel'] });
      const hours = options['overlap-hours'];
      const overlapHours =
        hours === undefined ? undefined : wholeNumber('keys', '--overlap-hours', hours, [0, 720]);
      const server = openServer(around, options['key-file']);
      return showNewKey(server, around, `${pathOf(words[0])}/rotate`, { overlapHours }, options.out);
    },
    revoke: async (args, around) => {
      const { options, words } = readArguments('keys', args, serverOptions, { least: ['ID van de sleutel'] });
      await openServer(around, options['key-file']).do({ method: 'DELETE', path: pathOf(words[0]) });
      around.terminal.say(`✔ Sleutel ${words[0]} is ingetrokken en werkt niet meer.`);
      return ALL_WELL;
    },
  };

/** `effectstroom keys`. */
export const keysCommand: Command = {
  help,
  run: (args, around) => {
    const action = actions[args[0] ?? ''];
    if (action === undefined)
      throw new WrongUse('Kies uit: keys create, keys list, keys rotate, keys revoke', 'keys');
    return action(args.slice(1), around);
  },
};

/** Asks for a new text and shows it this once: alone on the standard output, so that a script can keep it. */
async function showNewKey(
  server: Server,
  { terminal }: Surroundings,
  path: string,
  body: unknown,
  out: string | undefined,
): Promise<number> {
  // A file that cannot be written is found before there is a key to lose.
  if (out !== undefined) writeFileSync(out, '', { flag: 'wx', mode: 0o600 });
  const text = JSON.stringify(body);
  const question = {
    method: 'POST',
    path,
    body: { type: 'application/json', text },
    isRepeatable: false,
  } as const;
  const made = await server.ask(question, newKeySchema).catch((error: unknown) => {
    if (out !== undefined) rmSync(out);
    throw error;
  });
  const { id, name, key, overlapsUntil } = made;
  terminal.note(`✔ Sleutel ${id} (${name}). Bewaar hem nu: hij wordt maar één keer getoond.`);
  if (overlapsUntil !== null) terminal.note(`De oude tekst werkt nog tot ${answeredTime(overlapsUntil)}.`);
  if (out === undefined) terminal.say(key);
  else {
    writeFileSync(out, `${key}\n`);
    terminal.note(`De sleutel staat in ${out}.`);
  }
  return ALL_WELL;
}

async function listKeys(server: Server, terminal: Terminal): Promise<void> {
  const lines: string[][] = [];
  for (let after: string | undefined; ; ) {
    const { rows, next } = await server.ask(
      { method: 'GET', path: '/v1/keys', query: { after } },
      keysSchema,
    );
    for (const { id, name, scopes, organisations, sources, state, expiresAt, lastUsedOn } of rows) {
      const rights = [scopes.join(' '), organisations.join(' '), sources.join(' ')];
      const days = [lastUsedOn ?? 'nooit', expiresAt === null ? '–' : answeredTime(expiresAt)];
      lines.push([id, name, STATES[state] ?? state, ...rights, ...days]);
    }
    if (next === null) break;
    after = next;
  }
  const header = ['ID', 'Naam', 'Stand', 'Rechten', 'Organisaties', 'Bronnen', 'Gebruikt op', 'Verloopt'];
  if (lines.length === 0) terminal.say('Er zijn nog geen sleutels die deze sleutel beheert.');
  else for (const line of tableLines(header, lines, terminal.width)) terminal.say(line);
}

function pathOf(id = ''): string {
  return `/v1/keys/${encodeURIComponent(id)}`;
}

/** The start of a day of this computer's clock, as RFC 3339. */
function startOf(day: string): string {
  const moment = /^\d{4}-\d{2}-\d{2}$/.test(day) ? new Date(`${day}T00:00:00`) : new Date(Number.NaN);
  if (Number.isNaN(moment.getTime())) throw new WrongUse('--expires is een datum als 2027-01-31', 'keys');
  return moment.toISOString();
}
