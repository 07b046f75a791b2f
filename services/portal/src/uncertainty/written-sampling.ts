import type { SavingsFigures } from '@effectstroom/contracts';
import { formatDecimal } from '@effectstroom/valuation';
import { correctedEuros } from '../euros.ts';
import type { Interval } from './sampling.ts';

type Sampling = NonNullable<SavingsFigures['sampling']>;

/** Both intervals as answers write them. */
export function writtenSampling(sample: { declared: Interval | null; measured: Interval | null }): Sampling {
  return { declared: written(sample.declared), measured: written(sample.measured) };
}

function written(interval: Interval | null): Sampling['declared'] {
  if (interval === null) return null;
  const { degreesOfFreedom, unknown } = interval;
  return {
    estimate: correctedEuros(interval.estimate),
    standardError: correctedEuros(interval.standardError),
    low: correctedEuros(interval.low),
    high: correctedEuros(interval.high),
    degreesOfFreedom:
      degreesOfFreedom === null ? null : formatDecimal(BigInt(Math.round(degreesOfFreedom * 10_000)), 4, 4),
    strata: interval.strata,
    unknownStrata: unknown,
    reliable: unknown === 0,
  };
}
