/** A worker that takes slowly, or pauses, while much waits: the stream must not fill its memory. */
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from '@nats-io/transport-node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CaseStream } from '../../services/calculator/src/case-stream.ts';
import { AHEAD_BYTES_MAX } from '../../services/calculator/src/limits.ts';
import type { StreamReader } from '../../services/calculator/src/stream-reader.ts';
import { Pipeline } from '../harness/pipeline.ts';

const MESSAGES = 600;
/** Two are a batch, and a few of them wait. */
const MESSAGE = new TextEncoder().encode(Array.from({ length: 4_000 }, () => 'x'.repeat(24)).join('\n'));
const READING = { partitions: 1, own: new Set([0]) };
/** As many as are sent ahead, at most. */
const AHEAD = Math.ceil(AHEAD_BYTES_MAX / MESSAGE.length);
const NOTHING_MORE_MS = 1_500;

const pipeline = new Pipeline();

beforeAll(async () => {
  await pipeline.start([]);
  await CaseStream.open(pipeline.connection, { partitions: 1, replicas: 1 });
  for (let sent = 0; sent < MESSAGES; sent += 50)
    await Promise.all(Array.from({ length: 50 }, () => pipeline.publish('cases.0', MESSAGE)));
});
afterAll(() => pipeline.end());

test.concurrent.each([
  { name: 'pauses for long', takes: 1, everyMs: 11_000 },
  { name: 'takes now and then', takes: 18, everyMs: 500 },
])('a worker that $name gets no more than is bounded, and all of it in order', async (pace) => {
  const { username, password, host } = new URL(pipeline.nats.running.url);
  const connection = await connect({ servers: host, user: username, pass: password });
  const stream = await CaseStream.open(connection, { partitions: 1, replicas: 1 });
  const reader = await stream.read(0n, READING);
  const taken: number[] = [];
  await takeUntil(reader, taken, 2);
  for (let take = 1; take <= pace.takes; take++) {
    await sleep(pace.everyMs);
    await takeUntil(reader, taken, taken.length + 1);
  }
  const before = { taken: taken.length, bytes: connection.stats().inBytes };
  await takeUntil(reader, taken, taken.length + AHEAD);
  await sleep(NOTHING_MORE_MS);
  const bytes = connection.stats().inBytes - before.bytes;
  const takenBytes = (taken.length - before.taken) * MESSAGE.length;
  expect(bytes).toBeLessThan(takenBytes + 1.5 * AHEAD_BYTES_MAX);
  await takeUntil(reader, taken, MESSAGES);
  expect(taken).toEqual(Array.from({ length: MESSAGES }, (_, place) => place + 1));
  expect(await reader.take(NOTHING_MORE_MS)).toEqual([]);
  await reader.close();
  await connection.close();
});

async function takeUntil(reader: StreamReader, taken: number[], count: number): Promise<void> {
  while (taken.length < count) {
    const messages = await reader.take(10_000);
    if (messages.length === 0) throw new Error(`Nothing came after ${taken.length} messages`);
    taken.push(...messages.map(({ sequence }) => Number(sequence)));
  }
}
