import writeXlsxFile, { type Cell as SheetCell } from 'write-excel-file/node';
import type { Cell, Column, Table } from './table.ts';

const FORMATS = { count: '#,##0', amount: '#,##0.00', quotient: '0.0000' } as const;

/**
 * The table as XLSX: a header row and numbers as numbers. A spreadsheet keeps its numbers as floats, so this
 * edge is the one place where amounts become floats: exact to the cent up to 70,368,744,177,664 euros (2^46).
 */
export function xlsxOf({ name, columns, rows }: Table): Promise<Buffer> {
  const header = columns.map(({ name: value }): SheetCell => ({ value, fontWeight: 'bold' }));
  const lines = rows.map((row) => columns.map(({ kind }, place) => sheetCell(row[place] ?? null, kind)));
  const widths = columns.map(({ name: title, kind }) => ({
    width: Math.max(title.length, kind === 'text' ? 12 : 16),
  }));
  return writeXlsxFile([header, ...lines], {
    sheet: name.slice(0, 31),
    columns: widths,
    stickyRowsCount: 1,
  }).toBuffer();
}

function sheetCell(cell: Cell, kind: Column['kind']): SheetCell {
  if (cell === null) return null;
  if (kind === 'text') return { value: String(cell), type: String };
  return { value: Number(cell), type: Number, format: FORMATS[kind] };
}
