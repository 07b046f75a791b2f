/** Running a program of PostgreSQL or of our own, and hearing what it says. */
import { spawn } from 'node:child_process';
import { basename } from 'node:path';
import { StartFault } from '../start-fault.ts';

/** Characters of the end of what a program said that are kept for a message. */
const SAID_MAX = 4_000;

/**
 * Runs it until it ends.
 * @throws {StartFault} with what it said, where it fails
 */
export function runTool(
  command: readonly string[],
  env: Readonly<Record<string, string>> = {},
  signal?: AbortSignal,
): Promise<void> {
  const [program = '', ...args] = command;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '/', LC_ALL: 'C', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(signal && { signal }),
    });
    let output = '';
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-SAID_MAX);
    });
    child.stderr.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-SAID_MAX);
    });
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new StartFault(`${nameOf(command)} eindigde met code ${code}: ${(said || output).trim()}`));
    });
  });
}

/** The program that is meant: not the loader in front of it, and not its arguments. */
function nameOf(command: readonly string[]): string {
  const names = command.map((part) => basename(part));
  return names.find((name) => name.startsWith('pg_') || name.endsWith('.ts')) ?? names[0] ?? '';
}
