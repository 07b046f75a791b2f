import type { Mapping } from '@effectstroom/contracts';
import { readCsv } from './csv-rows.ts';
import { columnsOf, findHeader } from './header.ts';
import { isEmptyCell, type SourceRow, TABLE_LIMITS, type Table, TableFault } from './table.ts';
import type { TableKind } from './table-kind.ts';
import { readXlsx } from './xlsx-rows.ts';

/** Stands after the last column of a row that has more cells. */
const EXTRA_CELL = '…';

/** A file from which rows come, also those above the headers. */
export interface RowReader {
  sheet?: string;
  delimiter?: string;
  encoding?: string;
  /** All rows of the file in their order. Ends what it started when it is left. */
  rows: AsyncGenerator<SourceRow[], void, undefined>;
  /** Whether cells beyond the last header mean that a row is cut wrongly. */
  keepsExtraCells: boolean;
}

/**
 * Opens a CSV file, or a sheet of an XLSX file, as a table. What `hints` leaves out is found out; `expected`
 * are headers that a mapping names, by which the row of headers is recognised. Throws `TableFault`.
 */
export async function openTable(
  file: string,
  kind: TableKind,
  hints: Mapping['table'] = {},
  expected: readonly string[] = [],
): Promise<Table> {
  const reader = kind === 'csv' ? await readCsv(file, hints) : await readXlsx(file, hints);
  try {
    const first = await firstRows(reader, hints.headerRow ?? TABLE_LIMITS.headerRows);
    const header = headerOf(first, hints.headerRow, expected);
    const columns = columnsOf(header);
    const { sheet, delimiter, encoding } = reader;
    return {
      columns,
      headerRow: header.row,
      ...(sheet === undefined ? {} : { sheet }),
      ...(delimiter === undefined ? {} : { delimiter }),
      ...(encoding === undefined ? {} : { encoding }),
      rows: rowsBelow(header.row, columns.length, first, reader),
    };
  } catch (error) {
    await reader.rows.return();
    throw error;
  }
}

/** Rows until at least row `upTo`, or all where there are fewer. */
async function firstRows(reader: RowReader, upTo: number): Promise<SourceRow[]> {
  const rows: SourceRow[] = [];
  while ((rows.at(-1)?.row ?? 0) < upTo) {
    const { done, value } = await reader.rows.next();
    if (done === true) break;
    rows.push(...value);
  }
  if (rows.every(isEmptyRow)) throw new TableFault('no-rows', 'the table is empty: export it again');
  return rows;
}

function headerOf(
  rows: readonly SourceRow[],
  headerRow: number | undefined,
  expected: readonly string[],
): SourceRow {
  const within = rows.filter(({ row }) => row <= TABLE_LIMITS.headerRows);
  const header =
    headerRow === undefined
      ? findHeader(within, expected)
      : rows.find((one) => one.row === headerRow && !isEmptyRow(one));
  if (header !== undefined) return header;
  const detail =
    headerRow === undefined
      ? `no headers in the first ${TABLE_LIMITS.headerRows} rows: give table.headerRow in the mapping`
      : 'the row that table.headerRow names is empty: give the row of the headers';
  throw new TableFault('no-header', detail);
}

async function* rowsBelow(
  headerRow: number,
  width: number,
  first: readonly SourceRow[],
  reader: RowReader,
): AsyncGenerator<SourceRow[], void, undefined> {
  const { keepsExtraCells } = reader;
  let rows = 0;
  const below = (batch: readonly SourceRow[]): SourceRow[] => {
    const kept = batch.filter((one) => one.row > headerRow && !isEmptyRow(one));
    rows += kept.length;
    if (rows > TABLE_LIMITS.rows) {
      throw new TableFault('too-many-rows', `must have at most ${TABLE_LIMITS.rows} rows: split the file`);
    }
    return kept.map((one) => (one.cells.length > width ? withinWidth(one, width, keepsExtraCells) : one));
  };
  try {
    for (let from = 0; from < first.length; from += TABLE_LIMITS.batchRows) {
      const batch = below(first.slice(from, from + TABLE_LIMITS.batchRows));
      if (batch.length > 0) yield batch;
    }
    for await (const read of reader.rows) {
      const batch = below(read);
      if (batch.length > 0) yield batch;
    }
  } finally {
    await reader.rows.return();
  }
}

/**
 * A row without what stands after the last column; one cell then tells that something did, where that counts.
 */
function withinWidth({ row, cells }: SourceRow, width: number, keepsExtraCells: boolean): SourceRow {
  const isCut = keepsExtraCells && !cells.slice(width).every(isEmptyCell);
  return { row, cells: isCut ? [...cells.slice(0, width), EXTRA_CELL] : cells.slice(0, width) };
}

function isEmptyRow({ cells }: SourceRow): boolean {
  return cells.every(isEmptyCell);
}
