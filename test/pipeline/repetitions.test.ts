/** (organisation, source, id) is the identity of an event for ever, also when the broker has forgotten it. */
import { jetstreamManager } from '@nats-io/jetstream';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { STREAM } from '../harness/pipeline.ts';
import { assessed, BEGELEIDING, manyCases, usePipeline, withdrawn } from './fixtures.ts';

const world = usePipeline();
const { pipeline } = world;

/** Everything that an event could change, counted. */
async function recorded(): Promise<unknown> {
  const { rows } =
    await sql`SELECT (SELECT count(*) FROM event) AS events, (SELECT count(*) FROM ledger) AS entries,
    (SELECT count(*) FROM quarantine) AS quarantined, (SELECT count(*) FROM unreadable) AS unreadable,
    (SELECT count(*) FROM settings) AS settings`.execute(pipeline.db);
  return rows[0];
}

/**
 * Publishes every message of the stream again, as if it came days later: the broker takes it for a new one.
 */
async function publishAllAgain(): Promise<number> {
  const { streams } = await jetstreamManager(pipeline.connection);
  const last = await pipeline.lastSequence();
  for (let seq = 1; seq <= last; seq++) {
    const message = await streams.getMessage(STREAM, { seq });
    if (message !== null) await pipeline.publish(message.subject, message.data, `again-${seq}-${last}`);
  }
  return last;
}

test('every message again changes nothing', async () => {
  await world.sendAll(
    [...manyCases('r', 150), assessed('r-7', 1), withdrawn('r-8', 1), assessed('x', 0, { theme: '9' })],
    40,
  );
  expect(await world.faults()).toEqual([]);
  const before = await recorded();
  const last = await publishAllAgain();
  expect(await pipeline.lastSequence()).toBe(2 * last);
  expect(await world.faults()).toEqual([]);
  expect(await recorded()).toEqual(before);
});

test('an event among others, written otherwise and in another request, changes nothing', async () => {
  const line = { ...BEGELEIDING, quantity: '2.5', deadweight: 0 };
  const first = assessed('again', 0, { avoided: [line] }, { time: '2021-06-01T10:00:00.500Z' });
  await world.send(first);
  const otherwise = structuredClone(first);
  otherwise.time = '2021-06-01T12:00:00.5+02:00';
  otherwise.data = {
    ...otherwise.data,
    similarCases: 1,
    cost: 0,
    avoided: [{ ...line, quantity: 2.5, recurrence: 'one-off' }],
  };
  await world.send(otherwise, assessed('beside', 0));
  await world.send(otherwise, otherwise);
  expect(await world.faults()).toEqual([]);
  expect(await conflictsOf(first.id)).toBe(0);
});

test('other content under the same identity counts nothing and stands in quarantine once', async () => {
  const first = assessed('c', 0);
  const more = { ...first, data: { ...first.data, similarCases: 1000 } };
  const elsewhere = { ...first, data: { ...first.data, caseId: 'd', revision: 5 } };
  const later = { ...first, time: '2023-01-01T00:00:00Z' };
  await world.send(first);
  await world.send(more, more);
  await world.send(more, assessed('c', 1));
  await world.send(elsewhere, later);
  for (const event of [more, elsewhere, later]) await world.send(event);
  await publishAllAgain();
  expect(await world.faults()).toEqual([]);
  expect(await conflictsOf(first.id)).toBe(3);
});

async function conflictsOf(id: string): Promise<number> {
  const rows = await pipeline.db
    .selectFrom('quarantine')
    .where('reason', '=', 'identity-conflict')
    .select('payload')
    .execute();
  return rows.filter(({ payload }) => payload?.includes(`"id":"${id}"`)).length;
}

test('one case with thousands of events is not dearer than thousands of cases', {
  timeout: 120_000,
}, async () => {
  const same = Array.from({ length: 6_000 }, (_, index) => ({
    ...assessed('busy', 1),
    id: `busy-${index}`,
  }));
  await world.sendAll(same, 500);
  const rising = Array.from({ length: 6_000 }, (_, revision) => assessed('busier', revision + 1));
  await world.sendAll(rising, 500);
  expect(await world.faults()).toEqual([]);
});
