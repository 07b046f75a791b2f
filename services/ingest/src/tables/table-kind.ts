import { open } from 'node:fs/promises';
import { TableFault } from './table.ts';

/** What a file is. */
export type TableKind = 'csv' | 'xlsx';

const ZIP = Buffer.from('PK\x03\x04', 'latin1');
/** An OLE2 container: XLS, or XLSX with a password. */
const OLE2 = Buffer.from('d0cf11e0a1b11ae1', 'hex');
const OTHERS = ['%PDF', '\x1f\x8b', '{\\rtf', '\x89PNG', '7z\xbc\xaf', 'Rar!'].map((text) =>
  Buffer.from(text, 'latin1'),
);

/**
 * What a file is by its first bytes, whatever its name. Throws `TableFault` for what is known to be no table;
 * anything else is taken for text.
 */
export async function tableKindOf(file: string): Promise<TableKind> {
  const start = await firstBytes(file, 8);
  if (start.length === 0) throw new TableFault('no-rows', 'the file is empty: export it again');
  if (start.subarray(0, 4).equals(ZIP)) return 'xlsx';
  if (start.equals(OLE2)) {
    const detail = 'an Excel file with a password, or of Excel 97-2003 (.xls): save it as .xlsx without one';
    throw new TableFault('encrypted-or-old', detail);
  }
  if (OTHERS.some((bytes) => start.subarray(0, bytes.length).equals(bytes))) {
    throw new TableFault('not-a-table', 'neither CSV nor XLSX: export the table as one of these');
  }
  return 'csv';
}

/** The first `length` bytes of a file, or all of them where it has fewer. */
export async function firstBytes(file: string, length: number): Promise<Buffer> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
