import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readSync,
  statSync,
  truncateSync,
} from 'node:fs';
import { dirname } from 'node:path';

/** A log grows to this size at most, and one older piece of the same size is kept beside it. */
const MAX_BYTES = 10_000_000;

/** Opens a log for a process to write in; the caller closes it. Also gives where this run's part begins. */
export function openLog(path: string): { descriptor: number; from: number } {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  boundLog(path);
  const descriptor = openSync(path, 'a', 0o600);
  return { descriptor, from: statSync(path).size };
}

/** Moves a log that has grown too big aside. Its writer appends, so it simply goes on in the emptied file. */
export function boundLog(path: string): void {
  if (!existsSync(path) || statSync(path).size <= MAX_BYTES) return;
  try {
    copyFileSync(path, `${path}.1`);
  } catch {
    // The disk is full: the more reason to empty it.
  }
  truncateSync(path);
}

/** The last lines of a log, counted from a position in it. */
export function lastLines(path: string, from = 0, lines = 25): string {
  const size = statSync(path).size;
  const start = Math.max(from > size ? 0 : from, size - 20_000);
  const file = openSync(path, 'r');
  try {
    const buffer = Buffer.alloc(size - start);
    const read = readSync(file, buffer, 0, buffer.length, start);
    return buffer.subarray(0, read).toString('utf8').trimEnd().split('\n').slice(-lines).join('\n');
  } finally {
    closeSync(file);
  }
}
