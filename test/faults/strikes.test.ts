/** The order of faults: each kind has its turn before any has a second one. */
import { expect, test } from 'vitest';
import { KINDS } from './kinds.ts';
import { randomAt } from './load/invented-chunk.ts';
import { inTurns } from './strikes.ts';

const names = KINDS.map(({ kind }) => kind).sort();

function turns(seed: number, count: number): string[] {
  const all = inTurns(KINDS, randomAt(seed, 300, 0));
  return Array.from({ length: count }, () => all.next().value?.kind ?? '?');
}

test('every kind comes once, those that open the run first, before any comes again', () => {
  for (let seed = 0; seed < 50; seed++) {
    const first = turns(seed, KINDS.length);
    expect(first.toSorted()).toEqual(names);
    expect(first[0]).toBe('previous-version');
    const second = turns(seed, 2 * KINDS.length - 1).slice(KINDS.length);
    expect(second.toSorted()).toEqual(names.filter((name) => name !== 'previous-version'));
  }
});

test('the order is that of the seed', () => {
  expect(turns(7, 60)).toEqual(turns(7, 60));
  expect(turns(7, 60)).not.toEqual(turns(8, 60));
});
