import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TableHints } from '@effectstroom/contracts';
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

function fileOf(content: string | Buffer): string {
  const file = join(folder, `table-${files++}.csv`);
  writeFileSync(file, content);
  return file;
}

async function read(content: string | Buffer, hints: TableHints = {}, expected: readonly string[] = []) {
  const file = fileOf(content);
  const { rows, ...table } = await openTable(file, await tableKindOf(file), hints, expected);
  const all: SourceRow[] = [];
  for await (const batch of rows) all.push(...batch);
  return { ...table, rows: all };
}

function faultOf(content: string | Buffer, hints: TableHints = {}): Promise<string> {
  return read(content, hints).then(
    () => 'none',
    (error) => error.code,
  );
}

describe('a CSV file', () => {
  it('is read with what is found out about it', async () => {
    expect(await read('Dossier;Datum;Bedrag\r\n1;2-3-2021;"1,50"\r\n')).toEqual({
      columns: ['Dossier', 'Datum', 'Bedrag'],
      headerRow: 1,
      delimiter: ';',
      encoding: 'utf-8',
      rows: [{ row: 2, cells: ['1', '2-3-2021', '1,50'] }],
    });
  });

  it.each([
    ['utf-8', Buffer.from('\uFEFFCliënt,Prijs\n€,é\n')],
    ['utf-8', Buffer.from('Cliënt,Prijs\n€,é\n')],
    ['windows-1252', Buffer.from('Cli\xebnt,Prijs\n\x80,\xe9\n', 'latin1')],
    ['utf-16le', Buffer.from('\uFEFFCliënt,Prijs\n€,é\n', 'utf16le')],
    ['utf-16le', Buffer.from('Cliënt,Prijs\n€,é\n', 'utf16le')],
    ['utf-16be', Buffer.from('\uFEFFCliënt,Prijs\n€,é\n', 'utf16le').swap16()],
  ])('is read as %s', async (encoding, content) => {
    const table = await read(content);
    expect(table).toMatchObject({ encoding, columns: ['Cliënt', 'Prijs'], rows: [{ cells: ['€', 'é'] }] });
  });

  it('is Windows-1252 also where the first other byte stands far from its start', async () => {
    const rows = 'gewoon;tekst\n'.repeat(200_000);
    expect(await read(Buffer.from(`a;b\n${rows}caf\xe9;x\n`, 'latin1'))).toMatchObject({
      encoding: 'windows-1252',
    });
    expect(await read(`a;b\n${'é€🙂;x\n'.repeat(200_000)}`)).toMatchObject({ encoding: 'utf-8' });
  });

  it.each([
    [',', 'a,b,c\n1;2,3,4\n'],
    [';', 'a;b;c\n1,5;2,5;3,5\n'],
    ['\t', 'a\tb\n1,5\t2;3\n'],
    ['|', 'a|b\n1|2\n'],
    [';', 'sep=;\na;b\n1,2,3;4\n'],
    [';', 'naam\nrij\n'],
    [';', 'a;b\n"1,2,3,4,5,6";2\n'],
  ])('has the delimiter %j', async (delimiter, content) => {
    expect(await read(content)).toMatchObject({ delimiter });
  });

  it('has its headers below titles, and rows as a spreadsheet numbers them', async () => {
    const titles = 'Overzicht 2021\nPeriode;1-1-2021;31-12-2021\n\n';
    const rows = '1;"twee\nregels";3\n;;\n\n4;5;6\n';
    expect(await read(`${titles}A;B;C\n${rows}`)).toMatchObject({
      headerRow: 4,
      rows: [
        { row: 5, cells: ['1', 'twee\nregels', '3'] },
        { row: 8, cells: ['4', '5', '6'] },
      ],
    });
  });

  it('has its headers where a mapping names them, or says the row', async () => {
    const content = 'uitleg;over;de;kolommen\nDossier;Datum;;\n1;2;3;4\n';
    expect((await read(content)).headerRow).toBe(1);
    expect((await read(content, {}, ['datum', 'DOSSIER', 'Bedrag'])).headerRow).toBe(2);
    expect((await read(content, { headerRow: 2 })).columns).toEqual(['Dossier', 'Datum']);
    expect(await faultOf(content, { headerRow: 7 })).toBe('no-header');
  });

  it('gives every column a name of its own', async () => {
    const { columns } = await read('Aantal;;Aantal; AANTAL ;Kans\n1;2;3;4;5\n', { headerRow: 1 });
    expect(columns).toEqual(['Aantal', 'Kolom B', 'Aantal (2)', 'AANTAL (3)', 'Kans']);
  });

  it('keeps one cell of what a row has too many', async () => {
    expect((await read('A;B\n1;2;;\n1;2;3;4\n1\n')).rows).toEqual([
      { row: 2, cells: ['1', '2'] },
      { row: 3, cells: ['1', '2', '…'] },
      { row: 4, cells: ['1'] },
    ]);
  });

  it('may have quotes inside its texts', async () => {
    expect((await read('A;B\n5" pijp;"zei ""ja"""\n')).rows[0]?.cells).toEqual(['5" pijp', 'zei "ja"']);
  });

  it('is refused where it is no table', async () => {
    expect(await faultOf('')).toBe('no-rows');
    expect(await faultOf('\n\n;;\n')).toBe('no-rows');
    expect(await faultOf('1;2;3\n4;5;6\n')).toBe('no-header');
    expect(await faultOf(Buffer.from('%PDF-1.7 …'))).toBe('not-a-table');
    expect(await faultOf(Buffer.from('d0cf11e0a1b11ae100', 'hex'))).toBe('encrypted-or-old');
    expect(await faultOf(Buffer.from([1, 0, 2, 3, 0, 0, 4, 0, 9]))).toBe('not-a-table');
  });

  it('is refused where a quote is not closed, before it fills memory', async () => {
    expect(await faultOf('A;B\n1;"open\n2;3\n')).toBe('quote');
    expect(await faultOf(`A;B\n1;"open\n${'2;3\n'.repeat(1_000_000)}`)).toBe('quote');
  });

  it('is refused beyond its limits', async () => {
    const wide = Array.from({ length: TABLE_LIMITS.columns + 1 }, (_, i) => `kolom ${i}`).join(';');
    expect(await faultOf(`${wide}\n`)).toBe('too-many-columns');
    const { rows } = await read(`A;B\n${'x'.repeat(20_000)};1\n`);
    expect(String(rows[0]?.cells[0])).toHaveLength(TABLE_LIMITS.cellLength);
  });

  it('can be left halfway', async () => {
    const file = fileOf(`A;B\n${'1;2\n'.repeat(100_000)}`);
    const { rows } = await openTable(file, 'csv');
    for await (const batch of rows) {
      expect(batch.length).toBeLessThanOrEqual(TABLE_LIMITS.batchRows);
      break;
    }
  });
});
