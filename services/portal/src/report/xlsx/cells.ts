/**
 * Cells of a sheet. A spreadsheet keeps numbers as floats: this edge and `tables/xlsx.ts` are the only
 * places where amounts become floats, exact to the cent up to 70,368,744,177,664 euros (2^46).
 */
import { formatDecimal, parseDecimal } from '@effectstroom/valuation';
import type { CellObject, Cell as WrittenCell } from 'write-excel-file/node';

/** A formula, with what it comes to; null where that is not a number. */
export interface FormulaCell extends CellObject {
  result: string | null;
}

export type Cell = WrittenCell | FormulaCell;

/** One sheet of the workbook. */
export interface ReportSheet {
  sheet: string;
  data: Cell[][];
  columns: { width: number }[];
  stickyRowsCount?: number;
}

/** How numbers are shown. */
const FORMATS = {
  euros: '#,##0.00',
  exact: '#,##0.00########',
  share: '0.0%',
  ratio: '0.0000',
  count: '#,##0',
} as const;

/** What a number is. */
export type NumberKind = keyof typeof FORMATS;

/** A title above a table. */
export function title(value: string): Cell {
  return { value, type: String, fontWeight: 'bold', fontSize: 14 };
}

/** Names of columns. */
export function header(names: readonly string[]): Cell[] {
  return names.map((value) => ({
    ...{ value, type: String, fontWeight: 'bold', wrap: true, backgroundColor: '#f0f4f8' },
  }));
}

/** A text: never a formula, whatever it starts with. */
export function text(value: string | null): Cell {
  return value === null ? null : { value, type: String, wrap: true };
}

/** A number; what is not shown is a star. */
export function number(value: string | number | null, kind: NumberKind): Cell {
  if (value === null) return { value: '*', type: String, align: 'right' };
  return { value: Number(value), type: Number, format: FORMATS[kind] };
}

/** A live formula, such as `SUM(B2:B9)`: only of addresses that this project makes. */
export function formula(value: string, kind: NumberKind, result: string | null): FormulaCell {
  return { value, type: 'Formula', format: FORMATS[kind], fontWeight: 'bold', result };
}

/** The sum of numbers as cells have them, exactly. */
export function sumOfCells(values: readonly (string | number | null)[]): string {
  const sum = values.reduce((whole, value) => whole + parseDecimal(String(value ?? 0), DECIMALS), 0n);
  return formatDecimal(sum, DECIMALS, DECIMALS);
}

/** Decimals that an exact amount has at most. */
const DECIMALS = 10;

/** The same strongly, as sums are. */
export function strong(cell: Cell): Cell {
  return typeof cell === 'object' && cell !== null ? { ...cell, fontWeight: 'bold' } : cell;
}

/** An address as `B7`: column and row from 0. */
export function cellAt(column: number, row: number): string {
  return `${String.fromCharCode('A'.charCodeAt(0) + column)}${row + 1}`;
}
