import { createReadStream } from 'node:fs';
import type { TableHints } from '@effectstroom/contracts';
import { CsvError, type Parser, parse } from 'csv-parse';
import { delimiterOf } from './delimiter.ts';
import { type Encoding, encodingOf } from './encoding.ts';
import type { RowReader } from './open-table.ts';
import { type SourceRow, TABLE_LIMITS, TableFault } from './table.ts';
import { firstBytes } from './table-kind.ts';

const SAMPLE_BYTES = 64 * 1024;
const CHUNK_BYTES = 64 * 1024;

/** Opens a CSV file. What `hints` leaves out is found out from the file. Throws `TableFault`. */
export async function readCsv(file: string, hints: TableHints): Promise<RowReader> {
  const encoding = hints.encoding ?? (await encodingOf(file));
  const sample = new TextDecoder(encoding).decode(await firstBytes(file, SAMPLE_BYTES));
  const delimiter = hints.delimiter ?? delimiterOf(sample);
  return { encoding, delimiter, keepsExtraCells: true, rows: csvRows(file, encoding, delimiter) };
}

async function* csvRows(
  file: string,
  encoding: Encoding,
  delimiter: string,
): AsyncGenerator<SourceRow[], void, undefined> {
  const collected: SourceRow[] = [];
  let row = 0;
  let fault: Error | undefined;
  const parser = parse({
    bom: true,
    delimiter,
    max_record_size: TABLE_LIMITS.csvRowBytes,
    relax_column_count: true,
    relax_quotes: true,
    // Rows are taken here, not from the stream: several times as fast as reading them one by one.
    on_record: (cells: string[]) => {
      row++;
      collected.push({ row, cells: withinLimits(cells) });
      return null;
    },
  });
  parser.on('error', (error) => {
    fault = error;
  });
  for await (const text of textOf(file, encoding)) {
    await writeTo(parser, text);
    if (fault !== undefined) throw faultOf(fault, row);
    while (collected.length >= TABLE_LIMITS.batchRows) yield collected.splice(0, TABLE_LIMITS.batchRows);
  }
  await endOf(parser);
  if (fault !== undefined) throw faultOf(fault, row);
  while (collected.length > 0) yield collected.splice(0, TABLE_LIMITS.batchRows);
}

/** The file's text in pieces; UTF-8 as the bytes that csv-parse works with. */
async function* textOf(file: string, encoding: Encoding): AsyncGenerator<string | Buffer, void, undefined> {
  const bytes = createReadStream(file, { highWaterMark: CHUNK_BYTES });
  if (encoding === 'utf-8') {
    yield* bytes;
    return;
  }
  const decoder = new TextDecoder(encoding);
  for await (const chunk of bytes) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}

function writeTo(parser: Parser, text: string | Buffer): Promise<void> {
  return new Promise((resolve) => {
    parser.write(text, () => resolve());
  });
}

function endOf(parser: Parser): Promise<void> {
  return new Promise((resolve) => {
    parser.once('close', resolve);
    parser.resume().end();
  });
}

function withinLimits(cells: string[]): string[] {
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i];
    if (cell !== undefined && cell.length > TABLE_LIMITS.cellLength) {
      cells[i] = cell.slice(0, TABLE_LIMITS.cellLength);
    }
  }
  return cells.length > TABLE_LIMITS.columns ? cells.slice(0, TABLE_LIMITS.columns + 1) : cells;
}

function faultOf(error: Error, row: number): Error {
  const isQuote =
    error instanceof CsvError &&
    (error.code === 'CSV_QUOTE_NOT_CLOSED' || error.code === 'CSV_MAX_RECORD_SIZE');
  if (!isQuote) return error;
  const detail = `a quote (") that opens in row ${row + 1} is not closed: double the quotes inside a text`;
  return new TableFault('quote', detail);
}
