import { TABLE_LIMITS, TableFault } from './table.ts';

/** PKWARE APPNOTE 4.3.12 and 4.3.16: the directory at the end of a ZIP file. */
const END = 0x06054b50;
const END_BYTES = 22;
const MOST_COMMENT = 0xffff;
const ENTRY = 0x02014b50;
const ENTRY_BYTES = 46;

const WORKSHEET = /(?:^|\/)worksheets\//i;
const PART = /\.(?:xml|rels)$/i;

/**
 * Checks, before anything is unpacked, what an XLSX file says that its parts will be: the reader holds it to
 * that, part by part. Throws `TableFault` for what would not fit, and for a file that is no ZIP.
 */
export function checkUnpackedSizes(zip: Buffer): void {
  let at = startOfDirectory(zip);
  while (at + ENTRY_BYTES <= zip.length && zip.readUInt32LE(at) === ENTRY) {
    const packed = zip.readUInt32LE(at + 20);
    const unpacked = zip.readUInt32LE(at + 24);
    const nameLength = zip.readUInt16LE(at + 28);
    const name = zip.toString('utf8', at + ENTRY_BYTES, at + ENTRY_BYTES + nameLength);
    const limit = WORKSHEET.test(name) ? TABLE_LIMITS.sheetBytes : TABLE_LIMITS.partBytes;
    const isUnsaid = unpacked === 0 && packed > 2;
    if (PART.test(name) && (unpacked > limit || isUnsaid)) {
      throw new TableFault('too-large', 'the workbook is too large unpacked: export it as CSV');
    }
    at += ENTRY_BYTES + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
}

function startOfDirectory(zip: Buffer): number {
  const least = Math.max(0, zip.length - END_BYTES - MOST_COMMENT);
  for (let at = zip.length - END_BYTES; at >= least; at--) {
    if (zip.readUInt32LE(at) === END) return zip.readUInt32LE(at + 16);
  }
  throw new TableFault('not-well-formed', 'the file is cut off or damaged: export it again');
}
