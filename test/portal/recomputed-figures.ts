/** What a group adds up to, and the figures that follow: a part of the recomputation of `GET /v1/savings`. */
import type { InventedContribution, InventedLine } from './invented-cases.ts';
import type { SampledCase } from './recomputed-sampling.ts';

/** Amounts here are in 10^-10 euro: a micro-euro times a factor in ten-thousandths. */
export const EURO = 10n ** 10n;

function rounded(dividend: bigint, divisor: bigint): bigint {
  return (2n * dividend + divisor) / (2n * divisor);
}

/** A fraction of euros as a decimal, rounded half away from zero. */
export function decimal(dividend: bigint, divisor: bigint, decimals: number): string {
  const size = rounded((dividend < 0n ? -dividend : dividend) * 10n ** BigInt(decimals), divisor);
  const digits = size.toString().padStart(decimals + 1, '0');
  const sign = dividend < 0n && size > 0n ? '-' : '';
  return `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

export interface Sums {
  group: (string | null)[];
  registered: number;
  assessed: number;
  represented: number;
  cost: bigint;
  oneOff: [gross: bigint, corrected: bigint];
  years: [gross: bigint, corrected: bigint][];
  counted: [gross: bigint, corrected: bigint];
  municipal: [gross: bigint, corrected: bigint];
  range: [low: bigint, high: bigint];
  municipalRange: [low: bigint, high: bigint];
  /** Each line once for each year: what it takes to value it at another price. */
  priced: { of: InventedContribution; line: InventedLine; value: bigint }[];
  /** What each registered case saves, as a number of euros: samples are compared by and large. */
  sampled: SampledCase[];
}

export function nothing(group: (string | null)[]): Sums {
  return {
    ...{ group, registered: 0, assessed: 0, represented: 0, cost: 0n },
    ...{ oneOff: [0n, 0n], years: [], counted: [0n, 0n], municipal: [0n, 0n] },
    ...{ range: [0n, 0n], municipalRange: [0n, 0n], priced: [], sampled: [] },
  };
}

function add(to: [bigint, bigint], amount: bigint, factor: number): void {
  to[0] += amount * 10_000n;
  to[1] += amount * BigInt(factor);
}

export function grossOf({ oneOff, years }: Sums): bigint {
  return years.reduce((sum, year) => sum + (year?.[0] ?? 0n), oneOff[0]);
}

export function addLine(
  sums: Sums,
  of: InventedContribution,
  line: InventedLine,
  value: bigint,
  year: number,
): void {
  const represented = value * BigInt(of.similarCases);
  if (line.recurrence === 'one-off') add(sums.oneOff, represented, of.factor);
  else {
    const amounts = sums.years[year] ?? [0n, 0n];
    sums.years[year] = amounts;
    add(amounts, represented, of.factor);
  }
  add(sums.counted, value, of.factor);
  if (line.municipal) add(sums.municipal, represented, of.factor);
  const weight = BigInt(of.similarCases) * BigInt(of.factor);
  for (const range of line.municipal ? [sums.range, sums.municipalRange] : [sums.range]) {
    range[0] += (line.lows[year] ?? 0n) * weight;
    range[1] += (line.highs[year] ?? 0n) * weight;
  }
  sums.priced.push({ of, line, value });
}

export function figures(
  sums: Sums,
  longest: number,
  basis: 'budget' | 'cost' | 'none',
  budget: bigint[] | undefined,
): Record<string, unknown> {
  const euros = (amount: bigint) => decimal(amount, EURO, 2);
  const total = (place: 0 | 1) =>
    sums.years.reduce((sum, year) => sum + (year?.[place] ?? 0n), sums.oneOff[place]);
  const amounts = (place: 0 | 1) => ({
    oneOff: euros(sums.oneOff[place]),
    yearlyFirstYear: euros(sums.years[0]?.[place] ?? 0n),
    followingYears: Array.from({ length: longest }, (_, k) => euros(sums.years[k + 1]?.[place] ?? 0n)),
    total: euros(total(place)),
  });
  // A divisor as [dividend, divisor] in euros.
  const divisor = basis === 'budget' ? budget : basis === 'cost' ? [sums.cost, EURO] : undefined;
  const over = (amount: bigint) =>
    divisor === undefined || divisor[0] === 0n
      ? null
      : decimal(amount * (divisor[1] ?? 1n), EURO * (divisor[0] ?? 1n), 4);
  const isDivided = divisor !== undefined && divisor[0] !== 0n;
  const asMultiple = (amount: bigint) =>
    (Number(amount) / 1e10 / Number(divisor?.[0] ?? 1n)) * Number(divisor?.[1] ?? 1n);
  const less = (amount: bigint) =>
    divisor === undefined || divisor[0] === 0n
      ? null
      : decimal(amount * (divisor[1] ?? 1n) - EURO * (divisor[0] ?? 0n), EURO * (divisor[1] ?? 1n), 2);
  const range = ([low, high]: [bigint, bigint]) => ({
    ...{ low: euros(low), high: euros(high), return: { low: over(low), high: over(high) } },
  });
  return {
    cases: { registered: sums.registered, assessed: sums.assessed, represented: sums.represented },
    gross: amounts(0),
    corrected: amounts(1),
    counted: { gross: euros(sums.counted[0]), corrected: euros(sums.counted[1]) },
    estimated: {
      gross: euros(total(0) - sums.counted[0]),
      corrected: euros(total(1) - sums.counted[1]),
    },
    municipal: {
      gross: euros(sums.municipal[0]),
      corrected: euros(sums.municipal[1]),
      return: over(sums.municipal[1]),
    },
    cost: basis === 'none' ? null : euros(sums.cost),
    budget: basis === 'none' || budget === undefined ? null : decimal(budget[0] ?? 0n, budget[1] ?? 1n, 2),
    return: over(total(1)),
    returnBasis: over(total(1)) === null ? null : basis,
    odds: isDivided
      ? [
          [sums.range[0], total(1), sums.range[1]].map(asMultiple),
          [sums.municipalRange[0], sums.municipal[1], sums.municipalRange[1]].map(asMultiple),
        ]
      : null,
    net: { society: less(total(1)), municipality: less(sums.municipal[1]) },
    range: { ...range(sums.range), municipal: range(sums.municipalRange) },
  };
}
