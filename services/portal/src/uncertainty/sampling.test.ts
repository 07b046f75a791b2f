import { describe, expect, test } from 'vitest';
import { declaredInterval, measuredInterval, type Stratum } from './sampling.ts';

/** A stratum of cases given as [value, similar cases], and of others that are registered only. */
function stratum(cases: [value: bigint, similar: bigint][], others = 0): Stratum {
  const sum = (of: (value: bigint, similar: bigint) => bigint) =>
    cases.reduce((total, [value, similar]) => total + of(value, similar), 0n);
  return {
    registered: BigInt(cases.length + others),
    assessed: BigInt(cases.length),
    represented: sum((_, similar) => similar),
    weighted: sum((value, similar) => value * similar),
    weightedSquare: sum((value, similar) => (value * similar) ** 2n),
    counted: sum((value) => value),
    countedSquare: sum((value) => value ** 2n),
  };
}

const EURO = 10n ** 10n;
const euros = (...values: number[]): [bigint, bigint][] => values.map((value) => [BigInt(value) * EURO, 1n]);

describe('a measured sample', () => {
  test('is worked out as in the book', () => {
    // Mean 20, s² 100, n 3 of N 9: total 180, variance 81 × (1 − 1/3) × 100 ÷ 3 = 1800, t of 2 is 4.302653.
    const interval = measuredInterval([stratum(euros(10, 20, 30), 6)]);
    expect(interval).toEqual({
      estimate: 180n * EURO,
      standardError: 424_264_068_711n,
      degreesOfFreedom: 2,
      // Below what is counted, 60 €, it cannot be.
      low: 60n * EURO,
      high: 180n * EURO + 1_825_461_068_032n,
      ...{ strata: 1, unknown: 0 },
    });
  });

  test('adds strata up, with degrees of freedom after Satterthwaite', () => {
    const one = stratum(euros(10, 20, 30), 6);
    const same = measuredInterval([one, one]);
    expect(same).toMatchObject({ estimate: 360n * EURO, degreesOfFreedom: 4, strata: 2 });
    // A stratum that is assessed whole adds its total, and no doubt.
    const whole = measuredInterval([one, stratum(euros(1000))]);
    expect(whole).toMatchObject({ estimate: 1180n * EURO, degreesOfFreedom: 2, strata: 1, unknown: 0 });
    expect(whole?.standardError).toBe(424_264_068_711n);
  });

  test('says where a stratum does not tell its spread', () => {
    expect(measuredInterval([stratum(euros(10), 3), stratum([], 2)])).toEqual({
      ...{ estimate: 40n * EURO, standardError: 0n, degreesOfFreedom: null },
      ...{ low: 40n * EURO, high: 40n * EURO, strata: 2, unknown: 2 },
    });
  });

  test('is not there where every case is assessed', () => {
    expect(measuredInterval([stratum(euros(10, 20)), stratum([])])).toBeNull();
    expect(measuredInterval([])).toBeNull();
  });
});

describe('a declared sample', () => {
  test('of equal weights is the same as a measured one of as many cases', () => {
    const three: [bigint, bigint][] = [10, 20, 30].map((value) => [BigInt(value) * EURO, 3n]);
    expect(declaredInterval([stratum(three)])).toEqual(measuredInterval([stratum(euros(10, 20, 30), 6)]));
  });

  test('is not there where cases stand for themselves alone', () => {
    expect(declaredInterval([stratum(euros(10, 20), 7)])).toBeNull();
  });

  test('of one case says nothing of its spread', () => {
    const interval = declaredInterval([stratum([[EURO, 12n]])]);
    expect(interval).toMatchObject({ estimate: 12n * EURO, standardError: 0n, strata: 1, unknown: 1 });
  });
});
