import fc from 'fast-check';
import { expect, it } from 'vitest';
import { eventNumber, eventPlace } from './event-number.ts';

const anyPlace = fc.record({
  epoch: fc.integer({ min: 0, max: 2 ** 14 - 1 }),
  sequence: fc.bigInt({ min: 0n, max: 2n ** 40n - 1n }),
  index: fc.integer({ min: 0, max: 511 }),
});

it('names one place, and fits in eight signed bytes', () => {
  fc.assert(
    fc.property(anyPlace, (place) => {
      const number = eventNumber(place);
      expect(eventPlace(number)).toEqual(place);
      expect(BigInt.asIntN(64, number)).toBe(number);
    }),
  );
});

it('grows in the order of the stream', () => {
  fc.assert(
    fc.property(anyPlace, anyPlace, (one, other) => {
      const inOrder =
        one.epoch - other.epoch || Number(one.sequence - other.sequence) || one.index - other.index;
      expect(Math.sign(Number(eventNumber(one) - eventNumber(other)))).toBe(Math.sign(inOrder));
    }),
  );
});

it.each([
  { epoch: 2 ** 14, sequence: 0n, index: 0 },
  { epoch: 0, sequence: 2n ** 40n, index: 0 },
  { epoch: 0, sequence: 0n, index: 512 },
  { epoch: -1, sequence: 0n, index: 0 },
])('refuses what does not fit (%#)', (place) => {
  expect(() => eventNumber(place)).toThrow(RangeError);
});
