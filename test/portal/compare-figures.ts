/** Compares the figures of an answer with those of the recomputation. */
import { isDeepStrictEqual } from 'node:util';
import type { SavingsFigures } from '@effectstroom/contracts';
import { oddsOf } from './recomputed-odds.ts';
import type { samplingOf } from './recomputed-sampling.ts';

interface Recomputed {
  [member: string]: unknown;
  odds: [society: number[], municipality: number[]] | null;
  sampling: ReturnType<typeof samplingOf> | null;
}

/**
 * What is otherwise than it must be, named. What is exact must be the same; samples and odds, in which roots
 * are, must be so by and large.
 */
export function figureFaults(found: SavingsFigures, expected: unknown): string[] {
  const { breakEven, sampling, ...exact } = found;
  const { odds, sampling: sample, ...same } = expected as Recomputed;
  const faults: string[] = [];
  if (!isDeepStrictEqual(exact, JSON.parse(JSON.stringify(same))))
    faults.push(`${say(exact)} instead of ${say(same)}`);
  if ((sampling === null) !== (sample === null)) faults.push(`sampling is ${say(sampling)}`);
  for (const kind of ['declared', 'measured'] as const)
    if (!isAlike(sampling?.[kind] ?? null, sample?.[kind] ?? null))
      faults.push(`${kind} ${say(sampling?.[kind])} instead of ${say(sample?.[kind])}`);
  const error = Math.max(relativeError(sample?.declared), relativeError(sample?.measured));
  for (const [place, purse] of (['society', 'municipality'] as const).entries()) {
    const outcome = odds?.[place];
    const told = outcome === undefined ? null : oddsOf(outcome, error);
    const isRight =
      told === null || breakEven[purse] === null
        ? told === breakEven[purse]
        : Math.abs(Number(breakEven[purse]) - told) < 0.005;
    if (!isRight) faults.push(`odds of ${purse} ${breakEven[purse]} instead of ${told}`);
  }
  return faults;
}

/** As {@link figureFaults}, of every row. */
export function rowFaults(found: readonly SavingsFigures[], expected: unknown): string[] {
  const rows = expected as unknown[];
  if (found.length !== rows.length) return [`${found.length} rows instead of ${rows.length}`];
  return found.flatMap((row, place) => figureFaults(row, rows[place]));
}

type Sampling = NonNullable<SavingsFigures['sampling']>['declared'];
type Sample = ReturnType<typeof samplingOf>['declared'];

function isAlike(found: Sampling, expected: Sample): boolean {
  if (found === null || expected === null) return found === expected;
  const { degreesOfFreedom: freedom } = found;
  return (
    found.strata === expected.strata &&
    found.unknownStrata === expected.unknownStrata &&
    found.reliable === (expected.unknownStrata === 0) &&
    isNear(found.estimate, expected.estimate) &&
    isNear(found.standardError, expected.standardError) &&
    (freedom === null || expected.degreesOfFreedom === null
      ? freedom === expected.degreesOfFreedom
      : isNear(freedom, expected.degreesOfFreedom))
  );
}

/** To a cent, or to a millionth of it. */
function isNear(found: string, expected: number): boolean {
  return Math.abs(Number(found) - expected) < 0.011 + 1e-6 * Math.abs(expected);
}

function relativeError(sample: Sample | undefined): number {
  return sample === null || sample === undefined || sample.estimate === 0
    ? 0
    : sample.standardError / sample.estimate;
}

function say(value: unknown): string {
  return JSON.stringify(value);
}
