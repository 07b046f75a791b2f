import { describe, expect, it } from 'vitest';
import type { PriceList } from '../settings-event.ts';
import { disappearingPrices, mergedPriceList } from './merge-price-lists.ts';
import { priceListChanges } from './price-list-changes.ts';

const list = (note: string | undefined, editions: Record<string, string[]>): PriceList => ({
  ...{ code: 'lijst', name: 'Lijst' },
  ...(note !== undefined && { note }),
  editions: Object.entries(editions).map(([from, services]) => ({
    from,
    items: services.map((service) => {
      return { service, name: service, unit: 'uur', price: '1.00', costBearer: 'gemeente' };
    }),
  })),
});

describe('mergedPriceList', () => {
  const before = list('oud', { '2021-01-01': ['a', 'b'], '2023-01-01': ['a', 'b', 'c'] });

  it('adds editions in their place, and leaves the others', () => {
    const merged = mergedPriceList(before, list(undefined, { '2022-01-01': ['a'] }));
    expect(merged).toEqual(
      list('oud', { '2021-01-01': ['a', 'b'], '2022-01-01': ['a'], '2023-01-01': ['a', 'b', 'c'] }),
    );
    expect(disappearingPrices(priceListChanges(before, merged))).toBe(0);
  });

  it('replaces an edition whole', () => {
    const merged = mergedPriceList(before, list('nieuw', { '2023-01-01': ['c', 'd'] }));
    expect(merged).toEqual(list('nieuw', { '2021-01-01': ['a', 'b'], '2023-01-01': ['c', 'd'] }));
    expect(disappearingPrices(priceListChanges(before, merged))).toBe(2);
  });

  it('counts the prices of editions that go', () => {
    const after = list('oud', { '2023-01-01': ['a', 'b', 'c'] });
    expect(disappearingPrices(priceListChanges(before, after))).toBe(2);
  });
});
