/** Draws samples from populations that are known whole: how often does the interval hold the true total? */
import { describe, expect, test } from 'vitest';
import {
  declaredInterval,
  type Interval,
  measuredInterval,
  type Stratum,
} from '../../services/portal/src/uncertainty/sampling.ts';
import { type Random, seededRandom } from '../scenarios/random.ts';

const SAMPLES = 2_000;
const EURO = 10n ** 10n;

/** What each case saves, in ten-thousandths of a micro-euro, and how many of them are assessed. */
interface Cases {
  values: bigint[];
  sample: number;
}

/** A number between 0 and 1. */
function share(random: Random): number {
  return (random.below(1_000_000) + 0.5) / 1_000_000;
}

function bell(random: Random): number {
  return Math.sqrt(-2 * Math.log(share(random))) * Math.cos(2 * Math.PI * share(random));
}

const KINDS = {
  /** Cases that are much alike. */
  even: (random: Random) => 1_000 + 200 * bell(random),
  /** Most are small, some ten times as large (log-normal). */
  skewed: (random: Random) => 500 * Math.exp(0.7 * bell(random)),
  exponential: (random: Random) => -800 * Math.log(share(random)),
  /** Half save nothing. */
  hollow: (random: Random) => (random.below(2) === 0 ? 0 : -1_500 * Math.log(share(random))),
  /** Prices × percentages of a price list. */
  listed: (random: Random) => random.pick([64, 260, 900, 1_250]) * random.pick([1, 0.7, 0.49, 0.35, 0.245]),
};

function goal(kind: keyof typeof KINDS, size: number, sample: number, random: Random): Cases {
  const euros = Array.from({ length: size }, () => Math.max(0, KINDS[kind](random)));
  return { sample, values: euros.map((value) => BigInt(Math.round(value * 100)) * (EURO / 100n)) };
}

const POPULATIONS: Record<string, (random: Random) => Cases[]> = {
  'one goal, cases alike': (random) => [goal('even', 300, 20, random)],
  'three goals, unlike each other': (random) => [
    goal('even', 210, 15, random),
    goal('exponential', 320, 40, random),
    goal('listed', 150, 25, random),
  ],
  'skewed, a tenth assessed': (random) => [goal('skewed', 900, 90, random), goal('skewed', 600, 60, random)],
  'skewed, half assessed': (random) => [goal('skewed', 80, 40, random), goal('exponential', 60, 30, random)],
  'half save nothing': (random) => [goal('hollow', 800, 100, random), goal('hollow', 400, 50, random)],
  'many small goals': (random) => Array.from({ length: 20 }, () => goal('listed', 30, 6, random)),
  'few of very many': (random) => [goal('listed', 20_000, 50, random)],
};

/** Draws without replacement. */
function draw({ values, sample }: Cases, random: Random): bigint[] {
  const left = [...values];
  return Array.from({ length: sample }, (_, place) => {
    const other = place + random.below(left.length - place);
    const drawn = left[other] ?? 0n;
    left[other] = left[place] ?? 0n;
    return drawn;
  });
}

/** A sample drawn from each of some cases: one stratum, in which each stands for as many as were left out. */
function stratumOf(parts: readonly Cases[], random: Random): Stratum {
  const stratum = {
    ...{ registered: 0n, assessed: 0n, represented: 0n },
    ...{ weighted: 0n, weightedSquare: 0n, counted: 0n, countedSquare: 0n },
  };
  for (const part of parts) {
    const similar = BigInt(part.values.length / part.sample);
    stratum.registered += BigInt(part.values.length);
    stratum.assessed += BigInt(part.sample);
    for (const value of draw(part, random)) {
      stratum.represented += similar;
      stratum.weighted += value * similar;
      stratum.weightedSquare += (value * similar) ** 2n;
      stratum.counted += value;
      stratum.countedSquare += value ** 2n;
    }
  }
  return stratum;
}

/** The share of samples whose interval holds the true total, and how wide it is against a perfect one. */
function cover(
  strata: readonly (readonly Cases[])[],
  random: Random,
  interval: (strata: Stratum[]) => Interval | null,
) {
  const total = strata
    .flat()
    .reduce((sum, { values }) => values.reduce((one, value) => one + value, sum), 0n);
  let [held, errors, squares] = [0, 0, 0];
  for (let sample = 0; sample < SAMPLES; sample++) {
    const found = interval(strata.map((parts) => stratumOf(parts, random)));
    if (found === null) throw new Error('a sample was drawn');
    if (found.low <= total && total <= found.high) held += 1;
    errors += Number(found.standardError);
    squares += Number(found.estimate - total) ** 2;
  }
  return { held: held / SAMPLES, ratio: errors / SAMPLES / Math.sqrt(squares / SAMPLES) };
}

describe.each([
  { kind: 'measured', interval: measuredInterval, seed: 19n },
  { kind: 'declared', interval: declaredInterval, seed: 23n },
])('the $kind interval of 95 % holds the true total', ({ interval, seed }) => {
  test.each(Object.keys(POPULATIONS))('%s', { timeout: 60_000 }, (name) => {
    const random = seededRandom(seed);
    const goals = (POPULATIONS[name] ?? (() => []))(random);
    const strata = goals.map((goal) => [goal]);
    const { held, ratio } = cover(strata, random, interval);
    expect(held).toBeGreaterThanOrEqual(0.93);
    // Not by being wide: the standard error is that of the estimates themselves.
    expect(ratio).toBeGreaterThan(0.95);
    expect(ratio).toBeLessThan(1.05);
  });
});

const MIXED: Record<string, (random: Random) => Cases[]> = {
  'some stand for more than others': (random) => [
    goal('listed', 240, 20, random),
    goal('skewed', 120, 40, random),
  ],
  'a sample beside many cases that stand for themselves alone': (random) => [
    goal('listed', 1_000, 1_000, random),
    goal('exponential', 400, 40, random),
  ],
};

test.each(Object.keys(MIXED))(
  'a declared sample in which %s is told with caution',
  { timeout: 60_000 },
  (name) => {
    const random = seededRandom(29n);
    const { held, ratio } = cover([(MIXED[name] ?? (() => []))(random)], random, declaredInterval);
    expect(held).toBeGreaterThanOrEqual(0.93);
    expect(ratio).toBeGreaterThan(0.95);
  },
);
