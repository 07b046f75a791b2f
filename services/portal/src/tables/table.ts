/** A list as rows of cells, from which CSV and XLSX are made. */

/** `amount` and `quotient` cells are decimal strings, `count` cells whole numbers. */
export interface Column {
  name: string;
  kind: 'text' | 'count' | 'amount' | 'quotient';
}

export type Cell = string | number | null;

export interface Table {
  /** Of the file, without its ending. */
  name: string;
  columns: Column[];
  rows: Cell[][];
  /** The cursor of the next page. */
  next?: string | null;
}
