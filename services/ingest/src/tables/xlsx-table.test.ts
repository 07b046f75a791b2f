import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { crc32, deflateRawSync } from 'node:zlib';
import type { TableHints } from '@effectstroom/contracts';
import { writeXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTable } from './open-table.ts';
import { type SourceRow, TABLE_LIMITS } from './table.ts';
import { tableKindOf } from './table-kind.ts';

let folder: string;
let files = 0;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'effectstroom-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function fileOf(content: Uint8Array): string {
  const file = join(folder, `table-${files++}.xlsx`);
  writeFileSync(file, content);
  return file;
}

async function read(content: Uint8Array, hints: TableHints = {}) {
  const file = fileOf(content);
  const { rows, ...table } = await openTable(file, await tableKindOf(file), hints);
  const all: SourceRow[] = [];
  for await (const batch of rows) all.push(...batch);
  return { ...table, rows: all };
}

function faultOf(content: Uint8Array, hints: TableHints = {}): Promise<string> {
  return read(content, hints).then(
    () => 'none',
    (error) => error.code,
  );
}

/** A ZIP file with these parts, deflated; `unpacked` is what it says that a part will be. */
function zip(parts: Record<string, string | Buffer>, unpacked: Record<string, number> = {}): Buffer {
  const chunks: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [name, content] of Object.entries(parts)) {
    const data = Buffer.from(content);
    const packed = deflateRawSync(data);
    const header = Buffer.alloc(26);
    header.writeUInt16LE(20, 0);
    header.writeUInt16LE(8, 4);
    header.writeUInt32LE(crc32(data), 10);
    header.writeUInt32LE(packed.length, 14);
    header.writeUInt32LE(unpacked[name] ?? data.length, 18);
    header.writeUInt16LE(name.length, 22);
    const local = [Buffer.from('PK\x03\x04', 'latin1'), header, Buffer.from(name), packed];
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(at, 10);
    directory.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), header, tail, Buffer.from(name));
    chunks.push(...local);
    at += local.reduce((sum, one) => sum + one.length, 0);
  }
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(Object.keys(parts).length, 8);
  end.writeUInt16LE(Object.keys(parts).length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...chunks, ...directory, end]);
}

const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';

function relations(targets: Record<string, string>): string {
  const all = Object.entries(targets).map(([type, target], i) => {
    return `<Relationship Id="rId${i}" Type="${OFFICE}/${type}" Target="${target}"/>`;
  });
  return `<Relationships xmlns="${PACKAGE}/relationships">${all.join('')}</Relationships>`;
}

/** A workbook as some program may write it: a prefix, targets from the root, cells without places. */
function oddWorkbook(rows: string): Record<string, string> {
  const sheet = '<x:sheet name="Export 1" sheetId="1" r:id="rId0"/>';
  const worksheet = '/xl/worksheets/blad-a.xml';
  return {
    '[Content_Types].xml': `<Types xmlns="${PACKAGE}/content-types"/>`,
    '_rels/.rels': relations({ officeDocument: '/xl/workbook.xml' }),
    'xl/workbook.xml': `<x:workbook xmlns:x="m" xmlns:r="r"><x:sheets>${sheet}</x:sheets></x:workbook>`,
    'xl/_rels/workbook.xml.rels': relations({ worksheet, sharedStrings: '/xl/sharedStrings.xml' }),
    'xl/worksheets/blad-a.xml': `<x:worksheet xmlns:x="m"><x:sheetData>${rows}</x:sheetData></x:worksheet>`,
  };
}
const text = (value: string) => `<x:c t="inlineStr"><x:is><x:t>${value}</x:t></x:is></x:c>`;

