import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stepDown, stepUp, type ValuedLine, valuesInRange, yearValues } from './line-value.ts';

const LINE: ValuedLine = {
  ...{ price: 64_000_000n, quantity: 260_000n, likelihood: 70, contribution: 100 },
  ...{ deadweight: 0, displacement: 0, dropOff: 0, years: 1 },
};

const anyLine = fc.record({
  price: fc.bigInt({ min: 0n, max: 99_999_999_990_000n }),
  quantity: fc.bigInt({ min: 1n, max: 9_999_999_999n }),
  likelihood: fc.integer({ min: 0, max: 100 }),
  contribution: fc.integer({ min: 0, max: 100 }),
  deadweight: fc.integer({ min: 0, max: 100 }),
  displacement: fc.integer({ min: 0, max: 100 }),
  dropOff: fc.integer({ min: 0, max: 100 }),
  years: fc.integer({ min: 1, max: 40 }),
});

describe('yearValues', () => {
  it('is A × B × C × quantity', () => {
    expect(yearValues(LINE)).toEqual([1_164_800_000n]); // 26 × 64.00 × 70 %
  });

  it('repeats the first year where nothing drops off', () => {
    expect(yearValues({ ...LINE, years: 3 })).toEqual([1_164_800_000n, 1_164_800_000n, 1_164_800_000n]);
  });

  it('takes deadweight, displacement and drop-off off', () => {
    const line = { ...LINE, price: 3_000_000_000n, quantity: 10_000n, likelihood: 100, years: 3 };
    const values = yearValues({ ...line, deadweight: 25, displacement: 5, dropOff: 20 });
    expect(values).toEqual([2_137_500_000n, 1_710_000_000n, 1_368_000_000n]);
  });

  it('discounts later years, and the first too where the programme says so', () => {
    const line = {
      ...LINE,
      price: 1_000_000_000n,
      quantity: 10_000n,
      likelihood: 100,
      dropOff: 20,
      years: 3,
    };
    // € 1,000, € 800 ÷ 1.0225 and € 640 ÷ 1.0225²
    const later = { ...line, discount: { rate: 225, yearZero: false } };
    expect(yearValues(later)).toEqual([1_000_000_000n, 782_396_088n, 612_143_639n]);
    const all = { ...line, discount: { rate: 225, yearZero: true } };
    expect(yearValues(all)).toEqual([977_995_110n, 765_179_548n, 598_673_485n]);
  });

  it('rounds half a micro-euro away from zero, once', () => {
    const line = { ...LINE, price: 1n, quantity: 10_000n, likelihood: 50, contribution: 100 };
    expect(yearValues(line)).toEqual([1n]);
    expect(yearValues({ ...line, likelihood: 49 })).toEqual([0n]);
    // 0.5 µ€ × 50 % in year 1 is 0.25 µ€: from the unrounded value it is 0, from the rounded one it would be 1.
    expect(yearValues({ ...line, dropOff: 50, years: 2 })).toEqual([1n, 0n]);
  });

  it('comes within half a micro-euro of the exact value, in every year', () => {
    fc.assert(
      fc.property(anyLine, (line) => {
        yearValues(line).forEach((value, year) => {
          const left = BigInt(100 - line.dropOff) ** BigInt(year);
          const dividend =
            line.price *
            line.quantity *
            BigInt(line.likelihood) *
            BigInt(line.contribution) *
            BigInt(100 - line.deadweight) *
            BigInt(100 - line.displacement) *
            left;
          const divisor = 10n ** 12n * 100n ** BigInt(year);
          const twice = 2n * (value * divisor - dividend);
          expect(twice > -divisor && twice <= divisor).toBe(true);
        });
      }),
    );
  });

  it('never grows from year to year, and has as many years as asked', () => {
    fc.assert(
      fc.property(anyLine, (line) => {
        const values = yearValues(line);
        expect(values).toHaveLength(line.years);
        for (const [year, value] of values.entries()) expect(value <= (values[year - 1] ?? value)).toBe(true);
      }),
    );
  });
});

describe('the range of a line', () => {
  const levels = [100, 70, 35];

  it.each([
    [100, 70, 100],
    [70, 35, 100],
    [35, 0, 70],
    [50, 35, 70],
    [0, 0, 35],
  ])('takes %i percent a step down to %i and up to %i', (percentage, down, up) => {
    expect([stepDown(percentage, levels), stepUp(percentage, levels)]).toEqual([down, up]);
  });

  it('is of likelihood, contribution and price together', () => {
    // 26 × 64.00: 70 % × 100 %; down 35 % × 70 % × 90 % of the price; up 100 % × 100 % × 110 %
    expect(valuesInRange(LINE, { levels, priceUncertainty: 10 })).toEqual({
      values: [1_164_800_000n],
      lows: [366_912_000n],
      highs: [1_830_400_000n],
    });
  });

  it('holds the value between its ends', () => {
    fc.assert(
      fc.property(anyLine, fc.integer({ min: 0, max: 100 }), (line, priceUncertainty) => {
        const { values, lows, highs } = valuesInRange(line, { levels, priceUncertainty });
        values.forEach((value, year) => {
          expect(lows[year]).toBeLessThanOrEqual(value);
          expect(highs[year]).toBeGreaterThanOrEqual(value);
        });
      }),
    );
  });
});
