/** Any order of the same events gives the same totals: each order is tried on a case of its own. */
import { expect, test } from 'vitest';
import type { SentEvent } from '../harness/sent.ts';
import { assessed, BEGELEIDING, registered, SOURCE, usePipeline, withdrawn } from './fixtures.ts';

const world = usePipeline();

/** All orders of a list. */
function permutations<T>(list: readonly T[]): T[][] {
  if (list.length < 2) return [[...list]];
  return list.flatMap((first, place) =>
    permutations(list.toSpliced(place, 1)).map((rest) => [first, ...rest]),
  );
}

/**
 * Sends the events that `make` gives for a case, in every order, each order to a case of its own. What comes
 * first in an order is sent before what comes second.
 */
async function sendEveryOrder(name: string, make: (caseId: string) => SentEvent[]): Promise<void> {
  const orders = permutations([...make('').keys()]).map((order) => {
    const events = make(`${name}-${order.join('')}`);
    return order.flatMap((place) => events[place] ?? []);
  });
  for (const [step] of (orders[0] ?? []).entries())
    await world.send(...orders.flatMap((order) => order[step] ?? []));
}

const quantity = (value: string) => ({ avoided: [{ ...BEGELEIDING, quantity: value }] });

test('revisions: the highest counts', async () => {
  await sendEveryOrder('revisions', (caseId) => [
    registered(caseId, 0),
    assessed(caseId, 1, quantity('1')),
    assessed(caseId, 2, { ...quantity('2'), theme: '1', goal: '1.5', date: '2022-05-01' }),
    assessed(caseId, 7, { ...quantity('3'), similarCases: 12, cost: '450.00' }),
  ]);
  expect(await world.faults()).toEqual([]);
});

test('an assessment that is taken back, a withdrawal, a revival', async () => {
  await sendEveryOrder('unassessed', (caseId) => [assessed(caseId, 1), registered(caseId, 2)]);
  await sendEveryOrder('withdrawn', (caseId) => [
    registered(caseId, 0),
    assessed(caseId, 1),
    withdrawn(caseId, 2),
  ]);
  await sendEveryOrder('revived', (caseId) => [
    assessed(caseId, 1),
    withdrawn(caseId, 2),
    assessed(caseId, 3, quantity('5')),
  ]);
  expect(await world.faults()).toEqual([]);
});

test('a revision that cannot be valued leaves the case to the one below', async () => {
  await sendEveryOrder('unknown', (caseId) => [
    assessed(caseId, 1, quantity('1')),
    assessed(caseId, 2, quantity('2')),
    assessed(caseId, 3, { theme: 'unknown' }),
    withdrawn(caseId, 0),
  ]);
  expect(await world.faults()).toEqual([]);
});

const SAME_TIME = '2022-01-01T00:00:00Z';

/** Two contents of one revision, of which the second must win, and one below them. */
function conflict(caseId: string, loser: Partial<SentEvent>, winner: Partial<SentEvent>): SentEvent[] {
  return [
    assessed(caseId, 0, quantity('1')),
    assessed(caseId, 1, quantity('2'), loser),
    assessed(caseId, 1, quantity('3'), winner),
  ];
}

test.each<[string, Partial<SentEvent>, Partial<SentEvent>]>([
  ['time', { time: '2022-01-01T00:00:00Z' }, { time: '2022-01-01T00:00:01Z' }],
  ['time-in-fractions', { time: '2022-01-01T00:00:00.25Z' }, { time: '2022-01-01T00:00:00.3Z' }],
  ['no-fraction', { time: '2022-01-01T00:00:00Z' }, { time: '2022-01-01T00:00:00.001Z' }],
  ['time-with-offset', { time: '2022-01-01T01:30:00+02:00' }, { time: '2022-01-01T00:00:00+00:00' }],
  ['source', { time: SAME_TIME, source: `${SOURCE}:A` }, { time: SAME_TIME, source: `${SOURCE}:a` }],
  ['longer-source', { time: SAME_TIME, source: SOURCE }, { time: SAME_TIME, source: `${SOURCE}:` }],
])('a revision with two contents: the greatest %s counts', async (name, loser, winner) => {
  await sendEveryOrder(name, (caseId) => conflict(caseId, loser, winner));
  expect(await world.faults()).toEqual([]);
  expect(await quantitiesOf(name)).toEqual(new Set(['3']));
});

test.each([
  ['ascii', 'B', 'a'],
  ['accent', 'z', 'é'],
  // By bytes an emoji (F0 …) comes after a ligature (EF …); by UTF-16 units it would come before.
  ['emoji', 'ﬀ', '😀'],
])('at the same time, of one source: the greatest id counts, by bytes (%s)', async (name, less, more) => {
  const at = (caseId: string, id: string) => ({ time: SAME_TIME, id: `${id} ${caseId}` });
  await sendEveryOrder(name, (caseId) => conflict(caseId, at(caseId, less), at(caseId, more)));
  expect(await world.faults()).toEqual([]);
  expect(await quantitiesOf(name)).toEqual(new Set(['3']));
});

test('three contents and a repetition of one of them under another id', async () => {
  await sendEveryOrder('three', (caseId) => [
    assessed(caseId, 1, quantity('1')),
    assessed(caseId, 1, quantity('2')),
    assessed(caseId, 1, quantity('1'), { time: '2022-01-01T00:00:00Z' }),
    withdrawn(caseId, 1),
  ]);
  expect(await world.faults()).toEqual([]);
});

/**
 * The quantities that count in the cases of a name: what the auditor and the product both could have wrong.
 */
async function quantitiesOf(name: string): Promise<Set<string | number | undefined>> {
  const rows = await world.pipeline.db
    .selectFrom('case_state as c')
    .innerJoin('event as e', (join) =>
      join.onRef('e.organisation', '=', 'c.organisation').onRef('e.number', '=', 'c.counted'),
    )
    .where('c.case_id', 'like', `${name}-%`)
    .select('e.payload')
    .execute();
  expect(rows.length).toBeGreaterThan(0);
  return new Set(rows.map(({ payload }) => (JSON.parse(payload) as SentEvent).data.avoided?.[0]?.quantity));
}
