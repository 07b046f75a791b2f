import { finished } from 'node:stream/promises';
import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { type BinaryWriter, copyRows } from './binary.ts';

export interface CopyTarget<Row> {
  table: string;
  columns: readonly string[];
  put: (writer: BinaryWriter, row: Row) => void;
}

/** Appends rows by binary COPY, inside whatever transaction the client is in. */
export async function copyInto<Row>(
  client: Client,
  target: CopyTarget<Row>,
  rows: readonly Row[],
): Promise<void> {
  if (rows.length === 0) return;
  const columns = target.columns.join(', ');
  const stream = client.query(copyFrom(`COPY ${target.table} (${columns}) FROM STDIN (FORMAT binary)`));
  stream.end(copyRows(rows, target.columns.length, target.put));
  await finished(stream);
}
