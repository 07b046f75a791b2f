import { expect, test } from 'vitest';
import { kinshipOf } from './history.ts';

const primary = { cluster: '7', timeline: 2 };

test.each([
  ['same', { cluster: '7', timeline: 2 }],
  ['later', { cluster: '7', timeline: 3 }],
  ['other', { cluster: '7', timeline: 1 }],
  ['other', { cluster: '8', timeline: 2 }],
])('%s: %j', (kinship, own) => {
  expect(kinshipOf(own, primary)).toBe(kinship);
  expect(kinshipOf(own, undefined)).toBe('same');
});
