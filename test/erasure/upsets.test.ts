/** Erasing while calculators are killed, share the work, or read the stream again. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Pipeline } from '../harness/pipeline.ts';
import { keepStream, putStreamBack } from '../harness/stream-upsets.ts';
import { World } from '../harness/world.ts';
import { ADDRESS, assessed, manyCases, PRICE_LIST, PRICES, PROGRAMME } from '../pipeline/fixtures.ts';
import { askErasure, certificateOf, erase, type SeenCertificate, tablesThatHold } from './erasing.ts';

const pipeline = new Pipeline();
const world = new World(pipeline);
const one = pipeline.service('calculator', { PARTITIONS_MAX: '2' }, 'calculator-one');
const other = pipeline.service('calculator', { PARTITIONS_MAX: '2' }, 'calculator-other');
const { organisation } = ADDRESS;
const ERASED = 24;

beforeAll(async () => {
  await pipeline.start([one, other, pipeline.ingest, pipeline.portal]);
  await world.putPriceList(PRICES, PRICE_LIST);
  await world.putProgramme(ADDRESS, PROGRAMME);
});
afterAll(() => pipeline.end());

test('two workers, one of them killed again and again: each case is erased once', {
  timeout: 120_000,
}, async () => {
  const caseIds = Array.from({ length: ERASED }, (_, number) => `erased.${number}.`);
  await world.sendAll(caseIds.flatMap((caseId) => [0, 1].map((revision) => assessed(caseId, revision))));
  const load = world.sendAll(manyCases('stays', 1_500), 25);
  const ids: string[] = [];
  for (const [place, caseId] of caseIds.entries()) {
    ids.push(await askErasure(world, organisation, caseId));
    if (place % 6 !== 5) continue;
    await other.kill();
    await other.start();
  }
  await load;
  const certificates: SeenCertificate[] = [];
  for (const id of ids) certificates.push(await certificateOf(pipeline, id));
  expect(certificates.map(({ removed }) => removed.events)).toEqual(ids.map(() => 2));
  expect(certificates.every(({ correction }) => correction?.gross === '-1164.80')).toBe(true);
  expect(await world.faults()).toEqual([]);
  expect(await tablesThatHold(pipeline.db, caseIds)).toEqual([]);
});

test('a stream that lost its end brings the case again, and it stays erased', {
  timeout: 120_000,
}, async () => {
  await world.send(assessed('read-again', 0, {}, { id: 'id-read-again-0' }), assessed('read-on', 0));
  await pipeline.settled();
  await keepStream(pipeline);
  const { id, removed } = await erase(world, organisation, 'read-again');
  expect(removed.later).toBe(0);
  await world.sendAll(manyCases('lost', 5), 1);
  expect(await world.faults()).toEqual([]);
  await putStreamBack(pipeline);
  await world.send(assessed('after', 0));
  expect(await world.faults()).toEqual([]);
  expect(await tablesThatHold(pipeline.db, ['read-again'])).toEqual([]);
  expect((await certificateOf(pipeline, id)).removed).toEqual({ ...removed, later: 1 });
});
