import { expect, it } from 'vitest';
import { isStartOfMonth } from './public-moment.ts';

it.each([
  ['2025-12-31T23:00:00.000000Z', true],
  ['2025-06-30T22:00:00.000000Z', true],
  ['2026-01-01T00:00:00.000000Z', false],
  ['2025-12-31T23:00:00.000001Z', false],
  ['2025-12-31T23:00:01.000000Z', false],
  ['2025-12-30T23:00:00.000000Z', false],
])('a month starts at %s: %s', (moment, isStart) => {
  expect(isStartOfMonth(moment)).toBe(isStart);
});
