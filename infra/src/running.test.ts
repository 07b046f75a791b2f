import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { type Running, startProcess, stopLeftover } from './running.ts';

const folder = mkdtempSync(join(tmpdir(), 'effectstroom-running-'));
const pidFile = join(folder, 'part.pid');
const logFile = join(folder, 'part.log');

afterAll(() => rmSync(folder, { recursive: true }));

function start(script: string): Promise<Running> {
  const command = [process.execPath, '-e', `${script}; console.log('ready')`, 'a-marker'];
  return startProcess({ command, env: {}, cwd: folder, logFile, pidFile, stopSignal: 'SIGTERM' });
}

async function isReady(running: Running): Promise<void> {
  await expect.poll(() => running.lastWords(), { timeout: 30_000 }).toBe('ready');
}

const stays = 'setInterval(() => undefined, 1000)';
const deaf = `process.on('SIGTERM', () => undefined); ${stays}`;

test('a process is asked to stop', async () => {
  const running = await start(stays);
  await isReady(running);
  expect(existsSync(pidFile)).toBe(true);
  expect(await running.stop()).toEqual({ code: null, signal: 'SIGTERM' });
  expect(existsSync(pidFile)).toBe(false);
});

test('and made to, when it does not', async () => {
  const running = await start(deaf);
  await isReady(running);
  expect(await running.stop(100)).toEqual({ code: null, signal: 'SIGKILL' });
  expect(await running.stop()).toEqual({ code: null, signal: 'SIGKILL' });
});

test('what was left running is ended, and only when it is ours', async () => {
  const running = await start(stays);
  await isReady(running);
  const copy = join(folder, 'copy.pid');
  writeFileSync(copy, `${running.pid}\n`);
  await stopLeftover(copy, 'another-marker', 'SIGTERM');
  expect(existsSync(copy)).toBe(false);
  expect(running.kill('SIGCONT')).toBeUndefined();
  writeFileSync(copy, `${running.pid}\n`);
  await stopLeftover(copy, 'a-marker', 'SIGTERM');
  expect(await running.exited).toEqual({ code: null, signal: 'SIGTERM' });
});

test('a program that is not there is an error', async () => {
  const options = { env: {}, cwd: join(folder, 'absent'), logFile, pidFile, stopSignal: 'SIGTERM' } as const;
  await expect(startProcess({ command: ['absent'], ...options })).rejects.toThrow('ENOENT');
});
