import { describe, expect, it } from 'vitest';
import { againstCeiling } from './against-ceiling.ts';

const EURO = 1_000_000n;
const claim = (gross: number, price: number) => ({
  ...{ price: BigInt(price) * EURO, gross: BigInt(gross) * EURO },
  corrected: BigInt(gross) * EURO * 9000n,
});

describe('againstCeiling', () => {
  it('adds quantities up over prices, exactly', () => {
    const { figures } = againstCeiling([claim(100, 3), claim(200, 7)], { quantity: '50' });
    expect(figures).toEqual({
      claimed: { quantity: '61.9048', gross: '300.00', corrected: '270.00' },
      share: '1.2381',
      over: true,
      // 11 19/21 of 61 19/21 units.
      above: { quantity: '11.9048', gross: '57.69', corrected: '51.92' },
    });
  });

  it('holds euros against a spend', () => {
    const { ceiling, figures } = againstCeiling([claim(100, 3)], { amount: '400.00' });
    expect(ceiling).toEqual({ quantity: null, amount: '400.00' });
    expect(figures).toMatchObject({ share: '0.2500', over: false, above: { quantity: null, gross: '0.00' } });
  });

  it('is not over where exactly as much is claimed', () => {
    expect(againstCeiling([claim(100, 10)], { quantity: '10' }).figures).toMatchObject({
      ...{ share: '1.0000', over: false },
    });
  });

  it('is over a ceiling of nothing by all that is claimed', () => {
    expect(againstCeiling([claim(100, 10)], { quantity: '0' }).figures).toMatchObject({
      ...{ share: null, over: true, above: { quantity: '10.0000', gross: '100.00', corrected: '90.00' } },
    });
    expect(againstCeiling([], { amount: '0' }).figures).toMatchObject({ share: null, over: false });
  });
});
