/** Whatever stands in the stream, past ingest: it is kept to be looked at, and stops nothing. */
import { caseSubject, DEFAULT_PARTITIONS, partitionOf } from '@effectstroom/contracts';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { SentEvent } from '../harness/sent.ts';
import { ADDRESS, assessed, BEGELEIDING, PROGRAMME, registered, usePipeline, withdrawn } from './fixtures.ts';

const world = usePipeline();
const { pipeline } = world;
const SUBJECT = caseSubject(0);
const ELSEWHERE = caseSubject(1);
let made = 0;

/** A case of partition 0 that is not there yet. */
function newCase(): string {
  for (;;) {
    const caseId = `poison-${made++}`;
    if (partitionOf(ADDRESS.organisation, caseId, DEFAULT_PARTITIONS) === 0) return caseId;
  }
}

/** An event of a new case, as ingest would publish it but for the changes. */
function line(changes: object = {}, data: object = {}, avoided: object = {}): string {
  const usual = { recurrence: 'one-off', deadweight: 0, displacement: 0, dropOff: 0, service: 'begeleiding' };
  const lines = [{ ...usual, quantity: '2', likelihood: 100, contribution: 100, ...avoided }];
  const event = assessed(newCase(), 0, { similarCases: 1, cost: '0.00' });
  return JSON.stringify({ ...event, ...changes, data: { ...event.data, avoided: lines, ...data } });
}

/** Publishes it, and then a good event through ingest, which must count. */
async function surviving(subject: string, payload: string | Uint8Array): Promise<number> {
  const sequence = await pipeline.publish(subject, payload);
  await world.send(assessed(`after-${sequence}`, 0));
  await pipeline.settled(15_000);
  return sequence;
}

/** What is kept of a message that holds no events. */
async function unreadableOf(sequence: number): Promise<{ detail: string; payload: Buffer }[]> {
  const { rows } = await sql<{ detail: string; payload: Buffer }>`SELECT detail, payload FROM unreadable
    WHERE number >> 9 = ${sequence} ORDER BY number`.execute(pipeline.db);
  return rows;
}

test.each<[string, string, string | Uint8Array]>([
  ['bytes that are no text', SUBJECT, Uint8Array.from({ length: 300 }, (_, place) => (place * 37) % 256)],
  ['an empty message', SUBJECT, ''],
  ['a byte order mark before an event', SUBJECT, `\uFEFF${line()}`],
  ['JSON that ends too early', SUBJECT, line().slice(0, -20)],
  ['a number', SUBJECT, '42'],
  ['null', SUBJECT, 'null'],
  ['an empty list', SUBJECT, '[]'],
  ['an object of another kind', SUBJECT, '{"hello":"world"}'],
  ['an event of an unknown type', SUBJECT, line({ type: 'nl.effectstroom.case.closed' })],
  ['an event without data', SUBJECT, line().replace(/"data":.*/, '"data":null}')],
  ['an event without id', SUBJECT, line({ id: undefined })],
  ['an event whose case is a number', SUBJECT, line({}, { caseId: 7 })],
  ['an event in the wrong partition', ELSEWHERE, line()],
  ['a huge line', SUBJECT, `"${'x'.repeat(1_000_000)}"`],
  ['a huge text in an event', SUBJECT, line({ id: 'x'.repeat(900_000) })],
  ['settings that are no JSON', 'settings', 'no settings'],
  ['settings of another kind', 'settings', JSON.stringify({ ...PROGRAMME, type: 'unknown' })],
  ['a case event among the settings', 'settings', line()],
])('%s', async (_name, subject, payload) => {
  const sequence = await surviving(subject, payload);
  const [kept, ...others] = await unreadableOf(sequence);
  expect(others).toEqual([]);
  expect(kept?.detail).not.toBe('');
  expect(kept?.payload.equals(Buffer.from(payload))).toBe(true);
  expect(await world.faults()).toEqual([]);
});

