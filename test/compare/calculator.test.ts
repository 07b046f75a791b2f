/** Comparisons of what the real calculator wrote: each change is told as its own part, in euros. */
import { type ComparedPart, type Comparison, DIMENSIONS, type Savings } from '@effectstroom/contracts';
import { expect, test } from 'vitest';
import type { SentPriceList } from '../harness/sent.ts';
import {
  ADDRESS,
  assessed,
  BEGELEIDING,
  PRICE_LIST,
  PRICES,
  PROGRAMME,
  registered,
  usePipeline,
  withdrawn,
} from '../pipeline/fixtures.ts';
import { seededRandom } from '../scenarios/random.ts';
import { inventEvents } from '../simulation/invent-events.ts';
import { inventPriceList, inventProgramme, PLACES, PRICE_LISTS } from '../simulation/invent-settings.ts';

const world = usePipeline();
const { pipeline } = world;
const YEAR = 'from=2021-01-01&to=2021-12-31';

async function ask<T>(path: string): Promise<T> {
  let answer: unknown;
  await pipeline.until(async () => {
    answer = await pipeline.ask(path);
    return true;
  }, `${path} is answered`);
  return answer as T;
}

/** Corrected euros of each part that moved something, between before a change and after it. */
async function partsOf(change: () => Promise<void>): Promise<Record<string, string>> {
  await pipeline.settled();
  const before = new Date().toISOString();
  await ask<Savings>(`/v1/savings?${YEAR}&asOf=${before}`);
  await change();
  await pipeline.settled();
  const { total } = await ask<Comparison>(`/v1/compare?${YEAR}&organisation=meerwaarde&beforeAsOf=${before}`);
  return Object.fromEntries(
    total.parts
      .filter(isMoved)
      .map(({ part, cases, corrected }) => [part, `${movesIn(cases)}: ${corrected}`]),
  );
}

/** As `+1 −0 ~2`: started, stopped, changed. */
function movesIn(cases: ComparedPart['cases']): string {
  return `+${cases?.started} −${cases?.stopped} ~${cases?.changed}`;
}

function isMoved({ cases, exact }: ComparedPart): boolean {
  return Object.values(cases ?? {}).some((count) => count > 0) || Number(exact.corrected) !== 0;
}

function priced(price: string): SentPriceList {
  return {
    ...PRICE_LIST,
    editions: PRICE_LIST.editions.map((edition) => ({
      ...edition,
      items: edition.items.map((item) => (item.service === 'begeleiding' ? { ...item, price } : item)),
    })),
  };
}

test('each kind of change is a part of its own', async () => {
  await world.putProgramme(ADDRESS, PROGRAMME);
  await world.putPriceList(PRICES, priced('100.00'));
  // 26 × 100.00 × 70 % × 90 % = 1,638.00
  expect(await partsOf(() => world.send(assessed('one', 0), registered('two', 0)))).toEqual({
    new: '+2 −0 ~0: 1638.00',
  });
  expect(await partsOf(() => world.putPriceList(PRICES, priced('110.00')))).toEqual({
    price: '+0 −0 ~1: 163.80',
  });
  expect(
    await partsOf(() => world.send(assessed('one', 1, { avoided: [{ ...BEGELEIDING, quantity: '52' }] }))),
  ).toEqual({ quantity: '+0 −0 ~1: 1801.80' });
  const certain = { ...BEGELEIDING, quantity: '52', likelihood: 'certain' as const };
  expect(await partsOf(() => world.send(assessed('one', 2, { avoided: [certain] })))).toEqual({
    percentage: '+0 −0 ~1: 1544.40',
  });
  const factors = [{ from: '2021-01-01', factor: '0.80' }];
  expect(
    await partsOf(() => world.putProgramme(ADDRESS, { ...PROGRAMME, correctionFactors: factors })),
  ).toEqual({ factor: '+0 −0 ~1: -572.00' });
  expect(
    await partsOf(() => world.send(assessed('one', 3, { avoided: [certain], similarCases: 3 }))),
  ).toEqual({
    corrected: '+0 −0 ~1: 9152.00',
  });
  // A case that is registered and assessed starts once.
  const three = [registered('three', 0), assessed('three', 1, { avoided: [certain] })] as const;
  expect(await partsOf(() => world.send(...three))).toEqual({ new: '+1 −0 ~1: 4576.00' });
  // Settings without its theme take every case out, and with it put them back.
  const themes = PROGRAMME.themes.filter(({ code }) => code !== '3');
  const without = () => world.putProgramme(ADDRESS, { ...PROGRAMME, correctionFactors: factors, themes });
  expect(await partsOf(without)).toEqual({ settings: '+0 −3 ~0: -18304.00' });
  const back = () => world.putProgramme(ADDRESS, { ...PROGRAMME, correctionFactors: factors });
  expect(await partsOf(back)).toEqual({ settings: '+3 −0 ~0: 18304.00' });
  expect(await partsOf(() => world.send(withdrawn('one', 4)))).toEqual({ withdrawn: '+0 −1 ~0: -13728.00' });
});

