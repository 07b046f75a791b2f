import { CASE_TYPES, checkMapping } from '@effectstroom/contracts';
import { describe, expect, it } from 'vitest';
import type { Cell, SourceRow } from '../tables/table.ts';
import { type CompiledMapping, compileMapping } from './compile-mapping.ts';
import { keyOf } from './key-of.ts';
import { readCase } from './read-case.ts';

type Members = Record<string, unknown>;

const levels = { Zeker: 'certain', Misschien: 'possible' };
const line = {
  service: { column: 'Dienst' },
  quantity: { column: 'Aantal' },
  amount: { column: 'Bedrag' },
  costBearer: { column: 'Houder' },
  likelihood: { column: 'Kans', values: levels, others: 'keep' },
};
const body = {
  ...{ name: 'Export', municipality: 'GM0394', organisation: 'meerwaarde', source: 'urn:nld:kvknr:90000001' },
  ...{ rows: 'line', table: { decimal: ',' } },
  case: {
    ...{ caseId: { column: 'Dossier' }, date: { column: 'Datum' }, goal: { column: 'Thema' } },
    theme: { column: ['Opgave', 'Thema'], values: { '3.2': '3' }, others: 'keep', default: '9' },
    cost: { column: 'Kosten' },
  },
  lines: [line],
};
const COLUMNS = [
  'Dossier',
  'Datum',
  'Thema',
  'Kosten',
  'Dienst',
  'Aantal',
  'Bedrag',
  'Houder',
  'Kans',
  'Status',
];

function compiled(change: Members = {}, columns: readonly string[] = COLUMNS): CompiledMapping {
  const { mapping, faults: wrong } = checkMapping('export', { ...body, ...change });
  if (mapping === undefined) throw new Error(JSON.stringify(wrong));
  const { compiled: one, faults } = compileMapping(mapping, columns);
  if (one === undefined) throw new Error(JSON.stringify(faults));
  return one;
}

function rowsOf(...rows: Partial<Record<string, Cell>>[]): SourceRow[] {
  return rows.map((cells, i) => ({ row: i + 2, cells: COLUMNS.map((column) => cells[column] ?? '') }));
}

/** The draft's type and data, or the faults as `cell code`. */
function read(mapping: CompiledMapping, ...rows: Partial<Record<string, Cell>>[]) {
  const { draft, faults = [] } = readCase(mapping, rowsOf(...rows));
  return draft === undefined
    ? faults.map(({ cell, code }) => `${cell} ${code}`)
    : { ...draft.data, type: draft.type };
}

const filled = {
  Dossier: 'd-1',
  Datum: '1-2-2021',
  Thema: '3.2',
  Dienst: 'hulp',
  Aantal: '2,5',
  Kans: 'zeker',
};
const identity = { municipality: 'GM0394', organisation: 'meerwaarde', programme: 'main', caseId: 'd-1' };
const said = { ...identity, date: '2021-02-01', theme: '3', goal: '3.2' };

describe('a case', () => {
  it('is read from its rows, in whatever order they stand', () => {
    const second = {
      ...filled,
      Dienst: '',
      Aantal: '',
      Bedrag: '12,50',
      Houder: 'politie',
      Kans: '40%',
      Kosten: '10',
    };
    const expected = {
      ...{ ...said, type: CASE_TYPES.assessed, cost: '10' },
      avoided: [
        { amount: '12.5', costBearer: 'politie', likelihood: 40 },
        { service: 'hulp', quantity: '2.5', likelihood: 'certain' },
      ],
    };
    for (const rows of [
      [filled, second],
      [second, filled],
    ]) {
      const draft = read(compiled(), ...rows);
      expect(draft).toMatchObject({ ...expected, avoided: expect.arrayContaining(expected.avoided) });
      expect(JSON.stringify(draft)).toBe(JSON.stringify(read(compiled(), ...[...rows].reverse())));
    }
  });

  it('is registered without a line, and has its defaults', () => {
    expect(read(compiled(), { ...filled, Dienst: '', Thema: '' })).toEqual({
      ...{ ...identity, date: '2021-02-01', theme: '9', type: CASE_TYPES.registered },
    });
  });

  it('is what its status says', () => {
    const type = {
      column: 'Status',
      values: { Vervallen: 'withdrawn', Open: 'registered', Klaar: 'assessed' },
    };
    const mapping = compiled({ type });
    expect(read(mapping, { ...filled, Datum: 'kapot', Kans: 'x', Status: 'vervallen' })).toEqual({
      ...{ ...identity, type: CASE_TYPES.withdrawn },
    });
    expect(read(mapping, { ...filled, Status: 'OPEN', Kosten: '1' })).toEqual({
      ...said,
      type: CASE_TYPES.registered,
    });
    expect(read(mapping, { ...filled, Status: 'Klaar', Dienst: '' })).toMatchObject({ avoided: [] });
    expect(read(mapping, { ...filled, Status: 'Weg' })).toEqual(['J2 unknown-value']);
    expect(read(mapping, filled)).toMatchObject({ type: CASE_TYPES.assessed });
  });

  it('names every cell that cannot be read, and never what stands there', () => {
    expect(read(compiled(), { ...filled, Datum: '31-2-2021', Kans: 'ja', Aantal: 'x' })).toEqual([
      'F2 format',
      'I2 unknown-value',
      'B2 format',
    ]);
    const { faults } = readCase(compiled(), rowsOf({ ...filled, Datum: 'geheim' }));
    expect(faults).toEqual([expect.objectContaining({ row: 2, cell: 'B2', column: 'Datum' })]);
    expect(JSON.stringify(faults)).not.toContain('geheim');
  });

  it('says the same in all its rows, or nothing', () => {
    expect(read(compiled(), { ...filled, Thema: '' }, filled)).toMatchObject({ goal: '3.2', theme: '3' });
    expect(read(compiled(), filled, { ...filled, Datum: '2-2-2021' })).toEqual(['B3 mismatch']);
  });

  it('stands in one row where a row is a case', () => {
    const mapping = compiled({ rows: 'case' });
    expect(read(mapping, filled, filled)).toMatchObject({ avoided: [{ service: 'hulp' }] });
    expect(read(mapping, filled, { ...filled, Aantal: '3' })).toEqual(['A3 mismatch']);
  });

  it('knows the cell that a place in the event came from', () => {
    const { draft } = readCase(compiled(), rowsOf({ ...filled, Dienst: '' }, filled));
    expect(draft?.originOf('/data/date')).toEqual({ row: 2, cell: 'B2', column: 'Datum' });
    expect(draft?.originOf('/data/avoided/0/quantity')).toEqual({ row: 3, cell: 'F3', column: 'Aantal' });
    expect(draft?.originOf('/data/avoided/0/amount')).toEqual({ row: 3, cell: 'G3', column: 'Bedrag' });
    expect(draft?.originOf('/data/avoided/0')).toEqual({ row: 3, cell: 'E3', column: 'Dienst' });
    expect(draft?.originOf('/data/cost')?.cell).toBe('D2');
    expect(draft?.originOf('/data/municipality')).toBeUndefined();
    expect(draft?.originOf('/id')).toBeUndefined();
  });
});

