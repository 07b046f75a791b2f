/** Changes of the running totals, row by row. */

/** How much one row of `case_total` changes. */
export interface CaseChange {
  organisation: number;
  themeGroup: number;
  month: string;
  registered: bigint;
  assessed: bigint;
  represented: bigint;
  cost: bigint;
  /** Squares of what each case saves, corrected, all years: with and without similar cases. */
  weightedSquare: bigint;
  countedSquare: bigint;
}

/** How much one row of `saving_total` changes. */
export interface SavingChange {
  organisation: number;
  themeGroup: number;
  month: string;
  lineGroup: number;
  year: number;
  gross: bigint;
  corrected: bigint;
  countedGross: bigint;
  countedCorrected: bigint;
  /** The range of the corrected total. */
  low: bigint;
  high: bigint;
  /** A line that brings in nothing starts to count here: the row must be there, to tell of the line's years. */
  isNamed: boolean;
}

interface Key {
  organisation: number;
  themeGroup: number;
  month: string;
  lineGroup?: number;
  year?: number;
}

/** In the order of the primary key. */
export function byKey(one: Key, other: Key): number {
  return (
    one.organisation - other.organisation ||
    (one.month < other.month ? -1 : one.month > other.month ? 1 : 0) ||
    one.themeGroup - other.themeGroup ||
    (one.lineGroup ?? 0) - (other.lineGroup ?? 0) ||
    (one.year ?? 0) - (other.year ?? 0)
  );
}
