import type { StratumCell } from '@effectstroom/database';
import type { Stratum } from './sampling.ts';

/** The strata of all groups together: the cases of one goal can stand in several. */
export function mergeStrata(cells: readonly StratumCell[]): Stratum[] {
  return [...Map.groupBy(cells, ({ stratum }) => stratum).values()].map((ones) => ones.reduce(sum));
}

function sum(one: StratumCell, other: StratumCell): StratumCell {
  return {
    ...one,
    registered: one.registered + other.registered,
    assessed: one.assessed + other.assessed,
    represented: one.represented + other.represented,
    weighted: one.weighted + other.weighted,
    weightedSquare: one.weightedSquare + other.weightedSquare,
    counted: one.counted + other.counted,
    countedSquare: one.countedSquare + other.countedSquare,
  };
}
