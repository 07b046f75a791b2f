import type { FieldKind } from '@effectstroom/contracts';
import { describe, expect, it } from 'vitest';
import type { Cell } from '../tables/table.ts';
import { Misfit } from './cell-fault.ts';
import { converterOf } from './convert-cell.ts';
import type { DecimalSign } from './decimal-cell.ts';

/** The value of a cell, or the code of why it has none. */
function read(kind: FieldKind, cell: Cell, decimal?: DecimalSign): string | number {
  const value = converterOf(kind, decimal)(cell);
  return value instanceof Misfit ? `! ${value.code}` : value;
}

describe('a date', () => {
  it.each<[Cell, string]>([
    ['17-3-2021', '2021-03-17'],
    ['17-03-2021', '2021-03-17'],
    ['17/3/21', '2021-03-17'],
    ['17.03.2021', '2021-03-17'],
    ['17 mrt 2021', '2021-03-17'],
    ['17 maart 2021', '2021-03-17'],
    ['wo 17-03-2021', '2021-03-17'],
    ['1 mei. 2021', '2021-05-01'],
    ['2021-03-17', '2021-03-17'],
    ['2021/3/17', '2021-03-17'],
    ['20210317', '2021-03-17'],
    [20_210_317, '2021-03-17'],
    [' 17-03-2021 09:12 ', '2021-03-17'],
    ['2021-03-17T09:12:44.123', '2021-03-17'],
    ['2021-03-17T23:30:00Z', '2021-03-18'],
    ['2021-07-17T23:30:00+02:00', '2021-07-17'],
    ['2021-07-17T00:30:00+0300', '2021-07-16'],
    [{ date: '2021-03-17' }, '2021-03-17'],
    [{ date: '2021-03-17T23:59:59' }, '2021-03-17'],
    ['29-2-2024', '2024-02-29'],
  ])('%j is %s', (cell, date) => {
    expect(read('date', cell)).toBe(date);
  });

  it.each<Cell>([
    '31-2-2021',
    '29-2-2021',
    '03/17/2021',
    '17-2021',
    '44272',
    44_272,
    'n.v.t.',
    '17-3-2021 25:00',
    '1-1-0021',
    '17-3/2021',
    '#N/A',
  ])('%j is none', (cell) => {
    expect(read('date', cell)).toMatch(/^! (?:format|cell-error)$/);
  });
});

describe('a revision', () => {
  it.each<[Cell, number | string]>([
    ['3', 3],
    [3, 3],
    ['20210317', 20_210_317],
    ['17-3-2021 09:12:44', Date.UTC(2021, 2, 17, 9, 12, 44)],
    ['2021-03-17T09:12:44.5+01:00', Date.UTC(2021, 2, 17, 8, 12, 44, 500)],
    [{ date: '2021-03-17T09:12:44' }, Date.UTC(2021, 2, 17, 9, 12, 44)],
    ['2.5', '! format'],
    [2.5, '! format'],
    [-1, '! format'],
    ['1-1-1969', '! format'],
    ['99999999999999999', '! format'],
  ])('%j is %j', (cell, revision) => {
    expect(read('revision', cell)).toBe(revision);
  });
});

describe('an amount', () => {
  it.each<[Cell, DecimalSign | undefined, string]>([
    ['1250', undefined, '1250'],
    ['1.250,50', undefined, '1250.5'],
    ['1,250.50', undefined, '1250.5'],
    ['€ 1.250,50', ',', '1250.5'],
    ['€\u00a01.250,-', ',', '1250'],
    ['1250,--', ',', '1250'],
    ['12,5 EUR', ',', '12.5'],
    ['EUR 12.5', '.', '12.5'],
    ['1 250,50', ',', '1250.5'],
    ["1'250.50", '.', '1250.5'],
    ['1.250', ',', '1250'],
    ['1.250', '.', '1.25'],
    ['1.250', undefined, '! ambiguous'],
    ['1,250', undefined, '! ambiguous'],
    ['0,250', undefined, '0.25'],
    ['1.234.567', undefined, '1234567'],
    ['1.250.000,00', undefined, '1250000'],
    ['12,50', undefined, '12.5'],
    ['12.50', undefined, '12.5'],
    ['12.50', ',', '! format'],
    ['12,500', ',', '12.5'],
    ['12,505', ',', '! not-exact'],
    ['1.25.0', ',', '! format'],
    ['0012,00', ',', '12'],
    ['-5,00', ',', '-5'],
    ['veel', undefined, '! format'],
    ['€', undefined, '! format'],
    [64.1 * 3, undefined, '192.3'],
    [0.1 + 0.2, undefined, '0.3'],
    [12.345, undefined, '! not-exact'],
    [1e21, undefined, '! format'],
    [1e-9, undefined, '! format'],
    [{ date: '2021-03-17' }, undefined, '! format'],
    ['#DEEL/0!', ',', '! cell-error'],
  ])('%j with %j is %s', (cell, decimal, amount) => {
    expect(read('money', cell, decimal)).toBe(amount);
  });

  it('of a quantity has up to four decimals', () => {
    expect(read('quantity', '0,1234', ',')).toBe('0.1234');
    expect(read('quantity', '0,12345', ',')).toBe('! not-exact');
  });
});

describe('a percentage, a level, a count', () => {
  it.each<[FieldKind, Cell, string | number]>([
    ['percentage', '70%', 70],
    ['percentage', '70,0 %', 70],
    ['percentage', 0.35, 35],
    ['percentage', 0.07, 7],
    ['percentage', 70, 70],
    ['percentage', 1, '! ambiguous'],
    ['percentage', '12,5%', '! format'],
    ['likelihood', 'Certain', 'certain'],
    ['likelihood', '35', 35],
    ['likelihood', 'Zeker', '! unknown-value'],
    ['count', '12', 12],
    ['count', '1.200', '! ambiguous'],
    ['count', 12, 12],
    ['count', '12,0', 12],
    ['count', '12,5', '! format'],
    ['choice', ' Yearly ', 'yearly'],
  ])('%s: %j is %j', (kind, cell, value) => {
    expect(read(kind, cell)).toBe(value);
  });
});

describe('a text', () => {
  it.each<[FieldKind, Cell, string]>([
    ['text', '  3.2 ', '3.2'],
    ['text', 3.2, '3.2'],
    ['text', { date: '2021-02-03' }, '! format'],
    ['identifier', ' Z/2021/12 b', 'Z:2021:12_b'],
    ['identifier', 210_001, '210001'],
    ['slug', 'Jongeren (12–18)', 'jongeren-12-18'],
    ['slug', 'Cliënt & Één', 'client-een'],
    ['slug', '---', '! format'],
  ])('%s: %j is %j', (kind, cell, value) => {
    expect(read(kind, cell)).toBe(value);
  });
});
