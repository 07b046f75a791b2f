/**
 * A calculator that dies at any moment, between commit and acknowledgement too, loses and doubles nothing.
 */
import { expect, test } from 'vitest';
import { seededRandom } from '../scenarios/random.ts';
import { assessed, manyCases, registered, usePipeline, withdrawn } from './fixtures.ts';

const world = usePipeline();
const { pipeline } = world;
const KILLS = 8;
const random = seededRandom(11n);

test(`killed ${KILLS} times during a load: the totals are exact`, { timeout: 120_000 }, async () => {
  const events = manyCases('k', 3_000);
  for (let number = 0; number < 2_500; number++) {
    const caseId = `k-${random.below(3_000)}`;
    const revision = random.below(4);
    const date = random.pick(['2021-01-01', '2021-12-31', '2022-02-28']);
    events.push(random.pick([assessed, registered])(caseId, revision, { date }));
    if (number % 10 === 0) events.push(withdrawn(caseId, 1 + random.below(4)));
  }
  const load = world.sendAll(events, 25);
  for (let kill = 0; kill < KILLS; kill++) {
    const moment = Math.floor((events.length * (kill + random.below(100) / 100)) / KILLS);
    await pipeline.until(async () => world.accepted.length >= moment, `${moment} events are accepted`);
    await pipeline.calculator.kill();
    await pipeline.calculator.start();
  }
  await load;
  expect(await world.faults()).toEqual([]);
});
