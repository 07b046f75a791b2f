import { stat } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import type { TableHints } from '@effectstroom/contracts';
import type { RowReader } from './open-table.ts';
import { type SourceRow, TABLE_LIMITS, TableFault, type TableFaultCode } from './table.ts';

/** What the thread that reads gets. */
export interface XlsxWorkerData {
  file: string;
  sheet: string | undefined;
  /** One int32: how many batches were taken. */
  taken: SharedArrayBuffer;
}

/** What the thread that reads sends: the sheet, its rows, and how it ended. */
export type FromXlsxWorker =
  | { sheet: string }
  | { rows: SourceRow[] }
  | { done: true }
  | { fault: { code: TableFaultCode; detail: string } };

/** Opens an XLSX file: the sheet that `hints` names, or the first that is not empty. Throws `TableFault`. */
export async function readXlsx(file: string, hints: TableHints): Promise<RowReader> {
  const { size } = await stat(file);
  if (size > TABLE_LIMITS.xlsxBytes) throw tooLarge();
  const messages = workerMessages({
    file,
    sheet: hints.sheet,
    taken: new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT),
  });
  const { value: first } = await messages.next();
  if (first === undefined || !('sheet' in first)) {
    throw new TableFault('no-rows', 'the workbook has no sheet with rows: export it again');
  }
  return { sheet: first.sheet, keepsExtraCells: false, rows: rowsOf(messages) };
}

async function* rowsOf(
  messages: AsyncGenerator<FromXlsxWorker, void, undefined>,
): AsyncGenerator<SourceRow[], void, undefined> {
  for await (const message of messages) if ('rows' in message) yield message.rows;
}

/** The messages of a thread that reads `data.file`, until it is done. Leaving it ends the thread. */
async function* workerMessages(data: XlsxWorkerData): AsyncGenerator<FromXlsxWorker, void, undefined> {
  const worker = new Worker(new URL('./xlsx-worker.ts', import.meta.url), {
    workerData: data,
    resourceLimits: { maxOldGenerationSizeMb: TABLE_LIMITS.xlsxHeap },
  });
  const counter = new Int32Array(data.taken);
  const waiting: FromXlsxWorker[] = [];
  let failure: Error | undefined;
  let wake = () => {};
  worker.on('message', (message: FromXlsxWorker) => {
    waiting.push(message);
    wake();
  });
  worker.on('error', (error) => {
    failure = isOutOfMemory(error) ? tooLarge() : error;
    wake();
  });
  try {
    for (;;) {
      const message = waiting.shift();
      if (message === undefined) {
        if (failure !== undefined) throw failure;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        continue;
      }
      if ('done' in message) return;
      if ('fault' in message) throw new TableFault(message.fault.code, message.fault.detail);
      if ('rows' in message) {
        Atomics.add(counter, 0, 1);
        Atomics.notify(counter, 0);
      }
      yield message;
    }
  } finally {
    await worker.terminate();
  }
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}

function tooLarge(): TableFault {
  return new TableFault('too-large', 'the workbook is too large to read: export it as CSV');
}
