/** This version goes on with what an earlier one left, also where its stream is lost. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Pipeline } from '../harness/pipeline.ts';
import { type SentEvent, TYPES } from '../harness/sent.ts';
import { World } from '../harness/world.ts';
import { readKeptData, restore } from './previous/kept-data.ts';

const data = readKeptData();
const pipeline = new Pipeline();
const world = new World(pipeline);

beforeAll(async () => {
  await pipeline.start([]);
  await restore(pipeline.db, data);
  for (const [address, programme] of data.programmes) world.book.programmes.set(address, programme);
  for (const [code, priceList] of data.priceLists) world.book.priceLists.set(code, priceList);
  world.accepted.push(...data.events);
  const { calculator, ingest, portal } = pipeline;
  for (const service of [calculator, ingest, portal]) await service.start();
});
afterAll(() => pipeline.end());

test('every figure is as it must be', async () => {
  expect(data.migrations.at(-1)).toBe('0004-trust.sql');
  expect(data.events.length).toBeGreaterThan(200);
  expect(await world.faults()).toEqual([]);
});

test('repetitions change nothing, new revisions and settings count', async () => {
  await world.sendAll(data.events);
  expect(await world.faults()).toEqual([]);
  await world.sendAll(data.events.slice(0, 90).map(laterOf));
  const [address, programme] = data.programmes[0] ?? fail();
  const [municipality = '', organisation = '', code = ''] = address.split('/');
  const correctionFactors = [{ from: '2019-01-01', factor: '0.5' }];
  await world.putProgramme(
    { municipality, organisation, programme: code },
    { ...programme, correctionFactors },
  );
  expect(await world.faults()).toEqual([]);
});

/** A later revision of the event's case: the same again, or for every third case that it was an error. */
function laterOf(event: SentEvent, place: number): SentEvent {
  const { municipality, organisation, programme = 'main', caseId } = event.data;
  const revision = event.data.revision + 100;
  const id = `later-${place}`;
  if (place % 3 > 0) return { ...event, id, data: { ...event.data, revision } };
  const data = { municipality, organisation, programme, caseId, revision, reason: 'error' } as const;
  return { ...event, id, type: TYPES.withdrawn, data };
}

function fail(): never {
  throw new Error('the kept data has no programme');
}
