/** The middle of some measurements, with the least and the greatest. */
export interface Spread {
  median: number;
  min: number;
  max: number;
}

/** @throws Error where there is none. */
export function spreadOf(values: readonly number[]): Spread {
  return { median: quantile(values, 0.5), min: quantile(values, 0), max: quantile(values, 1) };
}

/**
 * The value below which a share of the values lies: of 1,000 values, 0.99 gives the 990th. @throws Error for
 * none.
 */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length * share;
  const value = sorted[Math.max(0, Math.ceil(middle) - 1)];
  if (value === undefined) throw new Error('nothing was measured');
  return value;
}
