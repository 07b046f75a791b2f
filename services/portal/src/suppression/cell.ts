import type { Dimension, Suppression } from '@effectstroom/contracts';
import type { CellCounts } from './risk.ts';

/** A group, and whether it is shown. */
export interface Cell {
  /** Tells the cell apart in its table. */
  key: string;
  /** By place in the table's dimensions. */
  values: readonly (string | null)[];
  /** Cells with another one have no case in common. */
  caseKey: string;
  counts: CellCounts;
  /** Everybody can know it: it hides nothing, and hiding it protects nothing. */
  isFree: boolean;
  suppressed: Suppression | undefined;
}

/** The groups of some dimensions. Cells stand in the order of their keys. */
export interface Table {
  dimensions: readonly Dimension[];
  cells: ReadonlyMap<string, Cell>;
}

/** Key of a cell. */
export function keyOf(values: readonly (string | null)[]): string {
  return JSON.stringify(values);
}

/** The part of a cell's values that belongs to fewer dimensions. */
export function projection(
  from: readonly Dimension[],
  to: readonly Dimension[],
): (values: readonly (string | null)[]) => (string | null)[] {
  const places = to.map((dimension) => from.indexOf(dimension));
  return (values) => places.map((place) => values[place] ?? null);
}
