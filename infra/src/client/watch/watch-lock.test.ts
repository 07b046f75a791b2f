import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { WatchLock } from './watch-lock.ts';

const folder = mkdtempSync(join(tmpdir(), 'effectstroom-watch-lock-'));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => vi.useRealTimers());

test('one has it until it is given free', () => {
  const path = join(folder, 'held');
  const [first, second] = [new WatchLock(path), new WatchLock(path)];
  expect(first.tryTake()).toBeUndefined();
  expect(second.tryTake()).toEqual({ pid: process.pid, host: hostname() });
  second.release();
  expect(existsSync(path)).toBe(true);
  first.release();
  expect(second.tryTake()).toBeUndefined();
  second.release();
});

test('that of a process on this computer that has ended is taken over at once', () => {
  const path = join(folder, 'dead');
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  writeFileSync(path, `${hostname()} ${pid} 1 x\n`);
  const lock = new WatchLock(path);
  expect(lock.tryTake()).toBeUndefined();
  lock.release();
});

test('also where another was killed while it took it over, once that is half a minute ago', () => {
  const path = join(folder, 'turn');
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  writeFileSync(path, `${hostname()} ${pid} 1 x\n`);
  mkdirSync(`${path}.turn`);
  const left = (seconds: number) => {
    const then = new Date(Date.now() - seconds * 1_000);
    utimesSync(`${path}.turn`, then, then);
  };
  const lock = new WatchLock(path);
  left(25);
  expect([lock.tryTake(), lock.tryTake()]).toEqual(Array(2).fill({ pid, host: hostname() }));
  left(35);
  expect([lock.tryTake(), lock.tryTake()]).toEqual([{ pid, host: hostname() }, undefined]);
  lock.release();
});

test('that of another computer only after it has not been touched for two minutes', () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  const path = join(folder, 'elsewhere');
  writeFileSync(path, 'elsewhere.example 1 1 x\n');
  const lock = new WatchLock(path);
  const holder = { pid: 1, host: 'elsewhere.example' };
  expect(lock.tryTake()).toEqual(holder);
  vi.advanceTimersByTime(119_000);
  expect(lock.tryTake()).toEqual(holder);
  writeFileSync(path, 'elsewhere.example 1 1 y\n');
  vi.advanceTimersByTime(2_000);
  expect(lock.tryTake()).toEqual(holder);
  vi.advanceTimersByTime(121_000);
  expect(lock.tryTake()).toBeUndefined();
  expect(readFileSync(path, 'utf8')).toContain(` ${process.pid} `);
  lock.release();
});

test('who loses it is told, and leaves it to the other', () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const path = join(folder, 'lost');
  const lock = new WatchLock(path);
  expect(lock.tryTake()).toBeUndefined();
  vi.advanceTimersByTime(10_000);
  expect(lock.lost.aborted).toBe(false);
  writeFileSync(path, 'elsewhere.example 1 1 x\n');
  vi.advanceTimersByTime(10_000);
  expect(lock.lost.aborted).toBe(true);
  lock.release();
  expect(readFileSync(path, 'utf8')).toContain('elsewhere');
});
