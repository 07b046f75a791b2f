/** What the commands of back-up and restore have in common: reading the command line, and how they end. */
import { parseArgs } from 'node:util';
import { StartFault } from '../start-fault.ts';

const WRONG_USE = 2;
const INTERRUPTED = 130;

type Flags = Readonly<Record<string, 'boolean' | 'string'>>;

export interface Arguments {
  values: Readonly<Record<string, string | boolean | undefined>>;
  paths: readonly string[];
}

/** The command was not given as it must be: what is wrong with it, in Dutch. */
export class WrongUse extends StartFault {
  override readonly name = 'WrongUse';
}

/** @throws {WrongUse} naming what is wrong */
export function readArguments(args: readonly string[], flags: Flags): Arguments {
  const options = Object.fromEntries(Object.entries(flags).map(([name, type]) => [name, { type }]));
  const { tokens } = parseArgs({ args: [...args], options, strict: false, tokens: true });
  const values: Record<string, string | boolean> = {};
  const paths: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') paths.push(token.value);
    if (token.kind !== 'option') continue;
    const { name, rawName, value } = token;
    const type = flags[name];
    if (type === undefined || (type === 'boolean' && value !== undefined))
      throw new WrongUse(`Onbekende optie: ${args[token.index]}`);
    if (type === 'string' && (value === undefined || value === '' || value.startsWith('-')))
      throw new WrongUse(`${rawName} vraagt een waarde.`);
    values[name] = value ?? true;
  }
  return { values, paths };
}

/**
 * Runs a command; Ctrl-C ends what it started. Exit code 0 when it is done, 1 when it is not, 2 for wrong use, 130
 * after Ctrl-C.
 */
export async function runCommand(
  help: string,
  command: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  if (process.argv.includes('--help')) {
    process.stdout.write(help);
    return;
  }
  if (process.argv.length < 3) {
    process.stderr.write(help);
    process.exitCode = WRONG_USE;
    return;
  }
  const interrupt = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => interrupt.abort());
  try {
    await command(interrupt.signal);
  } catch (error) {
    if (!interrupt.signal.aborted) process.stderr.write(`✘ ${describe(error)}\n`);
    process.exitCode = interrupt.signal.aborted ? INTERRUPTED : error instanceof WrongUse ? WRONG_USE : 1;
  }
  // Signal handlers alone do not keep a process; what was aborted may.
  process.exit();
}

/** What the machine or a server refuses says enough by itself; the way to a fault of ours is worth showing. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof StartFault) return error.message;
  return 'code' in error ? `Het lukte niet: ${error.message || error.code}` : (error.stack ?? error.message);
}
