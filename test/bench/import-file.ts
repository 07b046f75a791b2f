/** The file that is imported: invented cases, a row each, not in the order of their numbers. */

import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { HEADER, invented, lineOf } from '../imports/simple-export.ts';

/** Shares no factor with round numbers: every number comes up once. */
const STRIDE = 7_919;

/** Writes a file with this many rows. */
export async function writeExport(file: string, rows: number): Promise<void> {
  const out = createWriteStream(file);
  out.write(`${HEADER}\r\n`);
  for (let i = 0; i < rows; i++) {
    if (!out.write(`${lineOf({ number: (i * STRIDE) % rows })}\r\n`)) await once(out, 'drain');
  }
  out.end();
  await finished(out);
}

/** What all the quantities in such a file add up to, in tenths. */
export function quantitiesOf(rows: number): number {
  let sum = 0;
  for (let number = 0; number < rows; number++) sum += tenthsOf(invented(number).quantity);
  return sum;
}

/** A quantity with at most one decimal, in tenths. */
export function tenthsOf(quantity: string): number {
  return Math.round(Number(quantity.replace(',', '.')) * 10);
}