describe('an XLSX file', () => {
  it('gives texts, numbers and dates as they stand there', async () => {
    const content = await writeXlsx({
      sheets: [
        { name: 'Leeg', rows: [] },
        {
          name: 'Export',
          rows: [
            ['Titel'],
            [],
            ['Dossier', 'Datum', 'Bedrag', 'Ja', 'Opmerking'],
            ['a', new Date(Date.UTC(2021, 2, 17)), 64.1 * 3, true, null],
            [],
            [12, new Date(Date.UTC(2021, 2, 17, 9, 12, 44)), 0, false, 'x'],
          ],
        },
      ],
    });
    expect(await read(content)).toEqual({
      columns: ['Dossier', 'Datum', 'Bedrag', 'Ja', 'Opmerking'],
      headerRow: 3,
      sheet: 'Export',
      rows: [
        { row: 4, cells: ['a', { date: '2021-03-17' }, 64.1 * 3, 'true'] },
        { row: 6, cells: [12, { date: '2021-03-17T09:12:44' }, 0, 'false', 'x'] },
      ],
    });
  });

  it('is read by the name of its sheet', async () => {
    const sheets = ['Een', 'Twee'].map((name) => ({ name, rows: [['Dossier'], [name]] }));
    const content = await writeXlsx({ sheets });
    expect((await read(content, { sheet: ' twee ' })).rows[0]?.cells).toEqual(['Twee']);
    expect(await faultOf(content, { sheet: 'Drie' })).toBe('unknown-sheet');
  });

  it('is read as other programs write it', async () => {
    const headers = `<x:row>${text('Dossier')}${text('Datum')}</x:row>`;
    const formula = '<x:c><x:f>1+1</x:f><x:v>2</x:v></x:c>';
    const rows = `${headers}<x:row>${text('a&amp;b')}${formula}</x:row>`;
    const error = '<x:row r="9"><x:c r="B9" t="e"><x:v>#N/A</x:v></x:c></x:row>';
    expect(await read(zip(oddWorkbook(rows + error)), { sheet: 'Export 1' })).toMatchObject({
      columns: ['Dossier', 'Datum'],
      rows: [
        { row: 2, cells: ['a&b', 2] },
        { row: 9, cells: ['', '#N/A'] },
      ],
    });
  });

  it('is read at the pace of who takes its rows', async () => {
    const rows = Array.from({ length: 30_000 }, (_, i) => [`dossier ${i}`, i]);
    const file = fileOf(
      await writeXlsx({ sheets: [{ name: 'Export', rows: [['Dossier', 'Aantal'], ...rows] }] }),
    );
    const table = await openTable(file, 'xlsx');
    let last = 1;
    for await (const batch of table.rows) {
      expect(batch[0]?.row).toBe(last + 1);
      last = batch.at(-1)?.row ?? 0;
      for (let turns = 0; turns < 100; turns++) await turn();
    }
    expect(last).toBe(30_001);
  });

  it('can be left halfway', async () => {
    const rows = Array.from({ length: 30_000 }, (_, i) => [`dossier ${i}`, i]);
    const file = fileOf(
      await writeXlsx({ sheets: [{ name: 'Export', rows: [['Dossier', 'Aantal'], ...rows] }] }),
    );
    for await (const batch of (await openTable(file, 'xlsx')).rows) {
      expect(batch).not.toHaveLength(0);
      break;
    }
  });

  it('is refused where it is no workbook', async () => {
    const whole = Buffer.from(await writeXlsx({ sheets: [{ name: 'A', rows: [['Dossier'], ['1']] }] }));
    expect(await faultOf(whole.subarray(0, whole.length / 2))).toBe('not-well-formed');
    expect(await faultOf(zip({ 'readme.txt': 'geen werkmap' }))).toBe('not-well-formed');
    expect(await faultOf(zip(oddWorkbook('')))).toBe('no-rows');
    expect(await faultOf(zip(oddWorkbook(`<x:row>${text('Dossier')}`)))).not.toBe('none');
  });

  it('is refused where unpacking it would fill memory', async () => {
    const parts = oddWorkbook(`<x:row>${text('Dossier')}</x:row>`);
    const huge = { ...parts, 'xl/sharedStrings.xml': Buffer.alloc(TABLE_LIMITS.partBytes + 1, 32) };
    expect(await faultOf(zip(huge))).toBe('too-large');
    // What says that it is small is cut off where it is not.
    const cells = '<x:c><x:v>1</x:v></x:c>'.repeat(100_000);
    const lying = zip(oddWorkbook(`<x:row>${text('Dossier')}</x:row><x:row>${cells}</x:row>`), {
      'xl/worksheets/blad-a.xml': 1000,
    });
    expect(await faultOf(lying)).toBe('not-well-formed');
  });

  it('is refused where what it holds outgrows the memory that it gets', { timeout: 120_000 }, async () => {
    const bomb = zip({
      ...oddWorkbook(`<x:row>${text('Dossier')}</x:row>`),
      'xl/sharedStrings.xml': `<sst>${'<si><t>a</t></si>'.repeat(6_000_000)}</sst>`,
    });
    expect(bomb.length).toBeLessThan(1024 * 1024);
    expect(await faultOf(bomb)).toBe('too-large');
  });
});
