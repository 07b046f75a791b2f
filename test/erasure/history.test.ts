/** Random histories with erasures in them: what was answered of a past moment stays the answer, and nothing is left. */
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { SentEvent } from '../harness/sent.ts';
import {
  ADDRESS,
  assessed,
  PRICE_LIST,
  PRICES,
  PROGRAMME,
  registered,
  usePipeline,
  withdrawn,
} from '../pipeline/fixtures.ts';
import { seededRandom } from '../scenarios/random.ts';
import { askErasure, certificateOf, tablesThatHold } from './erasing.ts';

const world = usePipeline();
const { pipeline } = world;
const random = seededRandom(9n);
const ROUNDS = 12;
const CASES = 30;

/** The name of a case begins no other name. */
const nameOf = (number: number) => `case.${number}.`;

function anyEvent(): SentEvent {
  const caseId = nameOf(random.below(CASES));
  const revision = random.below(5);
  const date = random.pick(['2021-01-31', '2021-02-01', '2021-12-31']);
  const theme = random.pick(['1', '3', '9']);
  const data = {
    date,
    theme,
    similarCases: 1 + random.below(9),
    residentKey: `resident-of-${caseId}-invented`,
  };
  if (random.below(8) === 0) return withdrawn(caseId, revision);
  return random.below(4) === 0
    ? registered(caseId, revision, { date, theme })
    : assessed(caseId, revision, data);
}

async function changeSettings(round: number): Promise<void> {
  const factor = `0.${1 + random.below(9)}`;
  if (round % 2 === 0)
    return world.putProgramme(ADDRESS, { ...PROGRAMME, correctionFactors: [{ from: '2021-01-01', factor }] });
  const editions = PRICE_LIST.editions.map((edition) => ({
    ...edition,
    items: edition.items.map((item) => ({ ...item, price: `${10 + random.below(90)}.25` })),
  }));
  return world.putPriceList(PRICES, { ...PRICE_LIST, editions });
}

/** The answers to questions about a moment, without the moment at which they were asked. */
async function told(moment: string): Promise<unknown[]> {
  const question = `/v1/savings?organisation=${ADDRESS.organisation}&from=2021-01-01&to=2023-12-31`;
  const groupings = ['theme,month', 'costBearer', 'goal&view=calendar'];
  return Promise.all(groupings.map((by) => pipeline.ask(`${question}&asOf=${moment}&groupBy=${by}`)));
}

test(`${ROUNDS} rounds of events, settings and erasures`, { timeout: 180_000 }, async () => {
  const before: { moment: string; answers: unknown[] }[] = [];
  const erased = new Set<string>();
  for (let round = 0; round < ROUNDS; round++) {
    const isLeft = ({ data }: SentEvent) => !erased.has(data.caseId);
    await world.sendAll(Array.from({ length: 40 }, anyEvent).filter(isLeft), 7);
    await changeSettings(round);
    await pipeline.settled();
    const moment = new Date().toISOString();
    await pipeline.until(async () => (await told(moment)).length > 0, `${moment} can be asked for`);
    before.push({ moment, answers: await told(moment) });
    const caseId = nameOf(random.below(CASES));
    erased.add(caseId);
    await certificateOf(pipeline, await askErasure(world, ADDRESS.organisation, caseId));
  }
  expect(await world.faults()).toEqual([]);
  for (const { moment, answers } of before) expect(await told(moment)).toEqual(answers);
  expect(await tablesThatHold(pipeline.db, [...erased])).toEqual([]);
  const { rows } = await sql<{ left: number }>`SELECT count(*)::integer AS left FROM ledger
    WHERE resident IS NOT NULL AND event NOT IN (SELECT number FROM event)`.execute(pipeline.db);
  expect(rows).toEqual([{ left: 0 }]);
});
