/** The portal and the exporter at a nats-server that is cut off from the others of its cluster. */
import { setTimeout as sleep } from 'node:timers/promises';
import {
  createKeyRing,
  createLog,
  ensureStream,
  KeyBucket,
  type Lifecycle,
  RefusalCounts,
} from '@effectstroom/runtime';
import { jetstreamManager } from '@nats-io/jetstream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { watchStream as watchOfExporter } from '../../services/exporter/src/stream-state.ts';
import { watchStream as watchOfPortal } from '../../services/portal/src/stream.ts';
import { IngestStack } from './ingest-stack.ts';

/** Three seconds without an answer, the seconds between two questions, and this machine. */
const LEFT_MS = 7_000;

const log = createLog('test', 'silent');
const stack = new IngestStack();
const stopping = new AbortController();
const stops: (() => Promise<void> | void)[] = [];
const lifecycle: Lifecycle = {
  signal: stopping.signal,
  onStop: (_part, stop) => void stops.push(stop),
  // The end of the connection, at the end of the test.
  fail: () => undefined,
};

beforeEach(async () => {
  await stack.startNats();
  await stack.withConnection(async (connection) => ensureStream(await jetstreamManager(connection)));
  await stack.killNats();
});
afterEach(async () => {
  stopping.abort();
  for (const stop of stops) await stop();
  await stack.end();
});

test('leave it by themselves, though nobody asks them anything', async () => {
  const isolated = await stack.startIsolated();
  const urls = `${isolated.url},${stack.nats.url}`;
  const keys = createKeyRing(log, { LOCAL_KEYS: true });
  const portal = watchOfPortal(log, urls, lifecycle, new RefusalCounts(log), keys);
  const exporter = watchOfExporter(log, urls, lifecycle, new RefusalCounts(log), new KeyBucket(log));
  await expect.poll(() => stops.length).toBe(2);
  await expect(portal.read()).rejects.toThrow();
  expect(await exporter()).toBeUndefined();
  await stack.startNats();
  await sleep(LEFT_MS);
  expect(await Promise.all([portal.read(), exporter()])).toMatchObject([
    { lastSequence: 0n },
    { lastSequence: 0 },
  ]);
  keys.close();
});
