import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { readArguments, wholeNumber } from './arguments.ts';
import { ALL_WELL, type Command, openServer, type Surroundings } from './command.ts';
import { WrongUse } from './faults.ts';
import { SERVER_HELP, serverOptions } from './settings.ts';
import { tableLines } from './table.ts';

const help = `Gebruik:
  effectstroom mapping put CODE BESTAND   bewaar een mapping (JSON) als nieuwe versie
  effectstroom mapping get CODE           toon een mapping
  effectstroom mapping list               toon alle mappings

Een mapping zegt welke kolom van een export welk veld is. Dezelfde inhoud nog eens bewaren
maakt geen nieuwe versie. Bewaren vraagt een sleutel met het recht admin.

  --version NUMMER    bij get: deze versie in plaats van de nieuwste
  --out BESTAND       bij get: schrijf naar een bestand dat nog niet bestaat
${SERVER_HELP}`;

const versionSchema = z.object({ code: z.string(), version: z.int() });
const mappingsSchema = z.object({
  rows: z.array(versionSchema.extend({ name: z.string(), organisation: z.string(), source: z.string() })),
});

const actions: Readonly<Record<string, (args: readonly string[], around: Surroundings) => Promise<number>>> =
  {
    put: async (args, around) => {
      const { options, words } = readArguments('mapping', args, serverOptions, {
        least: ['CODE', 'BESTAND'],
      });
      const [code = '', file = ''] = words;
      const body = { type: 'application/json', text: readFileSync(file) };
      const server = openServer(around, options['key-file']);
      const { version } = await server.ask({ method: 'PUT', path: pathOf(code), body }, versionSchema);
      around.terminal.say(`✔ Mapping ${code} is nu versie ${version}.`);
      return ALL_WELL;
    },
    get: async (args, around) => {
      const choices = { ...serverOptions, version: { type: 'string' }, out: { type: 'string' } } as const;
      const { options, words } = readArguments('mapping', args, choices, { least: ['CODE'] });
      const { version, out } = options;
      if (version !== undefined) wholeNumber('mapping', '--version', version, [1, 999_999_999]);
      const server = openServer(around, options['key-file']);
      const question = { method: 'GET', path: pathOf(words[0] ?? ''), query: { version } } as const;
      const found = `${JSON.stringify(await server.ask(question, z.looseObject({})), null, 2)}\n`;
      if (out === undefined) around.terminal.say(found.trimEnd());
      else writeFileSync(out, found, { flag: 'wx' });
      return ALL_WELL;
    },
    list: async (args, around) => {
      const { options } = readArguments('mapping', args, serverOptions);
      const server = openServer(around, options['key-file']);
      const { rows } = await server.ask({ method: 'GET', path: '/v1/mappings' }, mappingsSchema);
      const lines = rows.map(({ code, version, name, organisation, source }) => {
        return [code, String(version), organisation, name, source];
      });
      const { terminal } = around;
      if (rows.length === 0) terminal.say('Er zijn nog geen mappings voor deze sleutel.');
      else {
        const header = ['Code', 'Versie', 'Organisatie', 'Naam', 'Bron'];
        for (const line of tableLines(header, lines, terminal.width)) terminal.say(line);
      }
      return ALL_WELL;
    },
  };

/** `effectstroom mapping`. */
export const mappingCommand: Command = {
  help,
  run: (args, around) => {
    const action = actions[args[0] ?? ''];
    if (action === undefined)
      throw new WrongUse('Kies uit: mapping put, mapping get, mapping list', 'mapping');
    return action(args.slice(1), around);
  },
};

function pathOf(code: string): string {
  return `/v1/mappings/${encodeURIComponent(code)}`;
}
