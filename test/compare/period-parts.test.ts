import fc from 'fast-check';
import { expect, test } from 'vitest';
import { periodParts, type Segment } from '../../services/portal/src/compare/period-parts.ts';

const EURO = 1_000_000n;

/** Gross in whole euros; everything municipal. */
function segment(before: [bigint, bigint, bigint], after: [bigint, bigint, bigint, bigint?]): Segment {
  const purse = (gross: bigint, factor: bigint) => ({
    ...{ gross: gross * EURO, corrected: gross * EURO * factor },
    ...{ municipalGross: gross * EURO, municipal: gross * EURO * factor },
  });
  const [cases, gross, factor] = after;
  return {
    before: { represented: before[0], ...purse(before[1], before[2]) },
    after: { represented: cases, ...purse(gross, factor) },
    repriced: purse(after[3] ?? gross, factor),
  };
}

const euros = (parts: ReturnType<typeof periodParts>) =>
  Object.fromEntries(Object.entries(parts).map(([name, { corrected }]) => [name, Number(corrected) / 1e10]));

test('each part is what one change brings', () => {
  // Ten cases of 100 become twelve: volume. Prices rise by a tenth, the factor goes from 0.9 to 0.8.
  const one = segment([10n, 1000n, 9000n], [12n, 1452n, 8000n, 1320n]);
  expect(euros(periodParts([one]))).toEqual({
    volume: 180,
    mix: 0,
    value: 108,
    price: 118.8,
    factor: -145.2,
  });
});

test('other proportions of the same cases are mix', () => {
  const cheap = segment([10n, 1000n, 10_000n], [5n, 500n, 10_000n]);
  const dear = segment([10n, 3000n, 10_000n], [15n, 4500n, 10_000n]);
  expect(euros(periodParts([cheap, dear]))).toEqual({ volume: 0, mix: 1000, value: 0, price: 0, factor: 0 });
});

test('a segment without cases before takes the value of the group; what it is worth more is value', () => {
  const known = segment([10n, 1000n, 10_000n], [10n, 1000n, 10_000n]);
  const fresh = segment([0n, 0n, 10_000n], [10n, 1500n, 10_000n]);
  expect(euros(periodParts([known, fresh]))).toEqual({
    ...{ volume: 1000, mix: 0, value: 500, price: 0, factor: 0 },
  });
});

test('without cases before, everything is volume', () => {
  const parts = periodParts([segment([0n, 0n, 9000n], [3n, 700n, 8000n, 650n])]);
  expect(euros(parts)).toEqual({ volume: 560, mix: 0, value: 0, price: 0, factor: 0 });
});

const amount = fc.bigInt({ min: 0n, max: 10n ** 20n });
const purse = fc.record({ gross: amount, corrected: amount, municipalGross: amount, municipal: amount });
const represented = fc.oneof(fc.constant(0n), fc.bigInt({ min: 1n, max: 10n ** 9n }));
const side = fc.tuple(purse, represented).map(([one, cases]) => ({ ...one, represented: cases }));

test('the parts always add up to the difference, to the last unit', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ before: side, after: side, repriced: purse })), (segments) => {
      const parts = Object.values(periodParts(segments));
      for (const name of ['gross', 'corrected', 'municipalGross', 'municipal'] as const) {
        const difference = segments.reduce((sum, one) => sum + one.after[name] - one.before[name], 0n);
        expect(parts.reduce((sum, part) => sum + part[name], 0n)).toBe(difference);
      }
    }),
  );
});

test('what does not change has no parts', () => {
  fc.assert(
    fc.property(fc.array(side), (sides) => {
      const segments = sides.map((one) => ({ before: one, after: one, repriced: one }));
      const { mix, price, factor, volume } = periodParts(segments);
      const isExact = segments.every(({ before }) => before.gross > 0n && before.represented > 0n);
      if (!isExact) return;
      for (const part of [volume, mix, price, factor]) expect(part.gross).toBe(0n);
    }),
  );
});
