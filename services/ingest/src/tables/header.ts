import { comparable } from '@effectstroom/contracts';
import { type Cell, columnLetters, isEmptyCell, type SourceRow, TABLE_LIMITS, TableFault } from './table.ts';

/** A name, in a cell of the headers, is no number, date or amount. */
const NUMBER_OR_DATE = /^[€\s\d.,:/%-]+$/;

/**
 * Which of the first rows of a table holds the headers. Given headers that are expected: the first row with
 * the most of them. Else the first row of names that is nearly as wide as the rows are. Undefined where there
 * is none.
 */
export function findHeader(rows: readonly SourceRow[], expected: readonly string[]): SourceRow | undefined {
  if (expected.length > 0) {
    const wanted = new Set(expected.map(comparable));
    const matches = rows.map(({ cells }) => {
      return new Set(cells.map(comparableCell).filter((text) => wanted.has(text))).size;
    });
    const most = Math.max(0, ...matches);
    if (most > 0) return rows[matches.indexOf(most)];
  }
  const width = usualWidth(rows);
  return rows.find(({ cells }) => {
    const filled = cells.filter((cell) => !isEmptyCell(cell));
    return filled.length > 0 && filled.length >= width * 0.6 && filled.every(isName);
  });
}

function comparableCell(cell: Cell): string {
  return typeof cell === 'string' ? comparable(cell) : '';
}

function isName(cell: Cell): boolean {
  return typeof cell === 'string' && cell.length <= 200 && !NUMBER_OR_DATE.test(cell);
}

/** The number of filled cells that most rows have; of equals the greatest. */
function usualWidth(rows: readonly SourceRow[]): number {
  const counts = new Map<number, number>();
  for (const { cells } of rows) {
    const filled = cells.filter((cell) => !isEmptyCell(cell)).length;
    counts.set(filled, (counts.get(filled) ?? 0) + 1);
  }
  let usual = 0;
  for (const [width, count] of counts) {
    const most = counts.get(usual) ?? 0;
    if (count > most || (count === most && width > usual)) usual = width;
  }
  return usual;
}

/**
 * The names of the columns: the headers as they stand there, each once, without the empty ones at the end.
 * Throws `TableFault` where there are too many.
 */
export function columnsOf(header: SourceRow): string[] {
  const { cells } = header;
  let width = cells.length;
  while (width > 0 && isEmptyCell(cells[width - 1])) width--;
  if (width > TABLE_LIMITS.columns) {
    const detail = `must have at most ${TABLE_LIMITS.columns} columns: export fewer`;
    throw new TableFault('too-many-columns', detail);
  }
  const seen = new Map<string, number>();
  return cells.slice(0, width).map((cell, column) => {
    const text = headerText(cell);
    const name = text === '' ? `Kolom ${columnLetters(column)}` : text;
    const count = (seen.get(comparable(name)) ?? 0) + 1;
    seen.set(comparable(name), count);
    return count === 1 ? name : `${name} (${count})`;
  });
}

function headerText(cell: Cell): string {
  const text = typeof cell === 'object' ? cell.date : String(cell);
  return text.replace(/\s+/g, ' ').trim().slice(0, 200);
}
