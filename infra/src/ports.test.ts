import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { freePort, loopback, onRememberedPort, portHolder, portState } from './ports.ts';

const folder = mkdtempSync(join(tmpdir(), 'effectstroom-ports-'));
const servers: Server[] = [];

afterAll(() => {
  for (const server of servers) server.close();
  rmSync(folder, { recursive: true });
});

function listen(port: number): Promise<void> {
  const server = createServer();
  servers.push(server);
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, loopback, resolve);
  });
}

test('a port in use is seen, and who holds it', async () => {
  const port = await freePort();
  expect(await portState(port)).toBe('free');
  expect(portHolder(port)).toBeUndefined();
  await listen(port);
  expect(await portState(port)).toBe('in use');
  expect(portHolder(port)).toContain(`proces ${process.pid}`);
});

test('a port is remembered, and another one taken when it is in use', async () => {
  const file = join(folder, 'port');
  const first = await onRememberedPort(file, undefined, async (port) => port);
  expect(readFileSync(file, 'utf8')).toBe(`${first}\n`);
  expect(await onRememberedPort(file, undefined, async (port) => port)).toBe(first);
  await listen(first);
  const second = await onRememberedPort(file, undefined, async (port) => port);
  expect(second).not.toBe(first);
  expect(readFileSync(file, 'utf8')).toBe(`${second}\n`);
});

test('a port that is taken at the last moment is given up', async () => {
  const tried: number[] = [];
  const port = await onRememberedPort(join(folder, 'late'), undefined, async (candidate) => {
    tried.push(candidate);
    if (tried.length > 1) return candidate;
    await listen(candidate);
    throw new Error('address in use');
  });
  expect(tried).toHaveLength(2);
  expect(port).toBe(tried[1]);
});

test('another failure is not the port', async () => {
  const start = () => Promise.reject(new Error('broken'));
  await expect(onRememberedPort(join(folder, 'broken'), undefined, start)).rejects.toThrow('broken');
});
