import { columnLetters } from '../tables/table.ts';

/** Where a value of a case came from. */
export interface CellPlace {
  row: number;
  /** As a spreadsheet names it, such as `F12`. */
  cell: string;
  /** The column's header. */
  column: string;
}

/** What is wrong with a cell, and what is allowed there. Never holds the cell's value. */
export interface CellFault extends CellPlace {
  /** One of `CELL_FAULT_CODES`, or of the contract's fault codes. */
  code: string;
  detail: string;
}

/** What can be wrong with a cell before its value is checked as part of an event. */
export const CELL_FAULT_CODES = {
  required: 'the cell is empty',
  format: 'the cell has another form than asked',
  ambiguous: 'the cell can be read in two ways',
  'not-exact': 'a number with more decimals than can be kept exactly',
  'cell-error': 'the cell holds an error of the spreadsheet program',
  'unknown-value': 'the mapping does not translate this value',
  mismatch: 'the rows of one case differ where they must be the same',
  'too-many-cells': 'the row has more cells than there are columns',
  bsn: 'the cell holds a citizen service number (BSN)',
  'personal-data': 'the cell holds a name, telephone number or e-mail address',
} as const;

/** Code of a fault in a cell. */
export type CellFaultCode = keyof typeof CELL_FAULT_CODES;

/** Why a cell is no value. These are constants: a million wrong cells share them. */
export class Misfit {
  readonly code: CellFaultCode;
  readonly detail: string;
  constructor(code: CellFaultCode, detail: string) {
    this.code = code;
    this.detail = detail;
  }
}

/** The place of a cell: `row` from 1, `column` from 0. */
export function placeOf(row: number, column: number, columns: readonly string[]): CellPlace {
  return { row, cell: `${columnLetters(column)}${row}`, column: columns[column] ?? '' };
}
