/** Reads back the text of PDFs that Chromium prints; only as much of the format as it uses. */
import { inflateSync } from 'node:zlib';

interface PdfObject {
  dictionary: string;
  stream: string;
}

/** All text in the order in which it is drawn; white space of every kind is one space. */
export function pdfText(bytes: Buffer): string {
  const objects = objectsOf(bytes.toString('latin1'));
  const fonts = new Map<string, ReadonlyMap<string, string>>();
  for (const [number, { dictionary }] of objects) {
    const toUnicode = /\/ToUnicode (\d+) 0 R/.exec(dictionary)?.[1];
    // Skia names a font by the number of its object.
    if (toUnicode !== undefined) fonts.set(`F${number}`, charactersOf(objects.get(toUnicode)?.stream ?? ''));
  }
  return [...objects.values()]
    .filter(({ stream }) => /\bBT\b/.test(stream))
    .map(({ stream }) => drawnIn(stream, fonts))
    .join(' ')
    .replace(/\s+/g, ' ');
}

function objectsOf(file: string): Map<string, PdfObject> {
  const objects = new Map<string, PdfObject>();
  for (const match of file.matchAll(/^(\d+) 0 obj\n/gm)) {
    const start = match.index + match[0].length;
    const end = file.indexOf('endobj', start);
    const body = file.slice(start, end);
    const at = /stream\r?\n/.exec(body);
    const dictionary = at === null ? body : body.slice(0, at.index);
    const length = Number(/\/Length (\d+)/.exec(dictionary)?.[1] ?? 0);
    const from = start + (at === null ? 0 : at.index + at[0].length);
    const raw = at === null ? '' : file.slice(from, from + length);
    objects.set(match[1] ?? '', { dictionary, stream: unpacked(dictionary, raw) });
  }
  return objects;
}

function unpacked(dictionary: string, raw: string): string {
  if (!dictionary.includes('FlateDecode')) return raw;
  try {
    return inflateSync(Buffer.from(raw, 'latin1')).toString('latin1');
  } catch {
    return '';
  }
}

/** Glyphs, four hexadecimal digits, as characters. */
function charactersOf(map: string): Map<string, string> {
  const characters = new Map<string, string>();
  const hex = '<([0-9A-Fa-f]+)>';
  for (const [, section = ''] of map.matchAll(/beginbfchar(.*?)endbfchar/gs))
    for (const [, glyph = '', text = ''] of section.matchAll(new RegExp(`${hex}\\s*${hex}`, 'g')))
      characters.set(glyph.toUpperCase(), utf16(text));
  for (const [, section = ''] of map.matchAll(/beginbfrange(.*?)endbfrange/gs))
    for (const [, first = '', last = '', text = ''] of section.matchAll(
      new RegExp(`${hex}\\s*${hex}\\s*${hex}`, 'g'),
    ))
      for (let glyph = Number.parseInt(first, 16); glyph <= Number.parseInt(last, 16); glyph++)
        characters.set(
          glyph.toString(16).toUpperCase().padStart(4, '0'),
          String.fromCodePoint(Number.parseInt(text, 16) + glyph - Number.parseInt(first, 16)),
        );
  return characters;
}

function utf16(hex: string): string {
  return Buffer.from(hex, 'hex').swap16().toString('utf16le');
}

function drawnIn(stream: string, fonts: ReadonlyMap<string, ReadonlyMap<string, string>>): string {
  let font: ReadonlyMap<string, string> = new Map();
  let text = '';
  for (const [token, name, hex] of stream.matchAll(/\/(F\d+) [\d.]+ Tf|<([0-9A-Fa-f]+)>|\bET\b/g)) {
    if (name !== undefined) font = fonts.get(name) ?? new Map();
    else if (hex !== undefined)
      text += (hex.match(/.{4}/g) ?? []).map((glyph) => font.get(glyph.toUpperCase()) ?? '').join('');
    else if (token === 'ET') text += ' ';
  }
  return text;
}
