/** Runs a program in the place of this process: same terminal, same signals, same exit code. */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { commandLineOf, parentOf } from './processes.mjs';

/** @type {NodeJS.Signals[]} */
const passedOn = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs a program to its end. Signals are passed on to it; so is the end of the process that called us: npm
 * may be killed, or sit behind a shell that does not pass its signals on.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd: string, channel?: boolean }} options `channel` lets the program see our end
 * @returns {Promise<number>} the exit code; 128 + the signal's number when a signal ended it
 */
export function run(command, args, { cwd, channel = false }) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      stdio: ['inherit', 'inherit', 'inherit', ...(channel ? [/** @type {const} */ ('ipc')] : [])],
    });
    const listeners = passedOn.map((signal) => {
      const listener = () => child.kill(signal);
      process.on(signal, listener);
      return /** @type {const} */ ([signal, listener]);
    });
    const watch = watchCaller(() => child.kill('SIGTERM'));
    const done = () => {
      clearInterval(watch);
      for (const [signal, listener] of listeners) process.off(signal, listener);
    };
    child.on('error', (error) => {
      done();
      reject(error);
    });
    child.on('exit', (code, signal) => {
      done();
      resolve(signal === null ? (code ?? 1) : 128 + constants.signals[signal]);
    });
  });
}

/**
 * Watches npm, and the shell that may stand between it and us. Only under npm: someone who starts us straight
 * from a shell may well want to leave that shell.
 * @param {() => void} onGone
 */
function watchCaller(onGone) {
  if (process.env['npm_lifecycle_event'] === undefined) return undefined;
  const caller = process.ppid;
  const isShell = / -c .*bootstrap\.mjs/.test(commandLineOf(caller) ?? '');
  const beyond = isShell ? parentOf(caller) : undefined;
  return setInterval(() => {
    if (process.ppid !== caller || (isShell && parentOf(caller) !== beyond)) onGone();
  }, 500);
}
