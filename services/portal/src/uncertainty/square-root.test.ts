import { expect, test } from 'vitest';
import { squareRoot } from './square-root.ts';

test('is the largest number whose square is not more', () => {
  expect([0n, 1n, 2n, 3n, 4n, 8n, 9n].map(squareRoot)).toEqual([0n, 1n, 1n, 1n, 2n, 2n, 3n]);
  for (let root = 1n; root < 10n ** 40n; root = root * 3n + 1n)
    for (const [more, expected] of [
      [-1n, root - 1n],
      [0n, root],
      [2n * root, root],
    ] as const)
      expect(squareRoot(root * root + more)).toBe(expected);
  expect(() => squareRoot(-1n)).toThrow(RangeError);
});
