import type { SourceRow } from '../tables/table.ts';
import type { CellFault, CellPlace } from './cell-fault.ts';
import type { CompiledLine } from './compile-mapping.ts';
import type { Value } from './convert-cell.ts';

/** A line of an assessment as a row says it, and what it came from. */
export interface ReadLine {
  line: Record<string, Value>;
  row: SourceRow;
  compiled: CompiledLine;
}

/**
 * The lines that rows of one case hold. Of several rows they get an order of their own, so that the order of
 * the rows in an export says nothing.
 */
export function readLines(
  compiled: readonly CompiledLine[],
  rows: readonly SourceRow[],
  faults: CellFault[],
): ReadLine[] {
  const lines: ReadLine[] = [];
  for (const row of rows) {
    for (const one of compiled) {
      const line = readLine(one, row, faults);
      if (line !== undefined) lines.push({ line, row, compiled: one });
    }
  }
  if (rows.length === 1) return lines;
  const keyed = lines.map((line) => ({ line, key: JSON.stringify(line.line) }));
  return keyed.sort((a, b) => (a.key === b.key ? 0 : a.key < b.key ? -1 : 1)).map(({ line }) => line);
}

function readLine(
  compiled: CompiledLine,
  row: SourceRow,
  faults: CellFault[],
): Record<string, Value> | undefined {
  if (!isFilledIn(compiled, row)) return undefined;
  const line: Record<string, Value> = {};
  for (const [name, reader] of compiled.fields) {
    const value = reader.read(row, faults) ?? reader.otherwise;
    if (value !== undefined) line[name] = value;
  }
  return line;
}

/**
 * A cell that cannot be read fills a line in too. A quantity of zero is no line, if only that would fill it.
 */
function isFilledIn({ fills, fields }: CompiledLine, row: SourceRow): boolean {
  if (fills.length === 0) return true;
  return fills.some((reader) => {
    if (reader.otherwise !== undefined) return true;
    if (reader.isEmptyIn(row)) return false;
    const faults: CellFault[] = [];
    const value = reader.read(row, faults);
    const isZero = value === '0' && fields.some(([name, one]) => name === 'quantity' && one === reader);
    return faults.length > 0 || (value !== undefined && !isZero);
  });
}

/** The cell that a pointer into `/data/avoided` stands for. */
export function placeInLine(lines: readonly ReadLine[], pointer: string): CellPlace | undefined {
  const [, index, name] = /^\/data\/avoided\/(\d+)(?:\/([A-Za-z]+))?$/.exec(pointer) ?? [];
  const read = index === undefined ? undefined : lines[Number(index)];
  if (read === undefined) return undefined;
  const { compiled, row } = read;
  const named = compiled.fields.find(([field]) => field === name)?.[1];
  return named?.placeIn(row) ?? (compiled.fills[0] ?? compiled.fields[0]?.[1])?.placeIn(row);
}