const sides = ['before', 'after'] as const;
const figuresOf = ({ gross, corrected, municipal, cases }: Savings['total']) => ({
  ...{ cases, gross: gross.total, corrected: corrected.total },
  municipal: { gross: municipal.gross, corrected: municipal.corrected },
});

const AMOUNTS: readonly ((of: Pick<ComparedPart, 'exact'>) => string)[] = [
  ({ exact }) => exact.gross,
  ({ exact }) => exact.corrected,
  ({ exact }) => exact.municipal.gross,
  ({ exact }) => exact.municipal.corrected,
];

test('random histories: parts add up, and sides are what savings answered then', {
  timeout: 300_000,
}, async () => {
  const random = seededRandom(99n);
  const planned = inventEvents(900, random).filter(({ isIdentityConflict }) => !isIdentityConflict);
  const moments: string[] = [new Date().toISOString()];
  for (let round = 0; round < 4; round++) {
    for (const place of PLACES) await world.putProgramme(place, inventProgramme(place, random));
    for (const code of PRICE_LISTS) await world.putPriceList(code, inventPriceList(random));
    const events = planned.filter((_, number) => number % 4 === round).map(({ event }) => event);
    await world.sendAll(events);
    await pipeline.settled();
    moments.push(new Date().toISOString());
  }
  const seen = new Set<string>();
  for (let run = 0; run < 60; run++) {
    const [first, last] = [random.below(moments.length), random.below(moments.length)].sort((a, b) => a - b);
    const groups = new Set([random.pick(DIMENSIONS), random.pick(DIMENSIONS)]);
    const view = random.pick(['cohort', 'calendar']);
    const question = `from=2019-02-03&to=2022-10-31&view=${view}&groupBy=${[...groups].join()}`;
    const at = { before: moments[first ?? 0], after: moments[last ?? 0] };
    const comparison = await ask<Comparison>(
      `/v1/compare?${question}&beforeAsOf=${at.before}&asOf=${at.after}`,
    );
    for (const one of [...comparison.rows, comparison.total]) {
      for (const amount of AMOUNTS) {
        const sum = one.parts.reduce((total, part) => total + exact(amount(part)), 0n);
        expect(sum).toBe(exact(amount(one.after)) - exact(amount(one.before)));
      }
      for (const part of one.parts.filter(isMoved)) seen.add(part.part);
    }
    for (const side of sides) {
      const savings = await ask<Savings>(`/v1/savings?${question}&asOf=${at[side]}`);
      const { gross, corrected, municipal, cases } = comparison.total[side];
      expect({ cases, gross, corrected, municipal }).toEqual(figuresOf(savings.total));
    }
  }
  expect([...seen].sort()).toEqual(
    ['corrected', 'factor', 'new', 'percentage', 'price', 'quantity', 'settings', 'withdrawn'].sort(),
  );
});

function exact(amount: string): bigint {
  return BigInt(amount.replace('.', ''));
}
