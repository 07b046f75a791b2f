/**
 * What stands in a cell. CSV gives texts; XLSX keeps numbers and dates what they are. `''` is an empty cell;
 * a date is `YYYY-MM-DD`, with `THH:MM:SS` where it has a time.
 */
export type Cell = string | number | { date: string };

/** One row of a file or sheet. */
export interface SourceRow {
  /** Place in the file or sheet, from 1, as a spreadsheet shows it. */
  row: number;
  /** One cell per column at most; one more tells that a row of a CSV file has too many. */
  cells: readonly Cell[];
}

/** A file or sheet that is being read. */
export interface Table {
  /** Headers, each once: a second `Aantal` is `Aantal (2)`, one without text is `Kolom F`. */
  columns: readonly string[];
  /** Row of the headers, from 1. */
  headerRow: number;
  sheet?: string;
  delimiter?: string;
  encoding?: string;
  /** The rows below the headers that are not empty, once, in batches. Throws `TableFault`. */
  rows: AsyncIterable<SourceRow[]>;
}

/** Limits of a table. */
export const TABLE_LIMITS = {
  columns: 500,
  /** Characters of a cell; what is longer is cut, which no field of an event accepts. */
  cellLength: 10_000,
  rows: 5_000_000,
  /** Rows handed over at once. */
  batchRows: 1_000,
  /** Rows in which the headers are looked for. */
  headerRows: 100,
  /** Bytes of one row of a CSV file: more means that a quote is not closed. */
  csvRowBytes: 1024 * 1024,
  /** Bytes of an XLSX file, which is held in memory while it is read. */
  xlsxBytes: 256 * 1024 * 1024,
  /** Bytes of a worksheet in an XLSX file, unpacked. It is never held as a whole. */
  sheetBytes: 2 * 1024 * 1024 * 1024 - 1,
  /** Bytes of any other part of an XLSX file that is read, unpacked. */
  partBytes: 256 * 1024 * 1024,
  /** Mebibytes of the heap in which an XLSX file is read. */
  xlsxHeap: 1024,
} as const;

/** What can be wrong with a file as a whole. */
export type TableFaultCode =
  | 'not-a-table'
  | 'encrypted-or-old'
  | 'not-well-formed'
  | 'unknown-sheet'
  | 'no-header'
  | 'no-rows'
  | 'quote'
  | 'too-large'
  | 'too-many-columns'
  | 'too-many-rows';

/**
 * Thrown where a file cannot be read as a table. The message says what to do and holds nothing of the file.
 */
export class TableFault extends Error {
  readonly code: TableFaultCode;
  constructor(code: TableFaultCode, detail: string) {
    super(detail);
    this.name = 'TableFault';
    this.code = code;
  }
}

/** Name of a column as a spreadsheet shows it: 0 → `A`, 26 → `AA`. */
export function columnLetters(column: number): string {
  let letters = '';
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  }
  return letters;
}

/** Whether nothing stands in a cell but white space. */
export function isEmptyCell(cell: Cell | undefined): boolean {
  return cell === undefined || (typeof cell === 'string' && cell.trim() === '');
}
