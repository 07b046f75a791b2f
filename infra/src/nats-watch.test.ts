import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { startNats } from './nats.ts';
import { watchNats } from './nats-watch.ts';
import { freePort, loopback } from './ports.ts';

const QUICK = { everyMs: 50, answerMs: 300, patienceMs: 600 };
const stops: (() => unknown)[] = [];

afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'effectstroom-watch-'));
  stops.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A server, and a monitor of our own that says what we want of its health. */
async function startWatched(times = QUICK, folder = newFolder()) {
  const nats = await startNats({ folder });
  stops.push(() => nats.stop());
  const health = { status: 200, text: '{"status":"ok"}', looks: 0, onLook: (_look: number) => {} };
  const monitor = createServer((_request, response) => {
    health.onLook(++health.looks);
    response.writeHead(health.status).end(health.text);
  });
  const monitorPort = await freePort();
  await new Promise<void>((resolve) => monitor.listen(monitorPort, loopback, resolve));
  stops.push(() => monitor.close());
  const { username: user, password } = new URL(nats.url);
  const logFile = join(folder, 'server.log');
  const server = { host: loopback, port: nats.port, monitorPort, user, password, logFile };
  watchNats(nats, server, times);
  return { nats, health, log: () => readFileSync(logFile, 'utf8') };
}

test('only a server that is watched says over HTTP how it is', { timeout: 60_000 }, async () => {
  const monitors = [];
  for (const cluster of [
    undefined,
    { name: 'one', port: await freePort(), others: [`${loopback}:${await freePort()}`] },
  ]) {
    const folder = newFolder();
    const nats = await startNats({ folder, ...(cluster && { cluster }) });
    stops.push(() => nats.stop());
    monitors.push(/^http: "(.*):/m.exec(readFileSync(join(folder, 'nats-server.conf'), 'utf8'))?.[1]);
  }
  expect(monitors).toEqual([loopback, undefined]);
});

test('a server that works is left alone, and one that hangs is ended', { timeout: 60_000 }, async () => {
  const { nats, log } = await startWatched();
  expect(await Promise.race([nats.exited, sleep(1_500, 'runs')])).toBe('runs');
  nats.kill('SIGSTOP');
  expect(await nats.exited).toEqual({ code: null, signal: 'SIGKILL' });
  expect(log()).toContain('no answer about its streams');
});

test('one that is well again in time is left alone, one that stays bad is ended', {
  timeout: 60_000,
}, async () => {
  const { nats, health, log } = await startWatched();
  Object.assign(health, { status: 503, text: "stream '$G > CASES' write error: no space left on device" });
  await sleep(QUICK.patienceMs / 2);
  health.status = 200;
  expect(await Promise.race([nats.exited, sleep(1_500, 'runs')])).toBe('runs');
  health.status = 503;
  expect(await nats.exited).toEqual({ code: null, signal: 'SIGKILL' });
  expect(log()).toContain('write error');
});

test('bad looks count from three in a row on, and while we stand still none does', {
  timeout: 60_000,
}, async () => {
  const { nats, health } = await startWatched({ ...QUICK, patienceMs: 0 });
  health.onLook = (look) => {
    health.status = look % 3 === 0 ? 200 : 503;
    // The third one would be answered, and well, if we did not stop right here.
    if (look % 3 === 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_000);
  };
  const ended = await Promise.race([nats.exited, sleep(4_000, 'runs')]);
  expect(health.looks).toBeGreaterThan(8);
  expect(ended).toBe('runs');
  health.onLook = () => {
    health.status = 503;
  };
  expect(await nats.exited).toEqual({ code: null, signal: 'SIGKILL' });
});

test('one that is bad again after it was ended is given twice as long', { timeout: 60_000 }, async () => {
  const folder = newFolder();
  const lived: number[] = [];
  for (let start = 0; start < 2; start++) {
    const { nats, health } = await startWatched(QUICK, folder);
    health.status = 503;
    const since = performance.now();
    await nats.exited;
    lived.push(performance.now() - since);
  }
  const [first = 0, second = 0] = lived;
  expect(first).toBeGreaterThan(QUICK.patienceMs);
  expect(first).toBeLessThan(2 * QUICK.patienceMs);
  expect(second).toBeGreaterThan(2 * QUICK.patienceMs);
});
