import { readArguments } from '../arguments.ts';
import { ALL_WELL, type Command, NOT_ALL_WELL, openServer, type Surroundings } from '../command.ts';
import { describeBriefly } from '../describe.ts';
import { WrongUse } from '../faults.ts';
import { getMappingVersion } from '../import-calls.ts';
import type { Patience } from '../patience.ts';
import type { Server } from '../server.ts';
import { SERVER_HELP, serverOptions } from '../settings.ts';
import { clockTime } from '../words.ts';
import { namePattern } from './find-files.ts';
import type { WatchChoices } from './folder-watch.ts';
import { WatchedFolder } from './folders.ts';
import { watchFolder } from './watch.ts';

const DEFAULT_PATTERNS = ['*.csv', '*.txt', '*.xlsx'];
const DEFAULT_SETTLE_SECONDS = '30';

const help = `Gebruik: effectstroom watch MAP --mapping CODE [opties]

Leest elk bestand in dat volledig in MAP is aangekomen, zoals een nachtelijke export over SFTP, en
verplaatst het naar MAP/done, of naar MAP/refused als er niets van kon worden opgenomen, met het
verslag ernaast (.report.html en .report.csv). Draait tot Ctrl-C of SIGTERM. Een server die weg is
wordt afgewacht. Na een crash gaat het verder waar het was; geen rij telt dubbel.

Een bestand is volledig als het een tijd niet meer verandert. Namen die met een punt beginnen of op
.part, .filepart of .tmp eindigen blijven liggen: zo verstuurt een goed SFTP-programma.

  --mapping CODE      lees in met deze mapping
  --full              elk bestand bevat alle casussen: meld welke er niet meer in staan
  --once              neem wat er is en stop; voor cron
  --settle SECONDEN   zo lang moet een bestand onveranderd zijn (${DEFAULT_SETTLE_SECONDS})
  --marker            neem een bestand pas, en meteen, als er NAAM.ready of NAAM.ok naast staat
  --pattern PATROON   welke bestanden, met * en ?; mag vaker (${DEFAULT_PATTERNS.join(' ')})
${SERVER_HELP}`;

const watchOptions = {
  ...serverOptions,
  mapping: { type: 'string' },
  full: { type: 'boolean' },
  once: { type: 'boolean' },
  settle: { type: 'string' },
  marker: { type: 'boolean' },
  pattern: { type: 'string', multiple: true },
} as const;

/** What passes by itself, or when someone puts a key or mapping right. */
const BUSY = [408, 429, 502, 503, 504, 507];
const OF_KEY = [401, 403];
const OF_MAPPING = [404];
const TELL_EVERY_MS = 10 * 60_000;
const ONCE_FOR_MS = 5 * 60_000;

/** `effectstroom watch`. */
export const watchCommand: Command = {
  help,
  run: async (args, around) => {
    const { options, words } = readArguments('watch', args, watchOptions, { least: ['MAP'] });
    const { mapping, full = false, once = false, marker: needsMarker = false } = options;
    if (mapping === undefined) throw new WrongUse('--mapping CODE ontbreekt', 'watch');
    const settleMs = settleOf(options.settle ?? DEFAULT_SETTLE_SECONDS);
    const [root = ''] = words;
    const server = openServer(around, options['key-file']);
    const folder = new WatchedFolder(root);
    const log = logTo(around);
    const choices: WatchChoices = {
      ...{ mapping, full, once, settleMs, needsMarker, log },
      fits: namePattern(options.pattern ?? DEFAULT_PATTERNS),
      serversFor: (signal) => serversFor(server, once, log, signal),
    };
    log(`Bewaakt ${root}; bestanden gaan met mapping ${mapping} naar ${server.address}.`);
    return (await watch(folder, choices, around)) ? ALL_WELL : NOT_ALL_WELL;
  },
};

async function watch(
  folder: WatchedFolder,
  choices: WatchChoices,
  { signal }: Surroundings,
): Promise<boolean> {
  try {
    // A wrong key or mapping is told at once, when someone is still looking.
    const { forFollowing } = choices.serversFor(signal);
    await getMappingVersion(
      forFollowing.with({ patience: withoutKey(forFollowing.patience) }),
      choices.mapping,
    );
    return await watchFolder(folder, choices, signal);
  } catch (error) {
    if (!signal.aborted) throw error;
    choices.log('Gestopt. Wat nog bezig is, gaat verder bij de volgende start.');
    return true;
  }
}

function withoutKey(patience: Patience): Patience {
  return { ...patience, alsoFor: BUSY };
}

function serversFor(server: Server, once: boolean, log: (line: string) => void, signal: AbortSignal) {
  let toldAt: number | undefined;
  const patience: Patience = {
    awayMs: once ? ONCE_FOR_MS : Number.POSITIVE_INFINITY,
    busyMs: ONCE_FOR_MS,
    alsoFor: once ? BUSY : [...BUSY, ...OF_KEY],
    onWait: (reason) => {
      if (toldAt !== undefined && performance.now() - toldAt < TELL_EVERY_MS) return;
      toldAt = performance.now();
      log(`Wacht: ${describeBriefly(reason)}.`);
    },
    onBack: () => {
      if (toldAt !== undefined) log('De server antwoordt weer.');
      toldAt = undefined;
    },
  };
  const alsoFor = once ? patience.alsoFor : [...patience.alsoFor, ...OF_MAPPING];
  return {
    forSending: server.with({ signal, patience: { ...patience, alsoFor } }),
    forFollowing: server.with({ signal, patience }),
  };
}

/** Lines with the time; a service manager or cron keeps them. */
function logTo({ terminal }: Surroundings): (line: string) => void {
  return (line) => terminal.say(`${clockTime(new Date())}  ${line}`);
}

function settleOf(text: string): number {
  const seconds = /^\d{1,5}(\.\d{1,3})?$/.test(text) ? Number(text) : 0;
  if (seconds > 0) return seconds * 1000;
  throw new WrongUse('--settle is een aantal seconden, zoals 30 of 0.5', 'watch');
}
