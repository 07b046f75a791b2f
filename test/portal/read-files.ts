/** Reads back the CSV and XLSX that the portal writes; only as much of these formats as it uses. */
import { inflateRawSync } from 'node:zlib';

export type FileRow = Record<string, string | number | null>;

/** Rows by the names of the header. Empty is null. */
export function readCsv(bytes: Buffer): FileRow[] {
  const text = bytes.toString('utf8');
  if (!text.startsWith('\uFEFF')) throw new Error('no byte order mark');
  const lines = text.slice(1).split('\r\n').slice(0, -1);
  const [names = [], ...rows] = lines.map((line) =>
    [...line.matchAll(/(?:^|;)(?:"((?:[^"]|"")*)"|([^;]*))/g)].map(
      ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
    ),
  );
  return rows.map((cells) =>
    rowOf(
      names,
      cells.map((cell) => (cell === '' ? null : cell)),
    ),
  );
}

/** A cell: its value, and the formula that it stands beside. */
export interface SheetCell {
  value: string | number | null;
  formula?: string;
}

/** Rows of the first sheet by the names of the header. */
export function readXlsx(bytes: Buffer): FileRow[] {
  const [sheet = []] = readSheets(bytes).values();
  const [names = [], ...rows] = sheet.map((row) => row.map(({ value }) => value));
  return rows.map((cells) => rowOf(names.map(String), cells));
}

/** Rows of cells by the name of their sheet. */
export function readSheets(bytes: Buffer): Map<string, SheetCell[][]> {
  const files = unzip(bytes);
  const strings = [...(files.get('xl/sharedStrings.xml') ?? '').matchAll(/<t[^>]*>(.*?)<\/t>/gs)].map(
    ([, text = '']) => plain(text),
  );
  const names = [...(files.get('xl/workbook.xml') ?? '').matchAll(/<sheet [^>]*?name="([^"]*)"/g)];
  return new Map(
    names.map(([, name = ''], place) => [
      plain(name),
      rowsIn(files.get(`xl/worksheets/sheet${place + 1}.xml`) ?? '', strings),
    ]),
  );
}

function rowsIn(sheet: string, strings: readonly string[]): SheetCell[][] {
  return [...sheet.matchAll(/<row [^>]*?(?:\/>|>(.*?)<\/row>)/gs)].map(([, row = '']) => {
    const cells: SheetCell[] = [];
    for (const [, column = '', attributes = '', inside = ''] of row.matchAll(
      /<c r="([A-Z]+)\d+"([^>]*?)(?:\/>|>(.*?)<\/c>)/gs,
    )) {
      const place = [...column].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
      while (cells.length < place) cells.push({ value: null });
      const value = /<v>(.*?)<\/v>/s.exec(inside)?.[1];
      const formula = /<f>(.*?)<\/f>/s.exec(inside)?.[1];
      cells.push({
        value: value === undefined ? null : attributes.includes('t="s"') ? textAt(value) : Number(value),
        ...(formula === undefined ? {} : { formula: plain(formula) }),
      });
    }
    return cells;
  });

  function textAt(place: string): string | null {
    return strings[Number(place)] ?? null;
  }
}

function rowOf(names: readonly string[], cells: readonly (string | number | null)[]): FileRow {
  return Object.fromEntries(names.map((name, place) => [name, cells[place] ?? null]));
}

function plain(xml: string): string {
  return xml
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

/** The files of a zip by name, from its central directory. */
function unzip(bytes: Buffer): Map<string, string> {
  const files = new Map<string, string>();
  const end = bytes.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    const [name, extra, comment] = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset));
    const local = bytes.readUInt32LE(at + 42);
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const packed = bytes.subarray(start, start + bytes.readUInt32LE(at + 20));
    const content = bytes.readUInt16LE(at + 10) === 0 ? packed : inflateRawSync(packed);
    files.set(bytes.toString('utf8', at + 46, at + 46 + (name ?? 0)), content.toString('utf8'));
    at += 46 + (name ?? 0) + (extra ?? 0) + (comment ?? 0);
  }
  return files;
}
