/** What is told of cells together is on the safe side of what is so. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CellSet } from '../../services/portal/src/suppression/cell-set.ts';

describe('cells together', () => {
  const lineValues = fc.array(fc.tuple(fc.nat(3), fc.nat(2), fc.bigInt({ min: 0n, max: 1000n })), {
    maxLength: 20,
  });

  it('have at least the cases, and at most the squares, that are told of them', () => {
    fc.assert(
      fc.property(lineValues, (lines) => {
        const set = new CellSet();
        const byPlace = Map.groupBy(lines, ([caseNumber, place]) => `${caseNumber % 2} ${place}`);
        for (const [name, ones] of byPlace) set.add({ caseKey: name.charAt(0), counts: countsOf(ones) });
        const [told, real] = [set.counts(), countsOf(lines)];
        expect(told.sum).toBe(real.sum);
        expect(told.cases <= real.cases && told.square >= real.square).toBe(true);
      }),
    );
  });
});

function countsOf(lines: readonly [number, number, bigint][]) {
  const saved = [...Map.groupBy(lines, ([caseNumber]) => caseNumber).values()].map((ones) =>
    ones.reduce((sum, [, , value]) => sum + value, 0n),
  );
  const cases = BigInt(saved.length);
  return {
    ...{ handled: cases, cases, sum: saved.reduce((sum, one) => sum + one, 0n) },
    square: saved.reduce((sum, one) => sum + one * one, 0n),
  };
}
