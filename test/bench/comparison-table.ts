/** The shape of most tables: a figure, what it stands beside, and their ratio. */
import type { Table } from '../reports/report.ts';
import { mark, ratioText, spreadText, whole } from './figure-text.ts';
import { spreadOf } from './statistics.ts';

export interface Comparison {
  subject: string;
  /** One a round. */
  values: readonly number[];
  /** Nothing could be better than a limit; a peer is what one might use instead; else it is only beside. */
  kind: 'limit' | 'peer' | 'beside';
  beside: string;
  /** In the same rounds. */
  besideValues: readonly number[];
  /** Of the middle ratio. */
  aim?: { atLeast: number } | { atMost: number };
}

export interface ComparisonTable {
  id: string;
  /** As 'events/s'. */
  unit: string;
  rows: readonly Comparison[];
  notes: string[];
  /** How a figure is written; whole numbers where nothing is said. */
  text?: (value: number) => string;
}

/** Ratios of rounds, and of those the middle, the least and the greatest. */
export function comparisonTable({ id, unit, rows, notes, text = whole }: ComparisonTable): Table {
  const right = { align: 'right' } as const;
  return {
    id,
    columns: [
      ...[{ title: '' }, { title: unit, ...right }, { title: '' }, { title: 'in the same run' }],
      ...[{ title: unit, ...right }, { title: 'ratio', ...right }, { title: 'aim', ...right }, { title: '' }],
    ],
    rows: rows.map((row) => {
      const { subject, values, kind, beside, besideValues } = row;
      return [
        ...[subject, spreadText(values, text), kind, beside, spreadText(besideValues, text)],
        ...[spreadText(ratiosOf(row), ratioText), ...aimCells(row)],
      ];
    }),
    notes,
  };
}

/** By round. */
export function ratiosOf({ values, besideValues }: Pick<Comparison, 'values' | 'besideValues'>): number[] {
  return values.map((value, round) => value / (besideValues[round] ?? Number.NaN));
}

function aimCells(row: Comparison): [string, string] {
  const { aim } = row;
  if (aim === undefined) return ['', ''];
  const { median } = spreadOf(ratiosOf(row));
  if ('atLeast' in aim) return [`≥ ${aim.atLeast}`, mark(median >= aim.atLeast)];
  return [`≤ ${aim.atMost}`, mark(median <= aim.atMost)];
}
