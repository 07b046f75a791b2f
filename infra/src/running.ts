import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { commandLineOf, startOf } from '../bootstrap/processes.mjs';
import { lastLines, openLog } from './log-file.ts';

/** How a process ended. */
export type Exit = { readonly code: number | null; readonly signal: NodeJS.Signals | null };

/** A process that we started. */
export type Running = {
  readonly pid: number;
  /** Resolves when it has ended; never rejects. */
  readonly exited: Promise<Exit>;
  /** Ends it in its own orderly way, and by force when that takes longer than `deadlineMs`. */
  stop(deadlineMs?: number): Promise<Exit>;
  /** Sends it a signal; nothing happens when it has ended. */
  kill(signal: NodeJS.Signals): void;
  /** What it wrote last, for a message about why it ended. */
  lastWords(): string;
};

export type ProcessOptions = {
  /** The program and its arguments; the program may be preceded by others that end by executing it. */
  command: readonly string[];
  env: Readonly<Record<string, string>>;
  cwd: string;
  logFile: string;
  /** Where its process number is kept as long as it runs, for `stopLeftover` after a crash of ours. */
  pidFile: string;
  /** The signal on which it ends in an orderly way, and how long that may take (default 10 s). */
  stopSignal: NodeJS.Signals;
  stopDeadlineMs?: number;
  /** Run as another user than ours, and as its group of the same number. */
  uid?: number;
  /** Give it an IPC channel, on whose end it should end itself. */
  channel?: boolean;
};

const DEFAULT_DEADLINE_MS = 10_000;

/**
 * Starts a process in a session of its own, so that a Ctrl-C at the terminal reaches us only and we end the
 * parts in order. Where the system has `setpriv` it gets its stop signal when we end, however that comes
 * about; elsewhere `stopLeftover` cleans up at the next start.
 */
export async function startProcess(options: ProcessOptions): Promise<Running> {
  const [program = '', ...args] = [...endingWithUs(options.stopSignal), ...options.command];
  const log = openLog(options.logFile);
  const child = spawn(program, args, {
    cwd: options.cwd,
    env: { ...options.env },
    detached: true,
    stdio: ['ignore', log.descriptor, log.descriptor, ...(options.channel ? (['ipc'] as const) : [])],
    ...(options.uid === undefined ? {} : { uid: options.uid, gid: options.uid }),
  });
  closeSync(log.descriptor);
  const exited = exitOf(child, options.pidFile);
  const pid = await pidOf(child);
  try {
    mkdirSync(dirname(options.pidFile), { recursive: true, mode: 0o700 });
    writeFileSync(options.pidFile, `${pid}\n`);
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
  return {
    pid,
    exited,
    stop: stopper(child, pid, exited, options),
    kill: (signal) => {
      child.kill(signal);
    },
    lastWords: () => lastLines(options.logFile, log.from),
  };
}

/**
 * Ends what an earlier run, killed before it could do so itself, left running. A process number may have been
 * given out again, so only a process whose command line contains `marker` is ours.
 */
export async function stopLeftover(pidFile: string, marker: string, signal: NodeJS.Signals): Promise<void> {
  const pid = readPid(pidFile);
  if (pid === undefined) return;
  const isOurs = () => commandLineOf(pid)?.includes(marker) === true;
  if (isOurs()) {
    const start = startOf(pid);
    const runs = () => startOf(pid) === start && isOurs();
    trySignal(pid, signal);
    if (!(await becomesTrue(() => !runs(), DEFAULT_DEADLINE_MS))) trySignal(-pid, 'SIGKILL');
    await becomesTrue(() => !runs(), DEFAULT_DEADLINE_MS);
  }
  rmSync(pidFile, { force: true });
}

/** Looks every 50 ms whether something is so; false when it did not become so in time. */
export async function becomesTrue(
  isSo: () => boolean | Promise<boolean>,
  deadlineMs: number,
): Promise<boolean> {
  const deadline = performance.now() + deadlineMs;
  while (!(await isSo())) {
    if (performance.now() > deadline) return false;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return true;
}

/** An exit in Dutch. */
export function describeExit({ code, signal }: Exit): string {
  return signal === null ? `code ${code}` : `signaal ${signal}`;
}

let setprivWorks: boolean | undefined;

function endingWithUs(signal: NodeJS.Signals): string[] {
  const prefix = ['setpriv', '--pdeathsig', signal.slice('SIG'.length)];
  setprivWorks ??=
    process.platform === 'linux' && spawnSync('setpriv', ['--pdeathsig', 'TERM', 'true']).status === 0;
  return setprivWorks ? prefix : [];
}

/** Asks once, however often it is called: processes take a second request as an order to end at once. */
function stopper(
  child: ChildProcess,
  pid: number,
  exited: Promise<Exit>,
  options: ProcessOptions,
): Running['stop'] {
  let asked = false;
  return async (deadlineMs = options.stopDeadlineMs ?? DEFAULT_DEADLINE_MS) => {
    if (!asked) child.kill(options.stopSignal);
    asked = true;
    // Its whole session, with what it started itself.
    const force = setTimeout(() => trySignal(-pid, 'SIGKILL'), deadlineMs);
    try {
      return await exited;
    } finally {
      clearTimeout(force);
    }
  };
}

function exitOf(child: ChildProcess, pidFile: string): Promise<Exit> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => {
      rmSync(pidFile, { force: true });
      resolve({ code, signal });
    });
  });
}

function pidOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.once('spawn', () => {
      if (child.pid !== undefined) resolve(child.pid);
    });
  });
}

function readPid(pidFile: string): number | undefined {
  try {
    const pid = Number.parseInt(readFileSync(pidFile, 'utf8'), 10);
    return pid > 1 ? pid : undefined;
  } catch {
    return undefined;
  }
}

/** Sends a signal to a process, or with a negative number to its group, that may have ended. */
export function trySignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended in the meantime.
  }
}