describe('lines beside each other', () => {
  it('are there where their service is', () => {
    const { amount, costBearer, ...ofService } = line;
    const second = { ...ofService, service: { column: 'Bedrag', values: { Geen: 'x' }, others: 'empty' } };
    const mapping = compiled({ lines: [ofService, second] });
    expect(read(mapping, { ...filled, Bedrag: 'Iets' })).toMatchObject({ avoided: [{ service: 'hulp' }] });
    expect(read(mapping, { ...filled, Bedrag: 'geen' })).toMatchObject({
      avoided: [{ service: 'hulp' }, { service: 'x' }],
    });
  });

  it('are there where their quantity is, with a column per service', () => {
    const lines = [{ service: { constant: 'hulp' }, quantity: { column: 'Aantal' } }];
    expect(read(compiled({ lines }), filled)).toMatchObject({
      avoided: [{ service: 'hulp', quantity: '2.5' }],
    });
    for (const Aantal of ['', '0', '0,0', 0]) {
      expect(read(compiled({ lines }), { ...filled, Aantal })).toMatchObject({ type: CASE_TYPES.registered });
    }
    expect(read(compiled({ lines }), { ...filled, Aantal: 'x' })).toEqual(['F2 format']);
  });
});

describe('the key of a row', () => {
  const mapping = compiled({ case: { ...body.case, revision: { column: 'Status' } } });
  const key = (cells: Partial<Record<string, Cell>>, extra: Cell[] = []) => {
    const [row = { row: 2, cells: [] }] = rowsOf(cells);
    const { faults, ...rest } = keyOf(mapping, { ...row, cells: [...row.cells, ...extra] });
    return faults?.map(({ cell, code }) => `${cell} ${code}`) ?? rest;
  };

  it('is its case, and its revision where the export has one', () => {
    expect(key({ Dossier: 'Z/21/3', Status: '4' })).toEqual({ caseId: 'Z:21:3', revision: 4 });
    expect(key({ Dossier: 7, Status: { date: '1970-01-02' } })).toEqual({
      caseId: '7',
      revision: 86_400_000,
    });
    expect(keyOf(compiled(), rowsOf({ Dossier: 'd-1' })[0] ?? { row: 1, cells: [] })).toEqual({
      caseId: 'd-1',
    });
  });

  it('is refused where it cannot be one', () => {
    expect(key({ Status: '4' })).toEqual(['A2 required']);
    expect(key({ Dossier: 'd-1' })).toEqual(['J2 required']);
    expect(key({ Dossier: 'a@b', Status: 'x' })).toEqual(['A2 format', 'J2 format']);
    expect(key({ Dossier: '123456782', Status: '1' })).toEqual(['A2 bsn']);
    expect(key({ Dossier: 'd-1', Status: '1' }, ['…'])).toEqual(['K2 too-many-cells']);
    expect(key({ Dossier: 'd-1', Status: '1' }, [''])).toEqual({ caseId: 'd-1', revision: 1 });
  });
});

it('all columns that are missing are named', () => {
  const { mapping } = checkMapping('export', body);
  if (mapping === undefined) throw new Error('the mapping is right');
  const { faults = [] } = compileMapping(mapping, [' DOSSIER ', 'Datum', 'Thema', 'Dienst']);
  expect(faults.map(({ pointer }) => pointer)).toEqual([
    '/case/cost/column',
    '/lines/0/quantity/column',
    '/lines/0/amount/column',
    '/lines/0/costBearer/column',
    '/lines/0/likelihood/column',
  ]);
});
