/** `effectstroom <command>`: what people and nightly jobs do with ingest from the command line. */
import { createInterface } from 'node:readline/promises';
import { type Command, NOT_ALL_WELL, type Surroundings, WRONG_USE } from './command.ts';
import { describe } from './describe.ts';
import { ClientFault, WrongUse } from './faults.ts';
import { readAddress } from './settings.ts';
import { openTerminal } from './terminal.ts';

/** One Ctrl-C reaches us more than once: from the terminal, from npm and from what started us. */
const SAME_INTERRUPT_MS = 1_000;

/** Each is loaded only when it is used. */
const commands: readonly { name: string; summary: string; load: () => Promise<Command> }[] = [
  {
    name: 'import',
    summary: 'lees een export in (CSV of XLSX), of stel er een mapping bij voor',
    load: async () => (await import('./import-command.ts')).importCommand,
  },
  {
    name: 'watch',
    summary: 'lees elk bestand in dat in een map aankomt, zoals een nachtelijke export',
    load: async () => (await import('./watch/watch-command.ts')).watchCommand,
  },
  {
    name: 'mapping',
    summary: 'bewaar en toon mappings: welke kolom is welk veld',
    load: async () => (await import('./mapping-command.ts')).mappingCommand,
  },
  {
    name: 'prices',
    summary: 'neem een prijslijst op (CSV of XLSX), en toon wat er verandert',
    load: async () => (await import('./prices-command.ts')).pricesCommand,
  },
  {
    name: 'check',
    summary: 'laat een gebeurtenis (JSON) controleren zonder hem op te nemen',
    load: async () => (await import('./check-command.ts')).checkCommand,
  },
  {
    name: 'keys',
    summary: 'maak, toon, vervang en trek sleutels in',
    load: async () => (await import('./keys-command.ts')).keysCommand,
  },
  {
    name: 'resident-key',
    summary: 'vervang het geheim achter de sleutels van inwoners',
    load: async () => (await import('./resident-key-command.ts')).residentKeyCommand,
  },
];

const help = `Gebruik: effectstroom <commando> [opties]

${commands.map(({ name, summary }) => `  ${name.padEnd(13)} ${summary}`).join('\n')}

  effectstroom <commando> --help  legt een commando uit

Antwoordcodes: 0 alles goed, 1 iets geweigerd of mislukt, 2 verkeerd gebruik.
`;

const terminal = openTerminal(process.stdout, process.stderr, process.stdin);

async function main([name = '--help', ...args]: readonly string[]): Promise<number> {
  if (name === '--help' || name === 'help') {
    terminal.say(help.trimEnd());
    return 0;
  }
  const command = await commands.find((one) => one.name === name)?.load();
  if (command === undefined) {
    terminal.note(`Onbekend commando: ${name}\n\n${help.trimEnd()}`);
    return WRONG_USE;
  }
  if (args.includes('--help')) {
    terminal.say(command.help.trimEnd());
    return 0;
  }
  const interrupt = interruption();
  try {
    return await command.run(args, surroundings(interrupt));
  } catch (error) {
    terminal.showProgress('');
    if (interrupt.aborted && !(error instanceof ClientFault)) return NOT_ALL_WELL;
    if (error instanceof WrongUse) {
      terminal.note(`✘ ${error.message}\n\nUitleg: effectstroom ${name} --help`);
      return WRONG_USE;
    }
    terminal.note(`✘ ${describe(error, addressOf(process.env))}`);
    return NOT_ALL_WELL;
  }
}

function surroundings(signal: AbortSignal): Surroundings {
  return {
    env: process.env,
    terminal,
    signal,
    question: async (text) => {
      if (!terminal.isInteractive) return '';
      const asking = createInterface({ input: process.stdin, output: process.stderr });
      // A Ctrl-C is an answer too.
      asking.on('SIGINT', () => asking.close());
      const closed = new Promise<string>((resolve) => asking.once('close', () => resolve('')));
      const answer = await Promise.race([asking.question(text).catch(() => ''), closed]);
      asking.close();
      return answer.trim();
    },
  };
}

/** The first interrupt ends the command in its own way, the next one at once. */
function interruption(): AbortSignal {
  const interrupt = new AbortController();
  let interruptedAt: number | undefined;
  const listener = () => {
    if (interruptedAt === undefined) {
      interruptedAt = performance.now();
      interrupt.abort();
    } else if (performance.now() - interruptedAt > SAME_INTERRUPT_MS) {
      process.exit(NOT_ALL_WELL);
    }
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, listener);
  // What started us holds the other end: it closes when that is killed.
  process.on('disconnect', listener);
  return interrupt.signal;
}

function addressOf(env: NodeJS.ProcessEnv): string {
  try {
    return readAddress(env);
  } catch {
    return '';
  }
}

// Who reads the output may stop reading, as `head` does.
process.stdout.on('error', () => process.exit(NOT_ALL_WELL));
process.exitCode = await main(process.argv.slice(2));
// The channel to what started us would otherwise keep this process; what was written goes out first.
process.stdout.write('', () => process.exit());
