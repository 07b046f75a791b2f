/** Made-up lives of cases through the whole pipeline: whatever is walked down adds up, now and as known before. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Pipeline } from '../harness/pipeline.ts';
import { World } from '../harness/world.ts';
import { type Random, seededRandom } from '../scenarios/random.ts';
import { inventEvents } from '../simulation/invent-events.ts';
import { inventPriceList, inventProgramme, PLACES, PRICE_LISTS } from '../simulation/invent-settings.ts';
import { addressOf, askExplanation, leavesOf, type Root, units, walkFaults } from './walks.ts';

const random = seededRandom(11n);
const pipeline = new Pipeline();
const world = new World(pipeline);
const ask = (path: string) => pipeline.ask(path);
const moments: string[] = [];

beforeAll(async () => {
  await pipeline.start([pipeline.calculator, pipeline.ingest, pipeline.portal]);
  const events = inventEvents(900, random).sort((one, other) => one.at - other.at);
  const rounds = 3;
  for (let round = 0; round < rounds; round++) {
    for (const code of PRICE_LISTS) await world.putPriceList(code, inventPriceList(random));
    for (const place of PLACES)
      if (round === 0 || random.below(2) === 0)
        await world.putProgramme(place, inventProgramme(place, random));
    const size = Math.ceil(events.length / rounds);
    await world.sendAll(events.slice(round * size, (round + 1) * size).map(({ event }) => event));
    await pipeline.settled();
    moments.push(new Date().toISOString());
  }
}, 180_000);

afterAll(() => pipeline.end());

function inventRoot(draw: Random): Root {
  const figure = draw.pick(['corrected', 'corrected', 'gross', 'municipal', 'cost'] as const);
  const asOf = draw.pick(['', ...moments]);
  const filters: Record<string, string> = {
    ...(draw.below(5) === 0 && { theme: '1' }),
    ...(draw.below(6) === 0 && { organisation: 'noorderlicht' }),
    ...(draw.below(6) === 0 && { year: '2021' }),
    ...(draw.below(6) === 0 && figure !== 'cost' && { costBearer: 'gemeente-wmo' }),
  };
  const [from = '', to = ''] = draw.pick([
    ['2018-01-01', '2030-12-31'],
    ['2021-01-01', '2021-12-31'],
    ['2020-02-15', '2022-03-03'],
  ]);
  const view = draw.pick(['cohort', 'calendar']);
  return { figure, question: { from, to, view, ...(asOf === '' ? {} : { asOf }), ...filters } };
}

test('every random walk down adds up at every step, and says what /v1/savings says', {
  timeout: 300_000,
}, async () => {
  const faults: string[] = [];
  for (let walk = 0; walk < 40; walk++) faults.push(...(await walkFaults(ask, inventRoot(random), random)));
  expect(faults).toEqual([]);
});

test.for(['corrected', 'gross', 'municipal', 'cost'] as const)(
  'the leaves of %s sum to its root',
  {
    timeout: 300_000,
  },
  async (figure) => {
    for (const asOf of [undefined, moments[0]]) {
      const question = {
        ...{ from: '2020-07-01', to: '2021-03-31', view: asOf === undefined ? 'cohort' : 'calendar' },
        ...(asOf === undefined ? {} : { asOf }),
      };
      const address = addressOf({ figure, question });
      const faults: string[] = [];
      const leaves = await leavesOf(ask, address, faults);
      expect(faults).toEqual([]);
      expect(leaves).toBe(units((await askExplanation(ask, address)).exact));
      expect(leaves).toBeGreaterThan(0n);
    }
  },
);
