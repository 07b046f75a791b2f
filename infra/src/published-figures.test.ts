import type { Savings } from '@effectstroom/contracts';
import { expect, test } from 'vitest';
import { computeFigure, type PublishedRow, type PublishedTable } from './published-figures.ts';
import { compare, tableLines } from './replay-table.ts';

const amounts = (oneOff: string, yearly: string, following: string[] = [], total = '0.00') => ({
  oneOff,
  yearlyFirstYear: yearly,
  followingYears: following,
  total,
});

function figures(gross: ReturnType<typeof amounts>, represented: number): Savings['total'] {
  const nothing = amounts('0.00', '0.00');
  const range = { low: '0.00', high: '0.00', return: { low: null, high: null } };
  return {
    cases: { registered: 0, assessed: 0, represented },
    gross,
    corrected: nothing,
    counted: { gross: '0.00', corrected: '0.00' },
    municipal: { gross: '0.00', corrected: '0.00', return: null },
    cost: null,
    budget: null,
    return: null,
    returnBasis: null,
    estimated: { gross: '0.00', corrected: '0.00' },
    net: { society: null, municipality: null },
    range: { ...range, municipal: range },
    breakEven: { society: null, municipality: null },
    sampling: null,
  };
}

const answer: Savings = {
  basis: {
    municipality: 'GM0394',
    organisation: 'meerwaarde',
    programme: 'main',
    from: '2021-01-01',
    to: '2021-12-31',
    view: 'cohort',
    groupBy: ['costBearer'],
    asOf: null,
    followingYears: 2,
    complete: true,
    missing: [],
  },
  rows: [
    { costBearer: 'a', ...figures(amounts('10.00', '0.50', ['9007199254740993.50']), 3) },
    { costBearer: 'b', ...figures(amounts('20.25', '0.25'), 4) },
  ],
  total: figures(amounts('30.25', '0.75'), 7),
};

function computed(row: Partial<PublishedRow>, unit: PublishedTable['unit'] = 'euro'): string | undefined {
  const whole: PublishedRow = { label: '', figure: ['gross.oneOff'], published: '', ...row };
  return computeFigure(whole, { title: '', groupBy: 'costBearer', unit, rows: [whole] }, answer);
}

const firstYear = ['gross.oneOff', 'gross.yearlyFirstYear'];

test('figures are added up exactly and rounded once, half away from zero', () => {
  expect(computed({ figure: firstYear })).toBe('31');
  expect(computed({ groups: ['a'], figure: firstYear })).toBe('11');
  expect(computed({ groups: ['b'], figure: firstYear })).toBe('21');
  expect(computed({ groups: ['a'], figure: ['gross.followingYears.0'] })).toBe('9007199254740994');
});

test('a table that was rounded line by line adds up to another total', () => {
  expect(computed({ groups: ['a', 'b'], figure: firstYear })).toBe('31');
  expect(computed({ groups: ['a', 'b'], figure: firstYear, rounding: 'sum-of-rounded' })).toBe('32');
});

test('percentages are of the total, rounded or cut off', () => {
  expect(computed({ groups: ['a'], figure: firstYear, of: firstYear }, 'percent')).toBe('34');
  expect(computed({ groups: ['b'], figure: firstYear, of: firstYear }, 'percent')).toBe('66');
  const yearly: Partial<PublishedRow> = { figure: ['gross.oneOff'], of: firstYear, rounding: 'truncated' };
  expect(computed(yearly, 'percent')).toBe('97');
});

test('cases are counted', () => {
  expect(computed({ figure: ['cases.represented'] }, 'cases')).toBe('7');
});

test('what the answer lacks is not taken for zero', () => {
  expect(computed({ groups: ['c'] })).toBeUndefined();
  expect(computed({ figure: ['gross.followingYears.0'] })).toBeUndefined();
  expect(computed({ figure: ['budget'] })).toBeUndefined();
});

test('a table shows both figures and whether they are equal', () => {
  const rows = [
    { label: 'Eenmalig', figure: ['gross.oneOff'], published: '30' },
    { label: 'Onbekend', groups: ['c'], figure: ['gross.oneOff'], published: '1234567' },
  ];
  const compared = compare({ title: 'Besparingen', groupBy: 'costBearer', unit: 'euro', rows }, answer);
  expect(compared.rows.map((row) => row.matches)).toEqual([true, false]);
  expect(tableLines(compared)).toEqual([
    'Besparingen',
    '            gepubliceerd  berekend',
    '  Eenmalig          € 30      € 30  ✔',
    '  Onbekend   € 1.234.567         –  ✘',
  ]);
});
