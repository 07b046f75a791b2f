/** Nothing that is suppressed can be computed from two answers of one family; and the search would find it. */
import type { Dimension } from '@effectstroom/contracts';
import { describe, expect, it } from 'vitest';
import { search } from './search.ts';

/** Dimensions together, among them such as imply each other, divide a case, or span municipalities. */
const WORLDS: Dimension[][] = [
  ['theme', 'team'],
  ['theme', 'goal', 'team'],
  ['theme', 'team', 'organisation'],
  ['municipality', 'theme'],
  ['municipality', 'theme', 'team'],
  ['theme', 'costBearer'],
  ['theme', 'team', 'costBearer'],
  ['month', 'quarter', 'year', 'theme'],
  ['municipality', 'theme', 'team', 'costBearer'],
  ['theme', 'goal', 'team', 'organisation'],
];

const SEEDS = 12;
const PAIRS = 40;

/** Worlds of 10 to 200 cases, with a limit of 3 or 5 cases, and with or without the rule of dominance. */
function worldsOf(dimensions: readonly Dimension[]) {
  return Array.from({ length: SEEDS }, (_, seed) => ({
    ...{ seed: seed + 1, cases: 10 + ((seed * 37) % 190), dimensions, pairs: PAIRS },
    limits: { fewerThan: seed % 3 === 0 ? 5 : 3, dominancePercent: seed % 2 === 0 ? 80 : 100 },
    view: seed % 4 === 3 ? ('calendar' as const) : ('cohort' as const),
  }));
}

describe.each(WORLDS.map((dimensions) => ({ name: dimensions.join(', '), dimensions })))(
  'by $name',
  ({ dimensions }) => {
    it('two answers give away no small number', () => {
      const found = worldsOf(dimensions).map(search);
      expect(found.flatMap(({ leaks }) => leaks)).toEqual([]);
      // Neither all nor nothing.
      expect(found.some(({ shown }) => shown > 0)).toBe(true);
      expect(found.some(({ hidden }) => hidden > 0)).toBe(true);
    });

    it('the search finds what hiding small numbers alone gives away', () => {
      const found = worldsOf(dimensions).map((world) => search({ ...world, isNaive: true }));
      expect(found.flatMap(({ leaks }) => leaks).length).toBeGreaterThan(SEEDS);
    });
  },
);
