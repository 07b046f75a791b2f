import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import type { TableHints } from '@effectstroom/contracts';
import { TableFault } from './table.ts';
import { firstBytes } from './table-kind.ts';

/** How the bytes of a text file are characters. */
export type Encoding = NonNullable<TableHints['encoding']>;

const SAMPLE_BYTES = 4096;

/**
 * The encoding of a text file: what its byte order mark says; else UTF-8 where the whole file is, UTF-16
 * where every other byte is zero, and Windows-1252 for the rest. Reads the file once where it has no mark.
 * Throws `TableFault` for bytes that are no text.
 */
export async function encodingOf(file: string): Promise<Encoding> {
  const sample = await firstBytes(file, SAMPLE_BYTES);
  if (sample[0] === 0xff && sample[1] === 0xfe) return 'utf-16le';
  if (sample[0] === 0xfe && sample[1] === 0xff) return 'utf-16be';
  if (sample.includes(0)) return utf16WithoutMark(sample);
  return (await isUtf8File(file)) ? 'utf-8' : 'windows-1252';
}

function utf16WithoutMark(sample: Buffer): Encoding {
  let even = 0;
  let odd = 0;
  for (const [i, byte] of sample.entries()) {
    if (byte !== 0) continue;
    if (i % 2 === 0) even++;
    else odd++;
  }
  if (odd > sample.length / 4 && even === 0) return 'utf-16le';
  if (even > sample.length / 4 && odd === 0) return 'utf-16be';
  throw new TableFault('not-a-table', 'the file is no text: export the table as CSV or XLSX');
}

async function isUtf8File(file: string): Promise<boolean> {
  let rest = Buffer.alloc(0);
  for await (const chunk of createReadStream(file, { highWaterMark: 1024 * 1024 })) {
    const bytes: Buffer = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const end = endOfCharacters(bytes);
    if (!isUtf8(bytes.subarray(0, end))) return false;
    rest = Buffer.from(bytes.subarray(end));
  }
  return rest.length === 0;
}

/** Where the last character that is whole ends: at most three bytes of one that is not may follow. */
function endOfCharacters(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(4, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if ((byte & 0xc0) === 0x80) continue;
    const length = byte < 0x80 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
    return length > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}
