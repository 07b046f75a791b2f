/** `npm start`: the whole pipeline on this computer, until Ctrl-C. */
import { chromiumProgram } from './chromium-program.ts';
import { help, readArguments, readSettings, type StartArguments } from './settings.ts';
import { type Stack, startStack } from './stack.ts';
import { StartFault } from './start-fault.ts';
import { terminal } from './terminal.ts';
import { whereToLook } from './where-to-look.ts';

/** One Ctrl-C reaches us more than once: from the terminal, from npm and from what started us. */
const SAME_INTERRUPT_MS = 1_000;
const WRONG_USE = 2;
const INTERRUPTED = 130;

async function main(): Promise<number> {
  let given: StartArguments;
  try {
    given = readArguments(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${describe(error)}\n\n${help}`);
    return WRONG_USE;
  }
  if (given.help) {
    terminal(help);
    return 0;
  }
  const interrupt = new AbortController();
  let stack: Stack | undefined;
  onInterrupt(
    () => interrupt.abort(),
    // Before the stack stands there is nothing to end in order; what was started ends with us.
    () => (stack === undefined ? process.exit(INTERRUPTED) : stack.kill()),
  );
  try {
    const settings = readSettings(process.env);
    terminal(`Effectstroom start; gegevens en logs staan in ${settings.folder}`);
    stack = await startStack(settings, terminal, interrupt.signal);
    return await use(stack, given, interrupt.signal);
  } catch (error) {
    if (interrupt.signal.aborted) return INTERRUPTED;
    process.stderr.write(`✘ ${describe(error)}\n`);
    return 1;
  }
}

/** From the moment that the stack stands until it has ended. */
async function use(stack: Stack, { empty, exit }: StartArguments, signal: AbortSignal): Promise<number> {
  try {
    const matches = empty || (await replay(stack, signal));
    if (exit) return matches ? 0 : 1;
    terminal(whereToLook(stack));
    // Before somebody asks for the first report on paper; without it everything else works.
    void chromiumProgram(signal).catch(() => undefined);
    await aborted(signal);
    return 0;
  } finally {
    terminal('Effectstroom stopt …');
    await stack.stop();
    terminal('✔ Alles is gestopt.');
  }
}

/** Loaded only when there is something to replay. */
async function replay(stack: Stack, signal: AbortSignal): Promise<boolean> {
  const { replayHaarlemmermeer } = await import('./replay.ts');
  return replayHaarlemmermeer(stack, terminal, signal);
}

function onInterrupt(first: () => void, again: () => void): void {
  let interruptedAt: number | undefined;
  const listener = () => {
    if (interruptedAt === undefined) {
      interruptedAt = performance.now();
      first();
    } else if (performance.now() - interruptedAt > SAME_INTERRUPT_MS) {
      terminal('Alles wordt nu direct beëindigd.');
      again();
    }
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, listener);
  // What started us holds the other end: it closes when that is killed.
  process.on('disconnect', listener);
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

function describe(error: unknown): string {
  if (error instanceof StartFault) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

process.exitCode = await main();
// The channel to what started us would otherwise keep this process.
process.exit();
