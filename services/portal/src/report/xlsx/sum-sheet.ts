/** A sheet with one table whose totals are live formulas. */
import {
  type Cell,
  cellAt,
  formula,
  header,
  type NumberKind,
  number,
  type ReportSheet,
  strong,
  sumOfCells,
  text,
} from './cells.ts';

/** A column; `sums` has a total below it. */
export interface SumColumn<Row> {
  name: string;
  width?: number;
  /** A text where left out. */
  kind?: NumberKind;
  value: (row: Row) => string | number | null;
  /** The figure that the total must be, where rows are not shown that it holds. */
  sums?: { whole: string | number | null };
}

export interface SumTable<Row> {
  sheet: string;
  columns: readonly SumColumn<Row>[];
  rows: readonly Row[];
  /** The name of the total. */
  total: string;
  /** Cells behind those of the columns, which may name others by their address. */
  more?: {
    names: readonly string[];
    of: (row: Row, at: number, totalRow: number) => Cell[];
    ofTotal?: (totalRow: number) => Cell[];
  };
}

/** Rows stand from the second on: the first holds the names. */
const FIRST = 1;

/**
 * A total is a formula where all rows are shown; else the figure itself, which its rows would tell wrongly.
 */
export function sumSheet<Row>({ sheet, columns, rows, total, more }: SumTable<Row>): ReportSheet {
  const totalRow = FIRST + rows.length;
  const lines = rows.map((row, place) => [
    ...columns.map(({ kind, value }) => cellOf(value(row), kind)),
    ...(more?.of(row, FIRST + place, totalRow) ?? []),
  ]);
  const sums = columns.map(({ kind, value, sums: asked }, place): Cell => {
    if (place === 0) return strong(text(total));
    if (asked === undefined || kind === undefined) return null;
    const values = rows.map(value);
    if (rows.length === 0 || values.includes(null)) return strong(number(asked.whole, kind));
    const range = `${cellAt(place, FIRST)}:${cellAt(place, totalRow - 1)}`;
    return formula(`SUM(${range})`, kind, sumOfCells(values));
  });
  const names = [...columns.map(({ name }) => name), ...(more?.names ?? [])];
  return {
    sheet,
    data: [header(names), ...lines, [...sums, ...(more?.ofTotal?.(totalRow) ?? [])]],
    columns: [
      ...columns.map(({ width = 16 }) => ({ width })),
      ...(more?.names ?? []).map(() => ({ width: 16 })),
    ],
    stickyRowsCount: 1,
  };
}

function cellOf(value: string | number | null, kind: NumberKind | undefined): Cell {
  return kind === undefined ? text(value === null ? null : String(value)) : number(value, kind);
}
