/** A lock file that names its holder, so that a run that was killed never blocks the next one. */
import { mkdirSync, readFileSync, renameSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { startOf } from './processes.mjs';

/**
 * Between creating a lock file and filling it lies an instant; an empty one older than this was left behind.
 */
const EMPTY_FOR_MS = 5_000;

/**
 * Takes the lock, or tells which process holds it (0 when that cannot be said).
 * @param {string} path
 * @returns {{ release: () => void } | { holder: number }}
 */
export function takeLock(path) {
  mkdirSync(dirname(path), { recursive: true });
  const stamp = `${process.pid} ${startOf(process.pid)}\n`;
  const release = () => {
    if (readLock(path) === stamp) rmSync(path, { force: true });
  };
  for (;;) {
    if (create(path, stamp)) return { release };
    const holder = holderOf(path);
    if (holder === 'gone') continue;
    if (holder !== 'dead') return { holder };
    if (replace(path, stamp)) return { release };
    return { holder: 0 };
  }
}

/**
 * Waits for the lock as long as another process holds it.
 * @param {string} path
 * @param {(holder: number) => void} onWait called once, when there is something to wait for
 */
export async function waitForLock(path, onWait) {
  for (let waited = false; ; waited = true) {
    const lock = takeLock(path);
    if ('release' in lock) return lock;
    if (!waited) onWait(lock.holder);
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}

/**
 * @param {string} path
 * @param {string} stamp
 */
function create(path, stamp) {
  try {
    writeFileSync(path, stamp, { flag: 'wx' });
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  }
}

/**
 * Puts our stamp in the place of a dead holder's. Only one process at a time may: two that both saw the dead
 * holder would otherwise both think that they hold the lock.
 * @param {string} path
 * @param {string} stamp
 */
function replace(path, stamp) {
  const turn = `${path}.turn`;
  try {
    mkdirSync(turn);
  } catch {
    if (ageOf(turn) > EMPTY_FOR_MS) rmSync(turn, { recursive: true, force: true });
    return false;
  }
  try {
    if (holderOf(path) !== 'dead') return false;
    const ours = `${path}.${process.pid}`;
    writeFileSync(ours, stamp);
    renameSync(ours, path);
    return true;
  } finally {
    rmdirSync(turn);
  }
}

/**
 * The living holder's process number (0 while it is still writing it), or that there is none.
 * @param {string} path
 * @returns {number | 'dead' | 'gone'}
 */
function holderOf(path) {
  const text = readLock(path);
  if (text === undefined) return 'gone';
  if (text === '') return ageOf(path) > EMPTY_FOR_MS ? 'dead' : 0;
  const [pid = '', start] = text.trim().split(' ');
  return startOf(Number(pid)) === start ? Number(pid) : 'dead';
}

/**
 * @param {string} path
 * @returns {string | undefined} undefined when there is no such file
 */
function readLock(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/**
 * Milliseconds since the last change; 0 for what is not there (any more).
 * @param {string} path
 */
function ageOf(path) {
  try {
    return Date.now() - statSync(path).mtimeMs;
  } catch {
    return 0;
  }
}

/**
 * @param {unknown} error
 * @param {string} code
 */
function hasCode(error, code) {
  return error instanceof Error && 'code' in error && error.code === code;
}
