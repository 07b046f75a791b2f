import { describeBriefly } from './describe.ts';
import type { Patience } from './patience.ts';
import { Server } from './server.ts';
import { isOpenToOthers, isReadableByOthers, keySource, readAddress } from './settings.ts';
import type { Terminal } from './terminal.ts';
import { duration } from './words.ts';

/** What a command gets from outside. */
export interface Surroundings {
  env: NodeJS.ProcessEnv;
  terminal: Terminal;
  /** Aborted by Ctrl-C, SIGTERM, or the end of what started us. */
  signal: AbortSignal;
  /** Asks the person a question; an empty text where no one answers. */
  question(text: string): Promise<string>;
}

/** A command of the command line. */
export interface Command {
  help: string;
  /** Gives the exit code: 0 all well, 1 something was refused or failed. */
  run(args: readonly string[], surroundings: Surroundings): Promise<number>;
}

/** Exit codes. */
export const ALL_WELL = 0;
export const NOT_ALL_WELL = 1;
export const WRONG_USE = 2;

const BUSY_FOR_MS = 5 * 60_000;
const TOLD_FROM_MS = 1_000;

/** The server as the environment and `--key-file` name it, for a command that someone waits for. */
export function openServer({ env, terminal, signal }: Surroundings, keyFile: string | undefined): Server {
  const address = readAddress(env);
  const key = keySource(env, keyFile);
  if (isOpenToOthers(address)) {
    terminal.note(`Let op: ${address} is geen https; de sleutel gaat leesbaar over het netwerk.`);
  }
  key();
  if (keyFile !== undefined && isReadableByOthers(keyFile)) {
    terminal.note(`Let op: anderen kunnen ${keyFile} lezen. Beter: chmod 600 ${keyFile}`);
  }
  return new Server(address, key, shortPatience(terminal), signal);
}

/** Does not wait for a server that is away, and a while for one that is busy. */
function shortPatience(terminal: Terminal): Patience {
  return {
    awayMs: 0,
    busyMs: BUSY_FOR_MS,
    alsoFor: [],
    onWait: (reason, waitMs) => {
      if (waitMs < TOLD_FROM_MS) return;
      terminal.note(`Even wachten: ${describeBriefly(reason)}; opnieuw over ${duration(waitMs / 1000)} …`);
    },
  };
}
