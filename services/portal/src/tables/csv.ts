import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import type { Cell, Column, Table } from './table.ts';

/**
 * The table as CSV for a Dutch spreadsheet: `;`, decimal comma, UTF-8 with a byte order mark, a header row.
 * A text that a spreadsheet would take for a formula gets a quote in front.
 */
export function csvOf({ columns, rows }: Table): Readable {
  const lines = stringify({
    bom: true,
    delimiter: ';',
    record_delimiter: 'windows',
    header: true,
    columns: columns.map(({ name }) => name),
    escape_formulas: true,
    // A negative number is no formula.
    cast: {
      string: (value, { index }) =>
        value.startsWith('-') && columns[index]?.kind !== 'text' ? { value, escape_formulas: false } : value,
    },
  });
  return Readable.from(records(columns, rows)).pipe(lines);
}

function* records(columns: readonly Column[], rows: readonly Cell[][]): Generator<string[]> {
  for (const row of rows) yield columns.map(({ kind }, place) => textOf(row[place] ?? null, kind));
}

function textOf(cell: Cell, kind: Column['kind']): string {
  if (cell === null) return '';
  const text = String(cell);
  return kind === 'amount' || kind === 'quotient' ? text.replace('.', ',') : text;
}
