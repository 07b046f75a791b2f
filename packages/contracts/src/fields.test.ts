import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toFactor, toMoney, toQuantity } from './decimal-text.ts';
import {
  area,
  civilDate,
  factor,
  firstOfMonth,
  freeText,
  likelihood,
  money,
  quantity,
  slug,
  timestamp,
  uri,
  uriReference,
} from './fields.ts';

const text = freeText(1, 4);

describe('a value is taken or refused', () => {
  const takes = {
    money,
    quantity,
    factor,
    civilDate,
    firstOfMonth,
    timestamp,
    uriReference,
    uri,
    slug,
    area,
    likelihood,
    text,
  };

  it.each<[keyof typeof takes, unknown[]]>([
    [
      'money',
      ['0', '0.00', '1250', '1250.5', '99999999.99', 0, 1250, 1250.5, 64.1, 0.07, 99_999_999.99, 1e3],
    ],
    ['quantity', ['26', '0.5', '0.0001', '999999.9999', 26, 0.5, 0.0001, 1.1, 999_999.9999]],
    ['factor', ['0', '1', '0.9', '0.90', '0.8765', '1.0000']],
    ['civilDate', ['2021-03-17', '2020-02-29', '2000-02-29', '0001-01-01', '9999-12-31']],
    ['firstOfMonth', ['2021-03-01', '2020-12-01']],
    [
      'timestamp',
      ['2021-03-18T09:12:44Z', '2021-03-18t09:12:44.1z', '2021-03-18T09:12:44+14:00', '2016-12-31T23:59:60Z'],
    ],
    [
      'uriReference',
      [
        'urn:nld:oin:00000001001234567000',
        'https://a.nl/b?c=d#e',
        '/a/b',
        'a',
        '#f',
        '//[::1]:80/x',
        'a%20b',
        'http://u@[::1]/?a?b',
      ],
    ],
    ['uri', ['urn:a:b', 'https://a.nl/', 'https://[2001:db8::1]/x']],
    ['slug', ['a', 'a-b', '0', 'a'.repeat(64)]],
    ['area', ['WK039401', 'BU03940101']],
    ['likelihood', ['certain', 'probable', 'possible', 0, 35, 100]],
    ['text', ['a', '😀😀😀😀', 'é ë ']],
  ])('%s takes %j', (name, values) => {
    for (const value of values) expect([value, takes[name].safeParse(value).success]).toEqual([value, true]);
  });

  it.each<[keyof typeof takes, unknown[]]>([
    [
      'money',
      [
        '',
        '-1',
        '+1',
        '01.5',
        ' 1',
        '1 ',
        '1.',
        '.5',
        '1,50',
        '1e3',
        '1.005',
        '100000000',
        -0.01,
        1.005,
        1e8,
        NaN,
        true,
        null,
        '１',
      ],
    ],
    ['quantity', ['0', '0.0', '0.0000', '-1', '1000000', '1.00001', 0, -1, 1.00001, 1_000_000, '1_000']],
    ['factor', [0.9, '1.0001', '2', '0.90000', '.9', '-0.1', '1e-1']],
    [
      'civilDate',
      [
        '2021-02-29',
        '1900-02-29',
        '2021-13-01',
        '2021-04-31',
        '0000-01-01',
        '2021-3-17',
        '17-03-2021',
        '2021-03-17T00:00:00Z',
        20210317,
      ],
    ],
    ['firstOfMonth', ['2021-03-02', '2021-13-01', '2021-03']],
    [
      'timestamp',
      [
        '2021-03-18 09:12:44Z',
        '2021-03-18T09:12:44',
        '2021-03-18T24:00:00Z',
        '2021-02-29T00:00:00Z',
        '2021-03-18T09:12Z',
        '2021-03-18T09:12:44+24:00',
        '2021-03-18T09:12:61Z',
      ],
    ],
    [
      'uriReference',
      [
        '',
        'a b',
        'http://a b',
        '%',
        '%2',
        'a%zz',
        '<a>',
        'é',
        ':a',
        '1:a',
        'a#b#c',
        'http://[x]/',
        'a'.repeat(513),
        'a\n',
      ],
    ],
    ['uri', ['', '/a', 'a', '#a', 'urn:a b']],
    ['slug', ['', 'A', 'a--b', '-a', 'a-', 'a_b', 'é', 'a'.repeat(65)]],
    ['area', ['WK03940', 'BU039401', 'wk039401', 'GM0394']],
    ['likelihood', ['sure', '70', -1, 101, 50.5]],
    ['text', ['', 'abcde', 'a\u0000', 'a\n', '\u007f', '\u0085', '\ud800', '\ufdd0', '\uffff', 1]],
  ])('%s refuses %j', (name, values) => {
    for (const value of values) expect([value, takes[name].safeParse(value).success]).toEqual([value, false]);
  });

  it('dates are those of the calendar', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9999 }), fc.nat(13), fc.nat(32), (year, month, day) => {
        const date = [
          String(year).padStart(4, '0'),
          String(month).padStart(2, '0'),
          String(day).padStart(2, '0'),
        ];
        const parsed = new Date(`${date.join('-')}T00:00:00Z`);
        const exists = !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(date.join('-'));
        expect(civilDate.safeParse(date.join('-')).success).toBe(exists);
      }),
    );
  });
});

describe('decimal texts', () => {
  it('are written in one way', () => {
    expect(['0', '1250', '1250.5', '1250.50', 1250, 1250.5, 0.07, 0].map(toMoney)).toEqual([
      '0.00',
      '1250.00',
      '1250.50',
      '1250.50',
      '1250.00',
      '1250.50',
      '0.07',
      '0.00',
    ]);
    expect(['26', '26.00', '0.5000', '100', 26, 0.0001].map(toQuantity)).toEqual([
      '26',
      '26',
      '0.5',
      '100',
      '26',
      '0.0001',
    ]);
    expect(['0', '1', '0.9', '0.8765', '1.0'].map(toFactor)).toEqual([
      '0.0000',
      '1.0000',
      '0.9000',
      '0.8765',
      '1.0000',
    ]);
  });

  it('hold any amount exactly, as a string and as a number', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9_999_999_999 }), (cents) => {
        const amount = `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
        expect(money.safeParse(amount).success).toBe(true);
        expect(money.safeParse(Number(amount)).success).toBe(true);
        expect(toMoney(amount)).toBe(amount);
        expect(toMoney(Number(amount))).toBe(amount);
      }),
    );
  });

  it('hold any quantity exactly, as a string and as a number', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9_999_999_999 }), (parts) => {
        const amount = `${Math.floor(parts / 10_000)}.${String(parts % 10_000).padStart(4, '0')}`;
        expect(quantity.safeParse(Number(amount)).success).toBe(true);
        expect(toQuantity(Number(amount))).toBe(toQuantity(amount));
      }),
    );
  });
});
