/** Values that are nearly right, or just not, where they are put. */
import { PERSONAL, PERSONAL_IDENTIFIERS } from './personal.ts';

const DATES = ['2999-01-01', '2021-02-29', '2020-02-29', '9999-12-31', '0001-01-01', '2021-03-17'];
const MONEY = [
  '0',
  '0.00',
  '1.5',
  '99999999.99',
  '100000000.00',
  '1.005',
  '-1.00',
  '01.00',
  1250,
  99.99,
  0.005,
];
const PERCENTAGES = [0, 35, 100, 101, -1, 0.5, '35', 'certain', 'probable', 'sure'];
const CODES = ['123456782', '3.2', 'a'.repeat(64), 'a'.repeat(65), 'a_b-C.d', 'a:b', '1234.56.782'];
const SLUGS = [
  'a-b',
  'a--b',
  '-a',
  'A',
  '0',
  '123456782',
  'jan-jansen',
  '0612345678',
  'a'.repeat(64),
  'a'.repeat(65),
];

/** What is nearly right, or just not, for a member of a name. */
const AIMED: Readonly<Record<string, readonly unknown[]>> = {
  ...{ date: DATES, from: DATES, to: DATES },
  time: [
    ...[
      '2021-03-18T09:12:44.123456789Z',
      '2016-12-31T23:59:60Z',
      '2017-01-01T00:59:60+01:00',
      '2016-12-31T22:59:60Z',
    ],
    ...[
      '0001-01-01T00:00:00+00:01',
      '9999-12-31T23:59:59-00:01',
      '9999-12-31T23:59:60Z',
      '2999-01-01T00:00:00Z',
    ],
    ...['2021-03-18t09:12:44z', '2021-03-18T09:12:44+24:00', `2021-03-18T09:12:44.123456782Z`],
  ],
  ...{
    id: [...PERSONAL, 'x'.repeat(128), 'x'.repeat(129), '😀'.repeat(128)],
    subject: PERSONAL,
    note: PERSONAL,
  },
  source: [
    ...PERSONAL_IDENTIFIERS,
    'a'.repeat(512),
    'a'.repeat(513),
    '/x',
    'urn:',
    'https://[::1]/x',
    'a:b:c',
  ],
  caseId: [
    '123456782',
    '0612345678',
    '06-12345678',
    'jan-jansen',
    'x'.repeat(64),
    'x'.repeat(65),
    'a:b',
    '2021000123',
  ],
  residentKey: [...PERSONAL_IDENTIFIERS, 'x'.repeat(15), 'x'.repeat(16), 'x'.repeat(128), '😀'.repeat(129)],
  ...{ team: SLUGS, targetGroup: SLUGS, supportType: SLUGS, effect: SLUGS, programme: SLUGS, kind: SLUGS },
  ...{ theme: CODES, goal: CODES, workType: CODES, service: CODES, costBearer: CODES, code: CODES },
  ...{
    cost: MONEY,
    amount: MONEY,
    price: MONEY,
    quantity: [...MONEY, '0.0001', '1.00001', '999999.9999', 1.5],
  },
  ...{ likelihood: PERCENTAGES, contribution: PERCENTAGES, deadweight: PERCENTAGES, dropOff: PERCENTAGES },
  ...{
    revision: [0, -1, 2 ** 53 - 1, 2 ** 53, 1.5],
    similarCases: [0, 1, 100_000, 100_001],
    years: [0, 1, 40, 41],
  },
  ...{
    recurrence: ['yearly', 'one-off', 'monthly'],
    reason: ['error', 'consent', 'other'],
    specversion: ['1.0', '0.3'],
  },
  type: ['registered', 'assessed', 'withdrawn', 'closed'].map((type) => `nl.effectstroom.case.${type}`),
  ...{ municipality: ['GM9999', 'GM039', 'gm0394'], area: ['WK039401', 'BU03940101', 'WK0394', 'GM0394'] },
  datacontenttype: [
    'application/json',
    'application/json; charset=UTF-8',
    'text/xml',
    'application/json;charset=x',
  ],
  dataschema: ['https://example.nl/x', '/x', 'https://user@example.nl/x', 'urn:a'],
  ...{
    name: [...PERSONAL, 'x'.repeat(200), 'x'.repeat(201)],
    graceDays: [0, 366, 367],
    rhythm: ['daily', 'hourly'],
  },
  factor: ['0.9', '1', '1.01', '0.12345', '.9', 0.9],
};

/** Something for a member of a name; the value itself where nothing is known of the name. */
export function aimedAt(name: string, pick: number, value: unknown): unknown {
  const list = Object.hasOwn(AIMED, name) ? AIMED[name] : undefined;
  return list === undefined ? value : list[pick % list.length];
}
