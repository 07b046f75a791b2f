/** In a cluster a server may have less of the stream than was applied: it is the same stream still. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../harness/until.ts';
import { natsVersions } from './nats-versions.ts';
import { ReplicatedPipeline } from './replicated-pipeline.ts';

/** So long the calculator is told of less than it applied. */
const WATCHED_MS = 6_000;
/** A server that finds no leader begins to answer after ten seconds. */
const ANSWERS_MS = 40_000;

let pipeline: ReplicatedPipeline;
beforeAll(async () => {
  const { after } = await natsVersions(undefined);
  pipeline = await ReplicatedPipeline.start(after);
});
afterAll(async () => {
  expect(await pipeline.end()).toEqual([]);
});

test('a server that was left behind, and answers while none leads', { timeout: 120_000 }, async () => {
  const { nats } = pipeline;
  await pipeline.sendAll();
  const { cluster } = await nats.stream();
  const [leader = '', behind = '', third = ''] = [
    cluster?.leader,
    ...(cluster?.replicas ?? []).map(({ name }) => name),
  ];
  await nats.server(behind).kill();
  await pipeline.sendAll();
  const applied = await pipeline.position();
  await Promise.all([leader, third].map((name) => nats.server(name).kill()));
  await nats.server(behind).start();
  const answersWithLess = async () => (await nats.stream()).state.last_seq < applied;
  await until(answersWithLess, 'the server that was left behind answers', ANSWERS_MS);
  await sleep(WATCHED_MS);
  expect(await answersWithLess()).toBe(true);
  expect(await pipeline.epochs(), pipeline.calculatorSaid()).toBe(1);
  await Promise.all([leader, third].map((name) => nats.server(name).start()));
  await pipeline.sendAll();
  expect(await pipeline.epochs()).toBe(1);
  expect(await pipeline.faults()).toEqual([]);
});

test('a stream that was truly made anew', { timeout: 120_000 }, async () => {
  await pipeline.nats.deleteStream();
  await pipeline.sendAll();
  expect(await pipeline.epochs()).toBe(2);
  expect(await pipeline.faults()).toEqual([]);
});
