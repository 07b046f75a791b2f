import { expect, test } from 'vitest';
import { answeredTime, count, duration, megabytes } from './words.ts';

test('figures are written as in Dutch', () => {
  expect([megabytes(0), megabytes(1), megabytes(12_345_678)]).toEqual(['0 kB', '1 kB', '12,3 MB']);
  expect([0.4, 59.4, 185, 7_800].map(duration)).toEqual(['0 s', '59 s', '3 min 5 s', '2 uur 10 min']);
  expect([count(1, 'rij', 'rijen'), count(1_000, 'rij', 'rijen')]).toEqual(['1 rij', '1.000 rijen']);
});

test('a moment that is not there is a dash', () => {
  expect([answeredTime(null), answeredTime('never')]).toEqual(['–', '–']);
  expect(answeredTime('2021-03-18T12:12:44Z')).toMatch(/^2021-03-1\d \d\d:12:44$/);
});
