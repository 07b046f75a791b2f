import type { PriceList, Programme } from '@effectstroom/contracts';
import type { PricedCell } from '@effectstroom/database';
import { expect, test } from 'vitest';
import { atPrices, Prices } from './at-prices.ts';

const OF = { municipality: 'GM0394', organisation: 'a', programme: 'main' };
const programme = { ...OF, priceList: 'lijst' } as unknown as Programme;
const item = (service: string, price: string) => ({
  ...{ service, name: service, unit: 'uur', price, costBearer: 'gemeente' },
});
const list: PriceList = {
  code: 'lijst',
  name: 'Lijst',
  editions: [
    { from: '2021-01-01', items: [item('hulp', '30.00')] },
    { from: '2022-01-01', items: [item('hulp', '33.00'), item('opvang', '10.00')] },
  ],
};

function cell(priced: PricedCell['priced'], euros: bigint, municipal = false): PricedCell {
  const gross = euros * 1_000_000n;
  return { group: [], ...OF, municipal, priced, gross, corrected: gross * 9_000n };
}

const hulp = { service: 'hulp', price: 30_000_000n };
const on = (day: string) => new Prices([programme], [list], day);

test('lines are valued at the edition of the day; stated amounts stay', () => {
  const cells = [cell(hulp, 300n, true), cell(undefined, 50n)];
  expect(atPrices(cells, on('2024-05-01'))).toEqual({
    ...{
      editions: [{ priceList: 'lijst', from: '2022-01-01' }],
      gross: '380.00',
      corrected: '342.00',
      unpriced: '0.00',
    },
    municipal: { gross: '330.00', corrected: '297.00' },
  });
  expect(atPrices(cells, on('2021-12-31'))).toMatchObject({
    ...{ editions: [{ priceList: 'lijst', from: '2021-01-01' }], gross: '350.00', corrected: '315.00' },
  });
});

test('services without a price then are kept as recorded, and said', () => {
  const cells = [cell({ service: 'opvang', price: 8_000_000n }, 80n), cell(hulp, 300n)];
  expect(atPrices(cells, on('2021-06-01'))).toMatchObject({ gross: '380.00', unpriced: '72.00' });
  expect(atPrices(cells, on('2022-06-01'))).toMatchObject({ gross: '430.00', unpriced: '0.00' });
  expect(atPrices(cells, on('2020-12-31'))).toMatchObject({
    ...{
      editions: [{ priceList: 'lijst', from: null }],
      gross: '380.00',
      corrected: '342.00',
      unpriced: '342.00',
    },
  });
});

test('a total does not depend on how it was grouped', () => {
  const third = (count: number) =>
    Array.from({ length: count }, () => ({
      ...cell({ service: 'hulp', price: 70_000_000n }, 0n),
      gross: 1n,
    }));
  // Each alone would round 33 ÷ 70 of a micro-euro to nothing.
  const one = { ...third(1)[0], gross: 1_000n };
  expect(atPrices([...third(1_000)], on('2023-01-01'))).toEqual(
    atPrices([one as PricedCell], on('2023-01-01')),
  );
});

test('cents are rounded once', () => {
  // A third of 0.014999 € is less than half a cent, but not in whole micro-euros.
  const third = { ...cell({ service: 'hulp', price: 90_000_000n }, 0n), gross: 14_999n };
  expect(atPrices([third], on('2021-06-01')).gross).toBe('0.00');
});

test('a recorded price of 0 tells no quantity', () => {
  expect(atPrices([cell({ service: 'hulp', price: 0n }, 0n)], on('2023-01-01'))).toMatchObject({
    ...{ gross: '0.00', unpriced: '0.00' },
  });
});
