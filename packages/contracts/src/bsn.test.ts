import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holdsBsn, isBsn } from './bsn.ts';

// The number that the Dutch government publishes for tests, and one more that passes the 11-test.
const BSN = '123456782';
const OTHER = '111222333';

describe('isBsn', () => {
  it('applies the 11-test', () => {
    expect(isBsn(BSN)).toBe(true);
    expect(isBsn(OTHER)).toBe(true);
    expect(isBsn('123456789')).toBe(false);
    expect(isBsn('000000000')).toBe(false);
  });
});

describe('holdsBsn', () => {
  it.each([
    BSN,
    `bsn ${BSN}.`,
    `a${BSN}b`,
    '1234.56.782',
    '123 456 782',
    '123.456.782',
    '1 2 3 4 5 6 7 8 2',
    '123. 456. 782',
    '123\u00a0456\u202f782',
    `12 ${BSN}`,
    `12-${BSN}-34`,
    `1234.56.782 99`,
    `9 ${OTHER}`,
  ])('finds one in %j', (text) => {
    expect(holdsBsn(text)).toBe(true);
  });

  it.each([
    '',
    '12345678',
    '123456789',
    `1${BSN}`,
    `${BSN}1`,
    '000000000',
    '123-456-782',
    '123...456...782',
    '123   456   782',
    '00000001001234567000',
    '1593684000000',
    '12345678 3 2',
  ])('finds none in %j', (text) => {
    expect(holdsBsn(text)).toBe(false);
  });

  it('reads groups together only where asked', () => {
    expect(holdsBsn('12:34:12.3456782', true)).toBe(false);
    expect(holdsBsn('12:34:12.3456782')).toBe(isBsn('123456782'));
    expect(holdsBsn(`12:34:12.${BSN}`, true)).toBe(true);
  });

  it('finds any BSN between other words', () => {
    const digits = fc.integer({ min: 1, max: 99_999_999 }).map((n) => String(n).padStart(8, '0'));
    const bsn = digits.map((eight) => {
      const last = [...Array(10).keys()].find((digit) => isBsn(`${eight}${digit}`));
      return last === undefined ? BSN : `${eight}${last}`;
    });
    const around = fc.string({ unit: fc.constantFrom('a', 'é', '-', '/', ' ') });
    fc.assert(
      fc.property(around, bsn, around, (before, number, after) => {
        expect(holdsBsn(`${before}${number}${after}`)).toBe(true);
      }),
    );
  });
});
