/** What this machine has not got for what is asked of it: told before anything starts, and never skipped. */
import { spawnSync } from 'node:child_process';

/** For lists of lacks. */
export const ROOT = 'root (sudo)';

/** The message says what is missing and how to get it; nothing was started. */
export class MachineLacks extends Error {
  override readonly name = 'MachineLacks';

  /** @param lacks each what is missing and how to get it, as `strace (apt install strace)` */
  constructor(lacks: readonly string[]) {
    super(`this machine lacks ${lacks.join('; ')}`);
  }
}

export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/**
 * What is not on the PATH, each with how to get it.
 * @param packages of Debian, by the name of a program that knows `--help`
 */
export function missingPrograms(packages: Readonly<Record<string, string>>): string[] {
  return Object.entries(packages)
    .filter(([program]) => spawnSync(program, ['--help'], { stdio: 'ignore' }).error !== undefined)
    .map(([program, name]) => `the program ${program} (apt install ${name})`);
}
