/**
 * Events are applied one by one where one among them cannot be: at a crash, half of them stand in the record.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { caseSubject, DEFAULT_PARTITIONS, partitionOf } from '@effectstroom/contracts';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { isRecorded } from '../../services/calculator/src/database-fault.ts';
import type { SentEvent } from '../harness/sent.ts';
import { ADDRESS, assessed, usePipeline } from './fixtures.ts';

const world = usePipeline();
const { pipeline } = world;
/** The lock that an event of a case `slow` waits for. */
const HELD = 4_217;

/** New cases of partition 0. */
function cases(prefix: string, count: number): SentEvent[] {
  const events: SentEvent[] = [];
  for (let number = 0; events.length < count; number++) {
    const caseId = `${prefix}-${number}`;
    if (partitionOf(ADDRESS.organisation, caseId, DEFAULT_PARTITIONS) === 0) events.push(assessed(caseId, 0));
  }
  return events;
}

async function counted(table: 'event' | 'unreadable'): Promise<number> {
  const { rows } = await sql<{ count: number }>`SELECT count(*)::integer AS count
    FROM ${sql.table(table)}`.execute(pipeline.db);
  return rows[0]?.count ?? -1;
}

/** PostgreSQL refuses events of a case `poison`. */
async function makeUpsets(): Promise<void> {
  await sql`CREATE FUNCTION upset() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      IF NEW.case_id LIKE 'poison%' THEN RAISE EXCEPTION 'poison' USING ERRCODE = '22003'; END IF;
      IF NEW.case_id LIKE 'slow%' THEN PERFORM pg_advisory_xact_lock(4217); END IF;
      RETURN NEW;
    END $$`.execute(pipeline.db);
  await sql`CREATE TRIGGER upset BEFORE INSERT ON event FOR EACH ROW EXECUTE FUNCTION upset()`.execute(
    pipeline.db,
  );
}

test('killed amidst events that are applied one by one: each counts once', { timeout: 60_000 }, async () => {
  const good = [...cases('before', 20), ...cases('slow', 1), ...cases('after', 20)];
  const sent = [...cases('poison', 1), ...good.slice(20)];
  const lines = [...good.slice(0, 20), ...sent].map((event) => JSON.stringify(event));
  await makeUpsets();
  await pipeline.db.connection().execute(async (holder) => {
    await sql`SELECT pg_advisory_lock(${HELD}::bigint)`.execute(holder);
    await pipeline.publish(caseSubject(0), lines.join('\n'));
    await pipeline.until(async () => (await counted('event')) === 20, 'half of the events are recorded');
    await pipeline.until(async () => (await counted('unreadable')) === 1, 'one is set apart');
    await pipeline.calculator.kill();
    await sql`SELECT pg_advisory_unlock(${HELD}::bigint)`.execute(holder);
  });
  await pipeline.calculator.start();
  world.accepted.push(...good);
  expect(await world.faults()).toEqual([]);
  expect(await counted('unreadable')).toBe(1);
  await sql`DROP TRIGGER upset ON event`.execute(pipeline.db);
});

test('an event that is recorded is told by its number and by its identity', async () => {
  const faultOf = (insert: ReturnType<typeof sql>) =>
    insert.execute(pipeline.db).then(
      () => undefined,
      (error: unknown) => error,
    );
  await world.send(assessed('told', 0));
  await pipeline.settled();
  const again = await faultOf(sql`INSERT INTO event SELECT * FROM event LIMIT 1`);
  const renumbered = await faultOf(sql`INSERT INTO event
    SELECT organisation, -number, source, id, case_id, known_at, payload FROM event LIMIT 1`);
  const other = await faultOf(sql`INSERT INTO source (uri) SELECT uri FROM source LIMIT 1`);
  expect([again, renumbered, other].map((error) => (error as { constraint: string }).constraint)).toEqual([
    ...['event_pkey', 'event_organisation_source_id_key', 'source_uri_key'],
  ]);
  expect([again, renumbered, other].map(isRecorded)).toEqual([true, true, false]);
});

test('without the key of identities nothing is applied, until it is there', { timeout: 60_000 }, async () => {
  await pipeline.calculator.kill();
  await sql`ALTER TABLE event DROP CONSTRAINT event_organisation_source_id_key`.execute(pipeline.db);
  const starting = pipeline.calculator.start().then(() => 'ready');
  const before = await counted('event');
  await world.send(...cases('kept', 10));
  expect(await Promise.race([starting, sleep(5_000, 'waits')])).toBe('waits');
  expect(await counted('event')).toBe(before);
  await sql`ALTER TABLE event ADD UNIQUE (organisation, source, id)`.execute(pipeline.db);
  await starting;
  expect(await world.faults()).toEqual([]);
});
