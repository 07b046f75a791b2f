import { expect, it } from 'vitest';
import { shareOf, sumOf } from './shares.ts';

it.each([
  [442_213_775n, 1_331_991_600n, '0.3320'],
  [1n, 3n, '0.3333'],
  [2n, 3n, '0.6667'],
  [1n, 20_000n, '0.0001'],
  [0n, 5n, '0.0000'],
  [5n, 0n, null],
  [null, 5n, null],
  [5n, null, null],
])('%s of %s is %s', (part, whole, share) => {
  expect(shareOf(part, whole)).toBe(share);
});

it('adds only what is all known', () => {
  expect([sumOf([1n, 2n]), sumOf([]), sumOf([1n, null])]).toEqual([3n, 0n, null]);
});
