import { finished } from 'node:stream/promises';
import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { type BinaryWriter, copyRows } from './binary.ts';

export interface CopyTarget<Row> {
  table: string;
  columns: readonly string[];
  put: (writer: BinaryWriter, row: Row) => void;
}

/** Rows as they are sent. */
export interface EncodedCopy {
  command: string;
  /** Undefined where there are no rows. */
  bytes: Buffer | undefined;
}

/** Rows for {@link copyInto}, in binary format. */
export function encodeCopy<Row>(target: CopyTarget<Row>, rows: readonly Row[]): EncodedCopy {
  const { table, columns, put } = target;
  return {
    command: `COPY ${table} (${columns.join(', ')}) FROM STDIN (FORMAT binary)`,
    bytes: rows.length === 0 ? undefined : copyRows(rows, columns.length, put),
  };
}

/** Appends rows by COPY, inside whatever transaction the client is in. */
export async function copyInto(client: Client, { command, bytes }: EncodedCopy): Promise<void> {
  if (bytes === undefined) return;
  const stream = client.query(copyFrom(command));
  stream.end(bytes);
  await finished(stream);
}
