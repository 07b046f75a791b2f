import { readArguments } from './arguments.ts';
import { ALL_WELL, type Command, openServer, type Surroundings } from './command.ts';
import { WrongUse } from './faults.ts';
import { getImport, hasEnded, listImports, resumeImport, stopImport } from './import-calls.ts';
import { type FileChoices, importFile } from './import-file.ts';
import { finishImport, followPatiently } from './import-finish.ts';
import { proposeMapping } from './import-proposal.ts';
import { reportKindOf } from './report-file.ts';
import { SERVER_HELP, serverOptions } from './settings.ts';
import { importLines, importsTable } from './show-import.ts';
import { withdrawVanished } from './vanished.ts';

const help = `Gebruik:
  effectstroom import BESTAND                  stel een mapping voor bij dit bestand
  effectstroom import BESTAND --mapping CODE   lees het bestand in
  effectstroom import list                     toon de laatste imports
  effectstroom import show NUMMER              toon hoe het met een import staat, en volg hem
  effectstroom import stop NUMMER              stop een import
  effectstroom import resume NUMMER            ga door met een gestopte import
  effectstroom import withdraw NUMMER          trek casussen in die ontbraken bij --full

BESTAND is een export als CSV of XLSX. Zonder --mapping wordt niets opgenomen: het voorstel komt
in BESTAND.mapping.json. Hetzelfde bestand nog eens inlezen verandert niets.

  --mapping CODE        lees in met deze mapping
  --dry-run             proefdraai: controleer alles, neem niets op
  --full                het bestand bevat alle casussen: meld welke er niet meer in staan
  --withdraw-vanished   trek na --full de ontbrekende casussen in; vraagt eerst om bevestiging
  --count AANTAL        bevestig vooraf dat het om dit aantal gaat (zonder terminal verplicht)
  --reason REDEN        waarom zij worden ingetrokken: error (fout ingevoerd) of consent
                        (toestemming ingetrokken); zonder deze optie error
  --report BESTAND      schrijf het verslag per rij, als .html, .csv of .json
  --stop                stop de import op de server bij Ctrl-C (anders gaat hij daar door)

Bij een voorstel:
  --municipality CODE   gemeente (GM en vier cijfers)
  --organisation CODE   organisatie
  --programme CODE      programma
  --source URI          bron, zoals urn:nld:kvknr:41224547:systeem:regix
  --force               overschrijf een voorstel dat er al staat

${SERVER_HELP}`;

const fileOptions = {
  ...serverOptions,
  mapping: { type: 'string' },
  'dry-run': { type: 'boolean' },
  full: { type: 'boolean' },
  'withdraw-vanished': { type: 'boolean' },
  count: { type: 'string' },
  reason: { type: 'string' },
  report: { type: 'string' },
  stop: { type: 'boolean' },
  municipality: { type: 'string' },
  organisation: { type: 'string' },
  programme: { type: 'string' },
  source: { type: 'string' },
  force: { type: 'boolean' },
} as const;

const actions: Readonly<Record<string, (args: readonly string[], around: Surroundings) => Promise<number>>> =
  {
    list: async (args, around) => {
      const { options } = readArguments('import', args, serverOptions);
      const imports = await listImports(openServer(around, options['key-file']));
      const { terminal } = around;
      if (imports.length === 0) terminal.say('Er zijn nog geen imports.');
      else for (const line of importsTable(imports, terminal.width)) terminal.say(line);
      return ALL_WELL;
    },
    show: async (args, around) => {
      const { id, report, server } = oneImport(args, around);
      const found = await getImport(server, id);
      const ended = hasEnded(found) ? found : await followPatiently(server, around, found, { stops: false });
      return finishImport(server, around, ended, report);
    },
    stop: async (args, around) => {
      const { id, server } = oneImport(args, around);
      await stopImport(server, id);
      around.terminal.say(`Import ${id} wordt gestopt. Doorgaan: effectstroom import resume ${id}`);
      return ALL_WELL;
    },
    resume: async (args, around) => {
      const { id, report, server } = oneImport(args, around);
      await resumeImport(server, id);
      const ended = await followPatiently(server, around, await getImport(server, id), { stops: false });
      return finishImport(server, around, ended, report);
    },
    withdraw: async (args, around) => {
      const { options, words } = readArguments('import', args, fileOptions, {
        least: ['NUMMER van de import'],
      });
      const server = openServer(around, options['key-file']);
      const found = await getImport(server, words[0] ?? '');
      for (const line of importLines(found)) around.terminal.say(line);
      return withdrawVanished(server, around, found, withdrawalOf(options));
    },
  };

/** `effectstroom import`. */
export const importCommand: Command = {
  help,
  run: (args, around) => {
    const action = actions[args[0] ?? ''];
    return action === undefined ? runFile(args, around) : action(args.slice(1), around);
  },
};

async function runFile(args: readonly string[], around: Surroundings): Promise<number> {
  const { options, words } = readArguments('import', args, fileOptions, { least: ['BESTAND'] });
  const [file = ''] = words;
  if (options.mapping === undefined) {
    const excess = (['dry-run', 'full', 'withdraw-vanished', 'report', 'stop'] as const).find(
      (name) => options[name],
    );
    if (excess !== undefined) throw new WrongUse(`--${excess} kan alleen samen met --mapping`, 'import');
    return proposeMapping(openServer(around, options['key-file']), around, file, options);
  }
  if (options['withdraw-vanished'] && (!options.full || options['dry-run'])) {
    throw new WrongUse('--withdraw-vanished kan alleen met --full, en niet met --dry-run', 'import');
  }
  const choices: FileChoices = {
    mapping: options.mapping,
    dryRun: options['dry-run'] ?? false,
    full: options.full ?? false,
    report: reportOf(options.report),
    stops: options.stop ?? false,
    withdrawal: options['withdraw-vanished'] ? withdrawalOf(options) : undefined,
  };
  return importFile(openServer(around, options['key-file']), around, file, choices);
}

function oneImport(args: readonly string[], around: Surroundings) {
  const options = { ...serverOptions, report: fileOptions.report };
  const given = readArguments('import', args, options, { least: ['NUMMER van de import'] });
  const report = reportOf(given.options.report);
  return { id: given.words[0] ?? '', report, server: openServer(around, given.options['key-file']) };
}

function reportOf(file: string | undefined): string | undefined {
  if (file === undefined || reportKindOf(file) !== undefined) return file;
  throw new WrongUse('--report vraagt een bestandsnaam die eindigt op .html, .csv of .json', 'import');
}

function withdrawalOf({
  count,
  reason = 'error',
}: {
  count?: string | undefined;
  reason?: string | undefined;
}) {
  if (reason !== 'error' && reason !== 'consent')
    throw new WrongUse('--reason is error of consent', 'import');
  if (count === undefined) return { reason, count: undefined } as const;
  if (!/^[1-9]\d{0,8}$/.test(count)) throw new WrongUse('--count is een geheel getal vanaf 1', 'import');
  return { reason, count: Number(count) } as const;
}
