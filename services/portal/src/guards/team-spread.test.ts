import { describe, expect, it } from 'vitest';
import { differenceFrom, linesSpread, type Means } from './team-spread.ts';

const meansOf = (...values: number[]): Means => ({
  cases: values.length,
  sum: values.reduce((sum, value) => sum + value, 0),
  squares: values.reduce((sum, value) => sum + value * value, 0),
});
const times = (count: number, ...values: number[]) => new Array(count).fill(values).flat();

describe('linesSpread', () => {
  it('gives the mean, quartiles and share of each level', () => {
    const counts = [
      { percent: 100, level: 'certain', lines: 5 },
      { percent: 35, level: 'possible', lines: 2 },
      { percent: 70, level: 'probable', lines: 2 },
      { percent: 70, level: null, lines: 1 },
    ];
    expect(linesSpread(counts)).toEqual({
      mean: '0.7800',
      quartiles: ['0.7000', '0.7000', '1.0000'],
      levels: { certain: '0.5000', probable: '0.2000', possible: '0.2000', number: '0.1000' },
    });
  });

  it('says nothing of no lines', () => expect(linesSpread([])).toBeNull());
});

describe('differenceFrom', () => {
  it('is that of the two-sample test with pooled variance', () => {
    // Means 80 and 60; s² = (2·100 + 2·400) / 3 … by hand: (200 + 800) / (3 + 3 − 2) = 250.
    const { difference, standardError } = differenceFrom(meansOf(70, 80, 90), meansOf(40, 60, 80));
    expect([difference, standardError]).toEqual(['0.2000', '0.1291']);
  });

  it('stands out where a team claims certainty and the others do not', () => {
    expect(differenceFrom(meansOf(...times(30, 100)), meansOf(...times(40, 100, 70, 35))).stands).toBe(true);
    expect(
      differenceFrom(meansOf(...times(10, 100, 70, 35)), meansOf(...times(40, 100, 70, 35))).stands,
    ).toBe(false);
  });

  it('says nothing of few cases, or of a team alone', () => {
    expect(differenceFrom(meansOf(100, 100), meansOf(...times(40, 35))).stands).toBeNull();
    expect(differenceFrom(meansOf(100), meansOf())).toEqual({
      ...{ difference: null, standardError: null, stands: null },
    });
  });
});
