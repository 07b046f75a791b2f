/** What was answered 202 is durable: nats-server dies with many requests in flight. */
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { send, sendOnce } from '../harness/sender.ts';
import type { SentEvent } from '../harness/sent.ts';
import { manyCases, usePipeline } from './fixtures.ts';

const world = usePipeline();
const { pipeline } = world;

test.each([5, 25, 60])('killed right after %i answers', { timeout: 120_000 }, async (answers) => {
  const requests = Array.from({ length: 120 }, (_, number) => manyCases(`${answers}-${number}`, 10));
  const accepted: SentEvent[] = [];
  const enough = Promise.withResolvers<void>();
  const sending = requests.map(async (request) => {
    if (!(await sendOnce(pipeline, request))) return;
    accepted.push(...request);
    if (accepted.length >= answers * 10) enough.resolve();
  });
  await enough.promise;
  await pipeline.nats.kill();
  await pipeline.nats.start();
  await Promise.all(sending);
  await pipeline.settled();
  const { rows } = await sql<{ id: string }>`SELECT id FROM event`.execute(pipeline.db);
  const recorded = new Set(rows.map(({ id }) => id));
  expect(accepted.filter(({ id }) => !recorded.has(id))).toEqual([]);
  // What was not answered is sent again, whether it was stored or not; then everything counts once.
  for (const request of requests) await send(pipeline, request);
  world.accepted.push(...requests.flat());
  expect(await world.faults()).toEqual([]);
});
