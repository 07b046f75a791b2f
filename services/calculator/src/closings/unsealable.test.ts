import { expect, test } from 'vitest';
import { Unsealable } from './unsealable.ts';

test('who failed longest ago comes first, and each is told of once', () => {
  const unsealable = new Unsealable();
  expect([3n, 1n, 2n, 3n, 1n].map((number) => unsealable.failed(number))).toEqual([
    ...[true, true, true],
    ...[false, false],
  ]);
  expect(unsealable.numbers()).toEqual([2n, 3n, 1n]);
  unsealable.sealed(3n);
  expect([unsealable.numbers(), unsealable.failed(3n)]).toEqual([[2n, 1n], true]);
});
