import { describe, expect, it } from 'vitest';
import type { PriceItem, PriceList } from '../settings-event.ts';
import { priceListChanges } from './price-list-changes.ts';

const item = (service: string, price: string, more: Partial<PriceItem> = {}): PriceItem => ({
  ...{ service, name: service, unit: 'uur', price, costBearer: 'gemeente' },
  ...more,
});
const list = (...editions: [from: string, ...items: PriceItem[]][]): PriceList => ({
  ...{ code: 'lijst', name: 'Lijst' },
  editions: editions.map(([from, ...items]) => ({ from, items })),
});

describe('priceListChanges', () => {
  it('finds nothing between equal lists', () => {
    const one = list(['2021-01-01', item('a', '64.00')]);
    expect(priceListChanges(one, structuredClone(one))).toEqual({
      unchanged: true,
      name: false,
      editions: [],
    });
  });

  it('names added, removed, repriced and altered items of an edition', () => {
    const before = list(['2021-01-01', item('a', '64.00'), item('b', '1.00'), item('c', '2.00')]);
    const after = list([
      '2021-01-01',
      ...[item('a', '62.40'), item('c', '2.00', { cashable: 'cash' }), item('d', '3.00')],
    ]);
    expect(priceListChanges(before, after).editions).toMatchObject([
      {
        ...{ from: '2021-01-01', state: 'kept', comparedWith: '2021-01-01' },
        added: [{ service: 'd', price: '3.00' }],
        removed: [{ service: 'b' }],
        repriced: [{ service: 'a', before: '64.00', after: '62.40', percent: '-2.5' }],
        altered: [{ service: 'c', members: ['cashable'] }],
      },
    ]);
  });

  it('compares a new edition with the one in force before it', () => {
    const before = list(['2021-01-01', item('a', '10.00')]);
    const after = list(['2021-01-01', item('a', '10.00')], ['2024-01-01', item('a', '10.35')]);
    expect(priceListChanges(before, after).editions).toMatchObject([
      { from: '2024-01-01', state: 'added', comparedWith: '2021-01-01', repriced: [{ percent: '3.5' }] },
    ]);
  });

  it('shows an edition that goes', () => {
    const before = list(['2021-01-01', item('a', '10.00')], ['2024-01-01', item('a', '10.00')]);
    const after = list(['2024-01-01', item('a', '10.00')]);
    const [edition] = priceListChanges(before, after).editions;
    expect(edition).toMatchObject({ from: '2021-01-01', state: 'removed', removed: [{ service: 'a' }] });
  });

  it.each([
    ['0.00', '5.00', null],
    ['8.00', '8.01', '0.1'],
    ['300.00', '299.90', '0.0'],
    ['1.00', '2000.00', '199900.0'],
  ])('%s to %s is %s percent', (was, now, percent) => {
    const changes = priceListChanges(
      list(['2021-01-01', item('a', was)]),
      list(['2021-01-01', item('a', now)]),
    );
    expect(changes.editions[0]?.repriced[0]?.percent).toBe(percent);
  });

  it('takes a price level of the edition as that of its items', () => {
    const before = list(['2021-01-01', item('a', '1.00', { priceLevel: 2022 })]);
    const after: PriceList = {
      ...list(),
      editions: [{ from: '2021-01-01', priceLevel: 2022, items: [item('a', '1.00')] }],
    };
    expect(priceListChanges(before, after).unchanged).toBe(true);
  });
});
