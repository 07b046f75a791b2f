/** What the measuring commands have in common: how their command line is read, and how they end. */
import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { MachineLacks } from '../machines/machine-lacks.ts';
import { failedReport, writeReport } from './report.ts';

/** Exit codes of every command. */
export const RIGHT = 0;
export const WRONG = 1;
const CANNOT_BEGIN = 2;
const INTERRUPTED = 130;

/** What cannot be used; the message says what to change. */
export class OptionFault extends Error {}

/** The options that were given, by name. */
export type Given<Text extends string, Flag extends string> = { readonly [name in Text]?: string } & {
  readonly [name in Flag | 'help']?: boolean;
};

export interface Limits {
  min: number;
  max: number;
  /** What the number is a multiple of, 0.001 at least; whole numbers where nothing is said. */
  step?: number;
  /** Where the option is not given; without it, it must be. */
  otherwise?: number;
}

export interface Command<Options> {
  /** As it is called, `npm run bench`. */
  name: string;
  /** What `--help` prints. */
  help: string;
  /** @throws OptionFault */
  read: (args: readonly string[]) => Options | 'help';
  /** Ends all that it started, also when it is aborted. @returns the exit code */
  run: (options: Options, context: CommandContext) => Promise<number>;
  /** The report that is left by a run which fails before it has one; none where nothing is said. */
  failed?: (options: Options) => { name: string; title: string; folder?: string | undefined };
}

export interface CommandContext {
  /** The command line, as it was given: it gives the report again. */
  command: string;
  /** Aborted by Ctrl-C. */
  signal: AbortSignal;
  /** Progress, for who waits. */
  tell: (line: string) => void;
}

/** Options with a text, and those without; `--help` is one of them. @throws OptionFault */
export function parse<Text extends string, Flag extends string>(
  args: readonly string[],
  texts: readonly Text[],
  flags: readonly Flag[],
): Given<Text, Flag> {
  const options: ParseArgsOptionsConfig = {};
  for (const name of texts) options[name] = { type: 'string' };
  for (const name of [...flags, 'help']) options[name] = { type: 'boolean' };
  try {
    // Each has the type that it was asked with.
    return parseArgs({ args: [...args], options }).values as Given<Text, Flag>;
  } catch (error) {
    throw new OptionFault(error instanceof Error ? error.message : String(error));
  }
}

/** The number of an option. @throws OptionFault */
export function numberOf(name: string, text: string | undefined, limits: Limits): number {
  const { min, max, step = 1, otherwise } = limits;
  if (text === undefined && otherwise !== undefined) return otherwise;
  const value = /^\d{1,9}(\.\d{1,3})?$/.test(text ?? '') ? Number(text) : Number.NaN;
  const thousandths = (amount: number) => Math.round(amount * 1_000);
  if (value >= min && value <= max && thousandths(value) % thousandths(step) === 0) return value;
  const kind = step === 1 ? 'a whole number' : step < 1 ? 'a number' : `a multiple of ${step}`;
  throw new OptionFault(`--${name} must be ${kind} from ${min} to ${max}`);
}

/** Those of a list that an option names, with commas between, in the order of the list; all without it. */
export function someOf<Name extends string>(
  name: string,
  text: string | undefined,
  all: readonly Name[],
): readonly Name[] {
  if (text === undefined) return all;
  const asked = text.split(',').map((one) => one.trim());
  const unknown = asked.filter((one) => !all.some((known) => known === one));
  if (unknown.length > 0)
    throw new OptionFault(`--${name} knows ${all.join(', ')}, not ${unknown.join(', ') || 'nothing'}`);
  return all.filter((known) => asked.includes(known));
}

/** Reads the command line of this process, runs the command, and ends the process. */
export async function runCommand<Options>(command: Command<Options>): Promise<never> {
  // A request that was interrupted may still wait for an answer: nobody does so for that.
  process.exit(await codeOf(command, process.argv.slice(2)));
}

async function codeOf<Options>(command: Command<Options>, args: readonly string[]): Promise<number> {
  const { name, help, read, run } = command;
  const interrupt = new AbortController();
  // One Ctrl-C may reach us twice, from the terminal and from npm.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => interrupt.abort());
  try {
    const options = read(args);
    if (options !== 'help') {
      const context = { command: commandLine(name, args), signal: interrupt.signal, tell };
      return await run(options, context).catch((error: unknown) => {
        const isRun = !(error instanceof OptionFault || error instanceof MachineLacks);
        const left = isRun && !interrupt.signal.aborted ? command.failed?.(options) : undefined;
        if (left !== undefined)
          writeReport({ ...failedReport(left, error), command: context.command }, false, left.folder);
        throw error;
      });
    }
    process.stdout.write(help);
    return RIGHT;
  } catch (error) {
    if (!interrupt.signal.aborted) return toldFault(name, error);
    tell('interrupted: everything that was started has ended');
    return INTERRUPTED;
  }
}

/** As a shell takes it. */
function commandLine(name: string, args: readonly string[]): string {
  const quoted = args.map((one) =>
    /^[\w@%+=:,./-]+$/.test(one) ? one : `'${one.replaceAll("'", `'\\''`)}'`,
  );
  const between = args.length > 0 && name.startsWith('npm') ? ['--'] : [];
  return [name, ...between, ...quoted].join(' ');
}

function toldFault(name: string, error: unknown): number {
  const short = name.split(' ').at(-1);
  if (error instanceof OptionFault || error instanceof MachineLacks) {
    tell(`${short}: ${error.message}`);
    if (error instanceof OptionFault) tell('--help tells what can be given');
    return CANNOT_BEGIN;
  }
  tell(`${short}: ${error instanceof Error ? (error.stack ?? error.message) : error}`);
  return WRONG;
}

function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}
