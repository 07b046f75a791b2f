/** Values, names and texts that programs trip over. */
import fc from 'fast-check';
import { PLACE } from './marker.ts';
import { PERSONAL } from './personal.ts';

const TEXTS = [
  ...[
    '',
    ' ',
    PLACE,
    `${PLACE} ${PLACE}`,
    'x',
    'X y',
    'a b',
    '\u0000',
    '\u0001',
    '\u007f',
    '\r\n',
    '\t',
    '\\',
    '"',
  ],
  ...[
    '\ud800',
    '\udc00x',
    '\uffff',
    '\ufeff',
    '\u202e',
    'é',
    'e\u0301',
    '😀',
    'ﬀ',
    '\u00a0',
    '\u2028',
    '＠',
    '１２３',
  ],
  ...[
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'null',
    'undefined',
    'NaN',
    'true',
    '[object Object]',
  ],
  ...[
    "'; drop table event; --",
    '<script>alert(1)</script>',
    '../../etc/passwd',
    '%00',
    '%zz',
    '%25',
    '#{7*7}',
    '{{x}}',
  ],
  ...[
    '0',
    '-0',
    '-1',
    '+1',
    '01',
    '.5',
    '1.',
    '1e3',
    '1,00',
    '1.00',
    '1.005',
    '99999999.99',
    '100000000.00',
    '12.50',
  ],
  ...['2021-02-29', '2021-03-17', '2020-02-29', '0000-01-01', '9999-12-31', '17-03-2021', '2021-3-1'],
  ...['2021-03-18T09:12:44Z', '2021-03-18t09:12:44.000z', '2016-12-31T23:59:60Z', '2021-03-18T09:12:60Z'],
  ...[
    '0001-01-01T00:00:00+23:59',
    '9999-12-31T23:59:59-23:59',
    '2021-03-18T24:00:00Z',
    '2021-03-18T09:12:44',
  ],
  ...[
    'GM0394',
    'GM12',
    'gm0394',
    'WK039401',
    'BU03940101',
    'certain',
    'probable',
    'yearly',
    'one-off',
    'error',
    'cash',
  ],
  ...[
    'urn:a',
    'a b',
    ':a',
    '//a/b',
    'https://user@h/',
    'urn:nld:oin:00000001823288444000:systeem:x',
    '#',
    '?',
    '%',
  ],
  ...[
    '1.0',
    '0.3',
    'application/json',
    'application/json; charset=utf-8',
    'text/xml',
    'begeleiding-individueel',
  ],
  ...[
    'nl.effectstroom.case.registered',
    'nl.effectstroom.case.assessed',
    'nl.effectstroom.case.withdrawn',
    'nl.x',
  ],
  ...['*', 'preventiecalculator', 'sroi', 'monthly', 'dismiss', 'case', 'line', 'consent', 'participation'],
  ...PERSONAL,
];

/** Near every limit of a length. */
const LENGTHS = [16, 17, 63, 64, 65, 128, 129, 200, 201, 256, 257, 512, 513, 1000, 1001, 1024, 1025, 66_000];

export const text: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...TEXTS) },
  { weight: 2, arbitrary: fc.constantFrom(...LENGTHS).map((length) => 'x'.repeat(length)) },
  { weight: 1, arbitrary: fc.constantFrom(...LENGTHS).map((length) => '😀'.repeat(length)) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
  { weight: 1, arbitrary: fc.string({ maxLength: 20 }).map((some) => `${some}${PLACE}`) },
);

const number: fc.Arbitrary<number> = fc.oneof(
  fc.constantFrom(
    0,
    -0,
    1,
    -1,
    2,
    35,
    70,
    100,
    101,
    0.5,
    0.01,
    0.001,
    1.005,
    12.5,
    40,
    41,
    50,
    51,
    100_000,
    100_001,
  ),
  fc.constantFrom(
    2 ** 31,
    2 ** 31 - 1,
    -(2 ** 31) - 1,
    2 ** 53 - 1,
    2 ** 53,
    1e16,
    1e21,
    1e308,
    5e-324,
    99_999_999.99,
  ),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
);

/** Names of members: those of prototypes, those of other places, and those that an answer must not repeat. */
export const memberName: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    ...[
      '__proto__',
      'constructor',
      'prototype',
      'toString',
      'valueOf',
      'hasOwnProperty',
      'then',
      'toJSON',
      'length',
    ],
    ...[
      '',
      ' ',
      'a/b',
      'a~b',
      '~1',
      '0',
      '-1',
      'é',
      '😀',
      'data_base64',
      'Id',
      'ID',
      'note',
      'trace-id',
      'a'.repeat(65),
    ],
    ...[
      'id',
      'source',
      'time',
      'subject',
      'dataschema',
      'data',
      'theme',
      'goal',
      'team',
      'cost',
      'avoided',
      'reason',
    ],
    ...[
      'amount',
      'service',
      'quantity',
      'years',
      'recurrence',
      'costBearer',
      'from',
      'name',
      'code',
      'sources',
      'values',
    ],
    ...['123456782', 'jan@example.nl', 'Jan Jansen', '06-12345678', '\u0000', '\ud800', 'x\ny'],
  ),
  fc.string({ unit: 'binary', maxLength: 8 }),
);

const flat: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 5, arbitrary: text },
  { weight: 3, arbitrary: number },
  { weight: 1, arbitrary: fc.constantFrom(null, true, false) },
);

/** Nested so many times in an array or an object: also more than is allowed. */
const deep = fc
  .tuple(fc.constantFrom(1, 2, 28, 29, 30, 31, 32, 33, 1_000), fc.boolean(), flat)
  .map(([levels, isArray, inner]) => {
    let value: unknown = inner;
    for (let level = 0; level < levels; level++) value = isArray ? [value] : { a: value };
    return value;
  });

/** Any value of JSON. */
export const value: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 8, arbitrary: flat },
  { weight: 1, arbitrary: deep },
  { weight: 1, arbitrary: fc.array(flat, { maxLength: 3 }) },
  {
    weight: 1,
    arbitrary: fc.array(fc.tuple(memberName, flat), { maxLength: 3 }).map((all) => withMembers(all)),
  },
  { weight: 1, arbitrary: fc.constantFrom([], {}, [[]], [{}], [null]) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(51, 501).map((count) => Array.from({ length: count }, () => ({}))),
  },
);

/** An object with these members of its own, whatever their names. */
export function withMembers(members: readonly (readonly [string, unknown])[]): Record<string, unknown> {
  const object: Record<string, unknown> = {};
  for (const [name, member] of members) {
    Object.defineProperty(object, name, {
      value: member,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return object;
}

/** Mostly nothing; something once in `times`. */
export function seldom<Value>(times: number, some: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> {
  return fc.oneof({ weight: times - 1, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: some });
}
