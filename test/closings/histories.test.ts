/**
 * Random histories: whatever is sent, priced, decided or erased after a closing, what was reported stays,
 * what came after adds up to what is known now, and a third party comes to the same checksum.
 */
import { type ClosingAnswer, type ComparedPart, compareSchema, savingsSchema } from '@effectstroom/contracts';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Pipeline } from '../harness/pipeline.ts';
import type { SentEvent, SentProgramme } from '../harness/sent.ts';
import { World } from '../harness/world.ts';
import { type Random, seededRandom } from '../scenarios/random.ts';
import { inventEvents } from '../simulation/invent-events.ts';
import { inventPriceList, inventProgramme, PLACES, PRICE_LISTS } from '../simulation/invent-settings.ts';
import { askBundle, askClosing, close, recompute } from './closed-world.ts';

const EVENTS = 1_200;
const ROUNDS = 6;
const ORGANISATIONS = [...new Set(PLACES.map(({ organisation }) => organisation))];
const PERIODS = ['2019', '2020', '2021', '2022', '2020-Q1', '2021-Q2', '2021-06', '2021-07', '2022-Q4'];

const pipeline = new Pipeline();
const world = new World(pipeline);
// Two share the partitions, so that each has its own place in the stream when a period is closed.
const share = { PARTITIONS_MAX: '2' };
const calculators = [1, 2].map((number) => pipeline.service('calculator', share, `calculator-${number}`));

beforeAll(() => pipeline.start([...calculators, pipeline.ingest, pipeline.portal]));
afterAll(() => pipeline.end());

test('a closed period never moves', { timeout: 300_000 }, async () => {
  const random = seededRandom(4n);
  const events = inventEvents(EVENTS, random)
    .filter(({ isIdentityConflict }) => isIdentityConflict !== true)
    .sort((one, other) => one.at - other.at)
    .map(({ event }) => event);
  const closed: ClosingAnswer[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    await changeSettings(random);
    const [from, to] = [round, round + 1].map((part) => Math.floor((part * events.length) / ROUNDS));
    const part = events.slice(from, to);
    await world.sendAll(part, 50);
    for (let erased = 0; erased < 5; erased++) await erase(random.pick(part));
    for (let count = 0; count < 3; count++) await closeOne(random, closed);
    await pipeline.settled();
    for (const one of closed) await checkClosed(one);
  }
  expect(closed.length).toBeGreaterThan(5);
  for (const { organisation, period, checksums } of closed) {
    const { code, output } = await recompute(pipeline, await askBundle(pipeline, organisation, period));
    expect(code, `${organisation} ${period}: ${output}`).toBe(0);
    expect(output).toContain(checksums?.all);
  }
  const kept = await sql`SELECT line FROM closing_erased`.execute(pipeline.db);
  expect(kept.rows.length).toBeGreaterThan(0);
});

async function changeSettings(random: Random): Promise<void> {
  for (const code of PRICE_LISTS) await world.putPriceList(code, inventPriceList(random));
  for (const place of PLACES)
    await world.putProgramme(place, { ...inventProgramme(place, random), ...inventDiscount(random) });
}

function inventDiscount(random: Random): Partial<SentProgramme> {
  const yearZero = random.pick(['undiscounted', 'discounted'] as const);
  const percent = random.pick(['2.25', '0', '3.5', '99.99']);
  return random.pick<Partial<SentProgramme>>([{}, { discountRate: { percent, yearZero } }]);
}

async function erase({ data: { organisation, caseId } }: SentEvent): Promise<void> {
  const response = await fetch(`${pipeline.ingest.running.url}/v1/erasures`, {
    method: 'POST',
    headers: { authorization: 'Bearer local-admin', 'content-type': 'application/json' },
    body: JSON.stringify({ organisation, caseId }),
  });
  expect(response.status).toBe(202);
}

/** Closes something that was not closed before, and compares it with what the portal says of that moment. */
async function closeOne(random: Random, closed: ClosingAnswer[]): Promise<void> {
  const [organisation, period] = [random.pick(ORGANISATIONS), random.pick(PERIODS)];
  if (closed.some((one) => one.organisation === organisation && one.period === period)) return;
  const answer = await close(pipeline, organisation, period);
  closed.push(answer);
  const { from, to, closedAt } = answer;
  const query = new URLSearchParams({ organisation, from, to, asOf: closedAt, groupBy: 'costBearer' });
  const { rows, total } = savingsSchema.parse(await pipeline.ask(`/v1/savings?${query}`));
  expect(answer.reported?.total).toMatchObject({
    ...{ cases: total.cases, gross: total.gross.total, corrected: total.corrected.total },
    municipal: { gross: total.municipal.gross, corrected: total.municipal.corrected },
    cost: total.cost,
  });
  const bearers = rows.map(({ costBearer, gross, corrected }) => ({
    costBearer,
    ...{ gross: gross.total, corrected: corrected.total },
  }));
  // A cost bearer of whom nothing is saved stands in one list and not in the other.
  const isSaved = ({ gross }: { gross: string }) => gross !== '0.00';
  expect(answer.reported?.costBearers.filter(isSaved)).toMatchObject(bearers.filter(isSaved));
}

/** It is as it was answered first, and the parts of what came after lead to what is known now. */
async function checkClosed(first: ClosingAnswer): Promise<void> {
  const { organisation, period } = first;
  const answer = await askClosing(pipeline, organisation, period);
  expect([answer.reported, answer.checksums, answer.closedAt]).toEqual([
    first.reported,
    first.checksums,
    first.closedAt,
  ]);
  const { reported, afterClosing, now, from, to } = answer;
  if (reported === null || afterClosing === null) throw new Error('A closing is not sealed any more');
  for (const figure of FIGURES) {
    expect(figure(reported.total) + figure(afterClosing), `${organisation} ${period}`).toBe(figure(now));
  }
  for (const amount of AMOUNTS)
    expect(afterClosing.parts.reduce((sum, part) => sum + amount(part), 0n)).toBe(amount(afterClosing));
  const query = new URLSearchParams({ organisation, from, to });
  const moments = compareSchema.parse(
    await pipeline.ask(`/v1/compare?${query}&beforeAsOf=${first.closedAt}`),
  );
  expect(afterClosing).toEqual({
    ...moments.total.difference,
    parts: moments.total.parts.filter(isMoved).map(({ causes, ...part }) => part),
  });
  const { total } = savingsSchema.parse(await pipeline.ask(`/v1/savings?${query}`));
  expect(now).toMatchObject({ cases: total.cases, corrected: total.corrected.total });
}

/** Whether a part started, stopped or changed any case. */
function isMoved({ cases }: ComparedPart): boolean {
  return Object.values(cases ?? {}).some((count) => count > 0);
}

type Amounts = Pick<ClosingAnswer['now'], 'exact'>;
type Figures = Pick<ClosingAnswer['now'], 'cases' | 'exact'>;

const whole = (text: string) => BigInt(text.replace('.', ''));

const AMOUNTS: readonly ((of: Amounts) => bigint)[] = [
  ({ exact }) => whole(exact.gross),
  ({ exact }) => whole(exact.corrected),
  ({ exact }) => whole(exact.municipal.gross),
  ({ exact }) => whole(exact.municipal.corrected),
];

const FIGURES: readonly ((of: Figures) => bigint)[] = [
  ({ cases }) => BigInt(cases.registered),
  ({ cases }) => BigInt(cases.assessed),
  ({ cases }) => BigInt(cases.represented),
  ...AMOUNTS,
];
