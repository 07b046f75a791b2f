import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { comparable } from '@effectstroom/contracts';
import type { SheetFilterInfo } from 'hucre';
import { readXlsx, streamXlsxRows } from 'hucre/xlsx';
import { type Cell, isEmptyCell, type SourceRow, TABLE_LIMITS, TableFault } from './table.ts';
import type { FromXlsxWorker, XlsxWorkerData } from './xlsx-rows.ts';
import { checkUnpackedSizes } from './zip-sizes.ts';

/**
 * The thread in which an XLSX file is read. The reader cannot be held back by who takes its rows, so this
 * thread stands still while enough of them wait; and what a hostile file makes it take is bounded by its own
 * heap.
 */

const BATCHES_AHEAD = 4;

const { file, sheet, taken } = workerData as XlsxWorkerData;
const counter = new Int32Array(taken);
let sent = 0;

function post(message: FromXlsxWorker): void {
  parentPort?.postMessage(message);
}

function sendRows(rows: SourceRow[]): void {
  sent++;
  post({ rows });
  for (;;) {
    const behind = Atomics.load(counter, 0);
    if (sent - behind < BATCHES_AHEAD) return;
    Atomics.wait(counter, 0, behind);
  }
}

async function main(): Promise<void> {
  const bytes = readFileSync(file);
  checkUnpackedSizes(bytes);
  for (const info of await sheetsToTry(bytes)) {
    if (await readSheet(bytes, info)) return;
  }
  throw new TableFault('no-rows', 'the workbook has no sheet with rows: export it again');
}

/** The sheet of that name, or all that can be seen. */
async function sheetsToTry(bytes: Uint8Array): Promise<SheetFilterInfo[]> {
  const infos: SheetFilterInfo[] = [];
  await readXlsx(bytes, {
    sheets: (info) => {
      infos.push(info);
      return false;
    },
  });
  if (sheet === undefined) return infos.filter(({ hidden, veryHidden }) => !hidden && !veryHidden);
  const named = infos.filter(({ name }) => comparable(name) === comparable(sheet));
  if (named.length > 0) return named;
  throw new TableFault('unknown-sheet', 'the workbook has no sheet of the name that table.sheet gives');
}

/** Sends the rows of a sheet; false where it has none. */
async function readSheet(bytes: Uint8Array, info: SheetFilterInfo): Promise<boolean> {
  let batch: SourceRow[] = [];
  let isEmpty = true;
  for await (const { index, values } of streamXlsxRows(bytes, { sheet: info.index })) {
    const cells = cellsOf(values);
    if (isEmpty && cells.every(isEmptyCell)) continue;
    if (isEmpty) post({ sheet: info.name });
    isEmpty = false;
    batch.push({ row: index + 1, cells });
    if (batch.length < TABLE_LIMITS.batchRows) continue;
    sendRows(batch);
    batch = [];
  }
  if (batch.length > 0) sendRows(batch);
  return !isEmpty;
}

function cellsOf(values: readonly (string | number | boolean | Date | null)[]): Cell[] {
  const width = Math.min(values.length, TABLE_LIMITS.columns + 1);
  const cells: Cell[] = [];
  for (let i = 0; i < width; i++) cells.push(cellOf(values[i] ?? null));
  return cells;
}

function cellOf(value: string | number | boolean | Date | null): Cell {
  if (value === null) return '';
  if (typeof value === 'string') return value.slice(0, TABLE_LIMITS.cellLength);
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return String(value);
  if (Number.isNaN(value.getTime())) return '#NUM!';
  // A cell has no time zone: the reader gives what it shows as if it were UTC.
  const [date = '', time = ''] = value.toISOString().slice(0, -1).split('T');
  return { date: time === '00:00:00.000' ? date : `${date}T${time.replace('.000', '')}` };
}

function faultOf(error: unknown): TableFault {
  if (error instanceof TableFault) return error;
  return new TableFault('not-well-formed', 'the file is no readable XLSX workbook: save it again as .xlsx');
}

try {
  await main();
  post({ done: true });
} catch (error) {
  const { code, message } = faultOf(error);
  post({ fault: { code, detail: message } });
}
