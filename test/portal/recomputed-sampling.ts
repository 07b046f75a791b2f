/**
 * Sampling intervals, written afresh from the contract: case by case, with deviations from the mean, in
 * euros.
 */
import type { InventedContribution } from './invented-cases.ts';

export interface SampledCase {
  stratum: string;
  assessed: boolean;
  weight: number;
  /** Euros: corrected, all years, of one case. */
  value: number;
}

export function sampledCase(of: InventedContribution): SampledCase {
  const { municipality, organisation, programme, theme, goal } = of;
  let value = 0n;
  for (const line of of.lines) for (const amount of line.values) value += amount;
  return {
    stratum: JSON.stringify([municipality, organisation, programme, theme, goal]),
    assessed: of.assessed,
    weight: of.similarCases,
    value: (Number(value) * of.factor) / 1e10,
  };
}

/** Standard errors and estimates; the product's own t and its rounding are tested apart. */
export function samplingOf(cases: readonly SampledCase[]) {
  const strata = [...Map.groupBy(cases, ({ stratum }) => stratum).values()];
  const declared = { ...NOTHING };
  const measured = { ...NOTHING };
  for (const all of strata) {
    const ones = all.filter(({ assessed }) => assessed);
    const n = ones.length;
    const represented = sum(ones.map(({ weight }) => weight));
    const weighted = ones.map(({ weight, value }) => weight * value);
    declared.estimate += sum(weighted);
    const isEven = ones.every(({ weight }) => weight === ones[0]?.weight);
    const correction = isEven ? 1 - n / represented : 1;
    if (represented > n)
      addTo(declared, n, n < 2 ? undefined : (n / (n - 1)) * spread(weighted) * correction);
    const values = ones.map(({ value }) => value);
    measured.estimate += n === 0 ? 0 : (sum(values) / n) * all.length;
    const share = 1 - n / all.length;
    if (all.length > n)
      addTo(measured, n, n < 2 ? undefined : (all.length ** 2 * share * spread(values)) / (n - 1) / n);
  }
  return { declared: written(declared), measured: written(measured) };
}

const NOTHING = { estimate: 0, variance: 0, freedom: 0, strata: 0, unknownStrata: 0 };

function addTo(sample: typeof NOTHING, n: number, variance: number | undefined): void {
  sample.strata += 1;
  if (variance === undefined) sample.unknownStrata += 1;
  else {
    sample.variance += variance;
    sample.freedom += variance ** 2 / (n - 1);
  }
}

function written({ estimate, variance, freedom, strata, unknownStrata }: typeof NOTHING) {
  if (strata === 0) return null;
  return {
    ...{ estimate, standardError: Math.sqrt(variance), strata, unknownStrata },
    degreesOfFreedom: freedom === 0 ? null : variance ** 2 / freedom,
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Sum of squared deviations from the mean. */
function spread(values: readonly number[]): number {
  const mean = sum(values) / values.length;
  return sum(values.map((value) => (value - mean) ** 2));
}
