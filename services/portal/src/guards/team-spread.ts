/** How the percentages of one team lie, and whether they differ from those of others by more than chance. */
import type { CaseMeans, PercentageCount } from '@effectstroom/database';
import { divideRounded, formatDecimal } from '@effectstroom/valuation';

/** A difference of more than so many standard errors is not chance: 3 in 1,000 by chance alone. */
const STANDARD_ERRORS = 3;
/** With fewer cases on either side nothing is said of chance. */
const CASES_LEAST = 5;
/** Floats of percents that differ less are equal. */
const EQUAL = 1e-9;

/** Cases with the mean of their lines: how many, their sum and sum of squares, in percents. */
export interface Means {
  cases: number;
  sum: number;
  squares: number;
}

const LEVELS = ['certain', 'probable', 'possible'] as const;
const QUARTERS = [1n, 2n, 3n] as const;

/** The lines: their mean, quartiles (the least value that a quarter of them does not exceed) and levels. */
export function linesSpread(counts: readonly Pick<PercentageCount, 'percent' | 'level' | 'lines'>[]) {
  const lines = BigInt(counts.reduce((sum, one) => sum + one.lines, 0));
  if (lines === 0n) return null;
  const percents = counts.reduce((sum, one) => sum + BigInt(one.percent * one.lines), 0n);
  const sorted = counts.toSorted((one, other) => one.percent - other.percent);
  const [first = '', median = '', third = ''] = QUARTERS.map((quarter) => {
    let seen = 0n;
    const reached = sorted.find((one) => {
      seen += BigInt(one.lines);
      return seen * 4n >= lines * quarter;
    });
    return share(BigInt(reached?.percent ?? 0), 100n);
  });
  const withLevel = (level: string | null) =>
    share(
      counts.filter((one) => one.level === level).reduce((sum, one) => sum + BigInt(one.lines), 0n),
      lines,
    );
  const [certain = '', probable = '', possible = ''] = LEVELS.map(withLevel);
  return {
    mean: share(percents, lines * 100n),
    quartiles: [first, median, third] as [string, string, string],
    levels: { certain, probable, possible, number: withLevel(null) },
  };
}

/**
 * The difference between a team's mean and that of the others, with its standard error: √(s² (1/n + 1/m)),
 * with s² the variance within both together (the two-sample t-test with pooled variance; Student 1908). The
 * case is the unit, with the mean of its lines: lines of one case are not independent.
 */
export function differenceFrom(team: Means, others: Means) {
  if (team.cases === 0 || others.cases === 0) return { difference: null, standardError: null, stands: null };
  const difference = team.sum / team.cases - others.sum / others.cases;
  const freedom = team.cases + others.cases - 2;
  if (freedom < 1) return { difference: written(difference), standardError: null, stands: null };
  const variance = Math.max(0, (within(team) + within(others)) / freedom);
  const standardError = Math.sqrt(variance * (1 / team.cases + 1 / others.cases));
  const isEnough = team.cases >= CASES_LEAST && others.cases >= CASES_LEAST;
  const stands = Math.abs(difference) > STANDARD_ERRORS * standardError + EQUAL;
  return {
    difference: written(difference),
    standardError: written(standardError),
    stands: isEnough ? stands : null,
  };
}

/** The means of all but one. */
export function without(all: Means, one: Means): Means {
  return { cases: all.cases - one.cases, sum: all.sum - one.sum, squares: all.squares - one.squares };
}

export function sumOfMeans(means: readonly CaseMeans[], which: 'likelihood' | 'contribution'): Means {
  return means.reduce(
    (sum, one) => ({
      cases: sum.cases + one.cases,
      sum: sum.sum + one[which].sum,
      squares: sum.squares + one[which].squares,
    }),
    { cases: 0, sum: 0, squares: 0 },
  );
}

/** Sum of squared distances from the mean. */
function within({ cases, sum, squares }: Means): number {
  return squares - (sum * sum) / cases;
}

function share(dividend: bigint, divisor: bigint): string {
  return formatDecimal(divideRounded(dividend * 10_000n, divisor), 4, 4);
}

/** Percents as a share with four decimals. */
function written(percents: number): string {
  return formatDecimal(BigInt(Math.round(percents * 100)), 4, 4);
}
