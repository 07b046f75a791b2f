import { CASE_TYPES, checkCaseEvent, checkMapping } from '@effectstroom/contracts';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compileMapping, headersOf } from '../../services/ingest/src/records/compile-mapping.ts';
import { converterOf } from '../../services/ingest/src/records/convert-cell.ts';
import { keyOf } from '../../services/ingest/src/records/key-of.ts';
import { proposeMapping } from '../../services/ingest/src/records/propose-mapping.ts';
import { readCase } from '../../services/ingest/src/records/read-case.ts';
import type { Cell } from '../../services/ingest/src/tables/table.ts';
import { readMapping } from './exports/exports.ts';

/** Cells as people and programs leave them, and worse. */
const cell: fc.Arbitrary<Cell> = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    'Ja',
    'Zeker',
    'Thema 3.2',
    '17-3-2021',
    '€ 1.250,-',
    '70%',
    '#N/A',
    '1.250',
    'D-21-1',
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.double(),
  fc.integer().map(String),
  fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('2100-01-01') }).map((date) => ({
    date: date.toISOString().slice(0, 19),
  })),
);

const twoDecimals = fc.integer({ min: 0, max: 9_999_999_999 }).map((cents) => ({
  written: (cents / 100).toLocaleString('nl-NL', {
    minimumFractionDigits: 2,
    style: 'currency',
    currency: 'EUR',
  }),
  number: cents / 100,
  cents,
}));

it('an amount is exact, whether a text or a number of a workbook', () => {
  const convert = converterOf('money', ',');
  fc.assert(
    fc.property(twoDecimals, ({ written, number, cents }) => {
      for (const one of [convert(written), convert(number)]) {
        const [whole = '', decimals = ''] = String(one).split('.');
        expect(BigInt(whole) * 100n + BigInt(decimals.padEnd(2, '0'))).toBe(BigInt(cents));
      }
    }),
  );
});

it('a date is the same however it is written', () => {
  const convert = converterOf('date', undefined);
  const day = fc.date({ noInvalidDate: true, min: new Date('1900-01-01'), max: new Date('2099-12-31') });
  fc.assert(
    fc.property(day, (date) => {
      const iso = date.toISOString().slice(0, 10);
      const [year = '', month = '', dayOfMonth = ''] = iso.split('-');
      const long = date.toLocaleDateString('nl-NL', { dateStyle: 'long', timeZone: 'UTC' });
      const full = date.toLocaleDateString('nl-NL', { dateStyle: 'full', timeZone: 'UTC' });
      const short = `${Number(dayOfMonth)}-${Number(month)}-${year}`;
      for (const written of [
        iso,
        short,
        `${dayOfMonth}/${month}/${year} 23:59`,
        long,
        full,
        `${iso}T12:00:00Z`,
      ]) {
        expect(convert(written)).toBe(iso);
      }
    }),
  );
});

it('whatever stands in the cells gives a draft or faults that do not repeat it', () => {
  const mappings = (['regix', 'buurtlog', 'sociodesk'] as const).map(readMapping);
  const compiled = mappings.map((mapping) => {
    const one = compileMapping(mapping, headersOf(mapping)).compiled;
    if (one === undefined) throw new Error('the mapping has its columns');
    return one;
  });
  const marker = 'geheim';
  fc.assert(
    fc.property(
      fc.constantFrom(...compiled),
      fc.array(fc.array(cell, { minLength: 30, maxLength: 30 }), { minLength: 1, maxLength: 3 }),
      fc.nat(29),
      (mapping, cells, marked) => {
        const rows = cells.map((row, i) => ({
          row: i + 1,
          cells: row
            .slice(0, mapping.columns.length)
            .map((one, column) => (column === marked ? marker : one)),
        }));
        const { draft, faults = [] } = readCase(mapping, rows);
        for (const row of rows) faults.push(...(keyOf(mapping, row).faults ?? []));
        expect(JSON.stringify(faults)).not.toContain(marker);
        expect(draft !== undefined || faults.length > 0).toBe(true);
        if (draft === undefined) return;
        const attributes = { specversion: '1.0', id: 'x', source: 'urn:x', time: '2022-01-10T09:00:00Z' };
        const event = { ...attributes, type: draft.type, data: { revision: 1, ...draft.data } };
        const checked = checkCaseEvent(event, { today: '2022-01-10', lookForBsn: true });
        for (const { pointer } of checked.faults ?? []) {
          // Every place in a draft has a cell, but for what the mapping does not fill.
          if (pointer.startsWith('/data/avoided/')) expect(draft.originOf(pointer)).toBeDefined();
        }
        expect(Object.values(CASE_TYPES)).toContain(draft.type);
      },
    ),
    { numRuns: 2_000 },
  );
});

it('whatever the headers and cells are, a proposal is a mapping but for what it asks', () => {
  const header = fc.oneof(
    fc.constantFrom(
      'Dossiernummer',
      'Datum',
      'Thema',
      'Doel',
      'Dienst 1',
      'Kans 1',
      'Aantal 2',
      'Bedrag',
      'Status',
    ),
    fc.string({ unit: 'binary', maxLength: 20 }),
  );
  const given = { municipality: 'GM0394', organisation: 'meerwaarde', source: 'urn:nld:kvknr:90000001' };
  fc.assert(
    fc.property(
      fc.uniqueArray(header, { minLength: 1, maxLength: 12 }),
      fc.array(fc.array(cell, { minLength: 12, maxLength: 12 }), { maxLength: 20 }),
      (columns, cells) => {
        const rows = cells.map((row, i) => ({ row: i + 2, cells: row.slice(0, columns.length) }));
        const { mapping, questions } = proposeMapping(columns, rows, given);
        const { faults = [] } = checkMapping('voorstel', mapping);
        const asked = faults.filter(({ code }) => code === 'required');
        expect(asked.length === 0 || questions.length > 0).toBe(true);
        expect(faults.filter(({ code }) => code !== 'required')).toEqual([]);
      },
    ),
    { numRuns: 1_000 },
  );
});