test('good lines beside bad ones count', async () => {
  const caseId = newCase();
  const good: SentEvent[] = [0, 1].map((revision) => registered(caseId, revision));
  const [first = '', second = ''] = good.map((event) => JSON.stringify(event));
  const sequence = await surviving(SUBJECT, [first, 'bad', second, ''].join('\n'));
  world.accepted.push(...good);
  expect((await unreadableOf(sequence)).map(({ payload }) => payload.toString())).toEqual(['bad', '']);
  expect(await world.faults()).toEqual([]);
});

test.each<[string, string]>([
  ['a date that is none', line({}, { date: 'yesterday' })],
  ['a date that does not exist', line({}, { date: '2021-02-30' })],
  ['a fraction of a similar case', line({}, { similarCases: 1.5 })],
  ['more similar cases than there are numbers', line({}, { similarCases: 1e12 })],
  ['an amount in words', line({}, { cost: 'veel' })],
  ['an amount beyond every number', line({}, { cost: `1${'0'.repeat(30)}.00` })],
  ['no lines', line({}, { avoided: null })],
  ['no lines, for a programme that is not known yet', line({}, { programme: 'later', avoided: null })],
  ['a line that is a text', line({}, { avoided: ['begeleiding'] })],
  ['a quantity that is an object', line({}, {}, { quantity: {} })],
  ['a likelihood that is no level', line({}, {}, { likelihood: 'constructor' })],
  ['negative years', line({}, {}, { recurrence: 'yearly', years: -1 })],
  ['years without end', line({}, {}, { recurrence: 'yearly', years: 1e9 })],
  ['a theme that is a list', line({}, { theme: ['3'] })],
  ['a revision that is a text', line({}, { revision: 'one' })],
  ['a municipality that is a number', line({}, { municipality: 394 })],
  ['a long dimension', line({}, { team: 'x'.repeat(100_000) })],
  ['a zero byte in the id', line({ id: 'a\u0000b' })],
  ['a zero byte in a dimension', line({}, { team: 'a\u0000b' })],
  ['half a character in the id', line({ id: 'HALF' }).replace('HALF', '\\ud800')],
  ['a time that is none', line({ time: 'soon' })],
  ['a source that is no URI', line({ source: '\u0000' })],
])('an event with %s', async (_name, payload) => {
  const sequence = await surviving(SUBJECT, payload);
  expect((await unreadableOf(sequence)).map((kept) => kept.payload.toString())).toEqual([payload]);
  expect(await world.faults()).toEqual([]);
});

test('an event written otherwise than by ingest says the same, also as its case goes on', async () => {
  const caseId = newCase();
  const first = assessed(caseId, 1, { avoided: [{ ...BEGELEIDING, quantity: 2.5 }] });
  const late = assessed(caseId, 0);
  await surviving(SUBJECT, JSON.stringify(first));
  world.accepted.push(first);
  expect(await world.faults()).toEqual([]);
  const last = withdrawn(caseId, 2);
  for (const event of [late, last]) {
    await surviving(SUBJECT, JSON.stringify(event));
    world.accepted.push(event);
    expect(await world.faults()).toEqual([]);
  }
});

test('so does one with others of its case in the same message', async () => {
  const caseId = newCase();
  const events = [1, 0].map((revision) => assessed(caseId, revision, { avoided: [BEGELEIDING] }));
  await surviving(SUBJECT, events.map((event) => JSON.stringify(event)).join('\n'));
  world.accepted.push(...events);
  expect(await world.faults()).toEqual([]);
});

test('the programme of an event that could not be read becomes known', async () => {
  await world.putProgramme({ ...ADDRESS, programme: 'later' }, PROGRAMME);
  expect(await world.faults()).toEqual([]);
});

test.each<[string, string]>([
  ['more empty lines than a message may have', '\n'.repeat(600)],
  ['more events than a message may have', Array.from({ length: 600 }, () => line()).join('\n')],
])('%s', async (_name, payload) => {
  const sequence = await surviving(SUBJECT, payload);
  expect((await unreadableOf(sequence)).length).toBeGreaterThan(0);
  expect(await world.faults()).toEqual([]);
});
