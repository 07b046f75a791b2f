import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { takeLock, waitForLock } from '../bootstrap/lock.mjs';
import { startOf } from '../bootstrap/processes.mjs';

const folder = mkdtempSync(join(tmpdir(), 'effectstroom-lock-'));

afterAll(() => rmSync(folder, { recursive: true }));

function taken(path: string): { release: () => void } {
  const lock = takeLock(path);
  if ('release' in lock) return lock;
  throw new Error(`held by ${lock.holder}`);
}

test('a lock names its holder until it is given free', () => {
  const path = join(folder, 'held', 'lock');
  const lock = taken(path);
  expect(takeLock(path)).toEqual({ holder: process.pid });
  lock.release();
  taken(path).release();
});

test('the lock of a process that has ended is taken over', () => {
  const path = join(folder, 'dead');
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  writeFileSync(path, `${pid} 1\n`);
  taken(path);
  expect(readFileSync(path, 'utf8')).toBe(`${process.pid} ${startOf(process.pid)}\n`);
});

test('so is that of a process whose number now is another one', () => {
  const path = join(folder, 'reused');
  writeFileSync(path, `${process.pid} 1\n`);
  taken(path);
});

test('a lock that is being written is held; one that stayed empty was left behind', () => {
  const path = join(folder, 'empty');
  writeFileSync(path, '');
  expect(takeLock(path)).toEqual({ holder: 0 });
  utimesSync(path, 0, 0);
  taken(path);
});

test('who waits gets the lock when it is given free', async () => {
  const path = join(folder, 'awaited');
  const first = taken(path);
  const waiting = waitForLock(path, () => first.release());
  (await waiting).release();
  taken(path).release();
});
