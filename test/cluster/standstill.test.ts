import { expect, test } from 'vitest';
import { STANDSTILL_MS_MAX, tooLong } from './standstill.ts';

test('an event that waits longer than the bound is a fault, for its answer or for its totals', () => {
  const [most, more] = [STANDSTILL_MS_MAX, STANDSTILL_MS_MAX + 100];
  expect(tooLong('a machine', { acceptedMs: most, countedMs: most })).toEqual([]);
  const fault = 'a machine: an event waited for 20.1 s, not 20.0 s at most';
  expect(tooLong('a machine', { acceptedMs: 1, countedMs: more })).toEqual([fault]);
  expect(tooLong('a machine', { acceptedMs: more, countedMs: more })).toEqual([fault]);
});
