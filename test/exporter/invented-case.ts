import fc from 'fast-check';
import type { InventedCase } from './invented-rows.ts';

/** Cases around the edges of the periods, in few groups, so that they meet. */
export const inventedCase: fc.Arbitrary<InventedCase> = fc.record({
  municipality: fc.constantFrom('GM0001', 'GM0394'),
  organisation: fc.constantFrom('one', 'two'),
  programme: fc.constantFrom('main', 'second'),
  theme: fc.constantFrom('1', '2'),
  goal: fc.constantFrom('1.1', '1.2'),
  date: fc
    .integer({ min: Date.parse('2022-12-01'), max: Date.parse('2025-12-31') })
    .map((time) => new Date(time).toISOString().slice(0, 10)),
  isWithdrawn: fc.integer({ min: 0, max: 9 }).map((chance) => chance === 0),
  assessment: fc.option(
    fc.record({
      similarCases: fc.integer({ min: 1, max: 50 }),
      cost: fc.bigInt(0n, 10_000_000_000n),
      factor: fc.integer({ min: 1, max: 10_000 }),
      lines: fc.uniqueArray(
        fc.record({
          costBearer: fc.constantFrom('gemeente-jeugd', 'politie'),
          municipal: fc.boolean(),
          recurrence: fc.constantFrom('one-off', 'yearly'),
          amounts: fc.array(fc.bigInt(1n, 100_000_000_000_000n), { minLength: 1, maxLength: 4 }),
        }),
        {
          selector: (line) => `${line.costBearer} ${line.municipal} ${line.recurrence}`,
          minLength: 1,
          maxLength: 3,
        },
      ),
    }),
    { nil: undefined, freq: 8 },
  ),
});
