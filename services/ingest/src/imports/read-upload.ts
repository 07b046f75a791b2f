import { setImmediate as turn } from 'node:timers/promises';
import type { Mapping } from '@effectstroom/contracts';
import { type CompiledMapping, compileMapping, headersOf } from '../records/compile-mapping.ts';
import { keyOf } from '../records/key-of.ts';
import { openTable } from '../tables/open-table.ts';
import { type Cell, isEmptyCell, type SourceRow } from '../tables/table.ts';
import { tableKindOf } from '../tables/table-kind.ts';
import { ImportFault } from './import-fault.ts';
import { StagedRows } from './staged-rows.ts';

/** Characters of a cell that are kept: no field of an event is as long, more is refused all the same. */
const MOST_CHARACTERS = 300;

/** What reading a file needs to know. */
export interface Reading {
  upload: string;
  staged: string;
  mapping: Mapping;
  /** Called with the rows that were read since. */
  onProgress: (rows: number) => void;
  /** Aborted when the reading is to stop: what was staged counts for nothing then. */
  signal: AbortSignal;
}

/**
 * Reads a file and stages its rows by case, with only the cells that the mapping uses. @returns the number of
 * rows; undefined where it was stopped. @throws TableFault, ImportFault where the file cannot be used
 */
export async function readUpload({ upload, staged, mapping, ...rest }: Reading): Promise<number | undefined> {
  const { onProgress, signal } = rest;
  const headers = headersOf(mapping);
  const table = await openTable(upload, await tableKindOf(upload), mapping.table, headers);
  const compiled = compiledFor(mapping, table.columns);
  const keep = keeperOf(compiled);
  const rows = StagedRows.create(staged, table.columns);
  let count = 0;
  try {
    for await (const batch of table.rows) {
      if (signal.aborted) return undefined;
      for (const row of batch) {
        const { caseId = '', revision = 0 } = keyOf(compiled, row);
        rows.add(caseId, revision, keep(row));
      }
      count += batch.length;
      onProgress(batch.length);
      // A file that is read from memory would never let a message in.
      await turn();
    }
    if (count === 0) throw new ImportFault('no-rows', 'there are no rows below the headers: export it again');
    return rows.finish();
  } finally {
    rows.close();
  }
}

/** A mapping for a table with these headers. @throws ImportFault that names all columns that are missing */
export function compiledFor(mapping: Mapping, columns: readonly string[]): CompiledMapping {
  const { compiled, faults } = compileMapping(mapping, columns);
  if (compiled !== undefined) return compiled;
  const missing = [...new Set(faults.map(({ pointer }) => columnAt(mapping, pointer)))];
  const lacking = missing.join(', ');
  const detail = `the table lacks ${lacking}: correct the export, the mapping or its table.headerRow`;
  throw new ImportFault('missing-columns', detail);
}

/** The column, or the choice of columns, that stands at a pointer into a mapping. */
function columnAt(mapping: Mapping, pointer: string): string {
  let value: unknown = mapping;
  for (const step of pointer.split('/').slice(1)) value = Reflect.get(Object(value), step);
  return [value]
    .flat()
    .map((header) => JSON.stringify(header))
    .join(' or ');
}

/** Empties the cells that the mapping does not use: they are not ours to keep. */
function keeperOf(compiled: CompiledMapping): (row: SourceRow) => SourceRow {
  const used = usedColumns(compiled);
  const width = compiled.columns.length;
  const keep = (cell: Cell, at: number): Cell => {
    if (at < width) return used.has(at) ? shortened(cell) : '';
    // Of cells beyond the columns only counts that they are there.
    return isEmptyCell(cell) ? '' : '?';
  };
  return ({ row, cells }) => ({ row, cells: cells.map(keep) });
}

function shortened(cell: Cell): Cell {
  return typeof cell === 'string' && cell.length > MOST_CHARACTERS ? cell.slice(0, MOST_CHARACTERS) : cell;
}

function usedColumns({ fields, lines, followUp, ...compiled }: CompiledMapping): Set<number> {
  const { municipality, programme, type, caseId, revision } = compiled;
  const ofLines = lines.flatMap((line) => line.fields.map(([, reader]) => reader));
  const readers = [municipality, programme, type, caseId, revision, followUp?.date, followUp?.outcome];
  const all = [...readers, ...fields.map(([, reader]) => reader), ...ofLines];
  return new Set(all.flatMap((reader) => reader?.columns ?? []));
}
