import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { divideRounded, formatDecimal, parseDecimal, parseEuros } from './money.ts';

describe('divideRounded', () => {
  it.each([
    [1n, 2n, 1n],
    [-1n, 2n, -1n],
    [49n, 100n, 0n],
    [50n, 100n, 1n],
    [51n, 100n, 1n],
    [-49n, 100n, 0n],
    [-50n, 100n, -1n],
    [149n, 100n, 1n],
    [150n, 100n, 2n],
    [3n, 3n, 1n],
    [0n, 7n, 0n],
    [1n, 3n, 0n],
    [2n, 3n, 1n],
  ])('%s / %s is %s: half goes away from zero', (dividend, divisor, rounded) => {
    expect(divideRounded(dividend, divisor)).toBe(rounded);
  });

  it('is never further than half a unit from the quotient, and away from zero at exactly half', () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.bigInt({ min: 1n, max: 10n ** 20n }), (dividend, divisor) => {
        const twice = 2n * (divideRounded(dividend, divisor) * divisor - dividend);
        const away = dividend < 0n ? -twice : twice;
        expect(away > -divisor && away <= divisor).toBe(true);
      }),
    );
  });

  it('is odd: the rounding of a correction cancels the rounding of what it corrects', () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.bigInt({ min: 1n, max: 10n ** 12n }), (dividend, divisor) => {
        expect(divideRounded(-dividend, divisor)).toBe(-divideRounded(dividend, divisor));
      }),
    );
  });

  it('refuses a divisor that is not positive', () => {
    expect(() => divideRounded(1n, 0n)).toThrow(RangeError);
    expect(() => divideRounded(1n, -1n)).toThrow(RangeError);
  });
});

describe('decimals', () => {
  it.each([
    ['0', 6, 0n],
    ['1250.00', 6, 1_250_000_000n],
    ['-0.5', 2, -50n],
    ['0.9', 4, 9_000n],
    ['99999999.99', 6, 99_999_999_990_000n],
  ])('reads %s at %s decimals as %s', (text, decimals, value) => {
    expect(parseDecimal(text, decimals)).toBe(value);
  });

  it.each(['', '1.', '.5', '1e3', '+1', '1,5', ' 1', '0x1', 'NaN', '1.2345678'])('refuses %j', (text) => {
    expect(() => parseEuros(text)).toThrow(RangeError);
  });

  it.each([
    [1_005_000n, 6, 2, '1.01'],
    [1_004_999n, 6, 2, '1.00'],
    [-1_005_000n, 6, 2, '-1.01'],
    [-4_999n, 6, 2, '0.00'],
    [999_999n, 6, 0, '1'],
    [5n, 0, 2, '5.00'],
    [0n, 10, 2, '0.00'],
  ])('writes %s with %s decimals as %s shown: %s', (value, decimals, shown, text) => {
    expect(formatDecimal(value, decimals, shown)).toBe(text);
  });

  it('what is written in full reads back', () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.integer({ min: 0, max: 12 }), (value, decimals) => {
        expect(parseDecimal(formatDecimal(value, decimals, decimals), decimals)).toBe(value);
      }),
    );
  });
});
