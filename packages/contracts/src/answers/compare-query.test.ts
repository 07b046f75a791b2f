import { expect, test } from 'vitest';
import { FaultsError } from '../fault.ts';
import { parseCompareQuery } from './compare-query.ts';

const YEAR = { from: '2021-01-01', to: '2021-12-31' };
const asOf = '2022-01-01T00:00:00Z';

function faultsOf(query: Record<string, string>): string[] {
  try {
    parseCompareQuery(query);
  } catch (error) {
    if (error instanceof FaultsError) return error.faults.map(({ pointer, code }) => `${pointer} ${code}`);
    throw error;
  }
  return [];
}

test('two moments of one period', () => {
  const query = parseCompareQuery({ ...YEAR, beforeAsOf: '2022-01-01T01:00:00 01:00', groupBy: 'theme' });
  expect(query).toMatchObject({
    ...{ after: { ...YEAR, groupBy: ['theme'] }, before: undefined, age: undefined },
    beforeAsOf: '2022-01-01T00:00:00.000000Z',
  });
});

test('two periods, and the same dates a year earlier', () => {
  const given = { beforeFrom: '2019-01-01', beforeTo: '2019-06-30', age: '30' };
  expect(parseCompareQuery({ ...YEAR, ...given })).toMatchObject({
    before: { from: '2019-01-01', to: '2019-06-30' },
    age: 30,
  });
  const leap = { from: '2020-02-29', to: '2024-02-29', against: 'year-before' };
  expect(parseCompareQuery(leap).before).toEqual({ from: '2019-02-28', to: '2023-02-28' });
  const begun = { from: '2025-01-01', to: '2025-02-28', against: 'year-before' };
  expect(parseCompareQuery(begun).before).toEqual({ from: '2024-01-01', to: '2024-02-29' });
  expect(parseCompareQuery({ ...begun, to: '2025-02-27' }).before?.to).toBe('2024-02-27');
});

test('every fault is named', () => {
  expect(faultsOf({})).toEqual(['/from required', '/to required', '/beforeAsOf required']);
  expect(faultsOf({ ...YEAR, beforeFrom: '2020-13-01', groupBy: 'nothing', wrong: '1' })).toEqual([
    ...['/wrong unknown-field', '/groupBy enum', '/beforeFrom format', '/beforeTo required'],
  ]);
  expect(faultsOf({ ...YEAR, beforeFrom: '2020-02-01', beforeTo: '2020-01-01' })).toEqual([
    '/beforeTo range',
  ]);
});

test('parameters that do not go together are refused', () => {
  const against = 'year-before';
  expect(faultsOf({ ...YEAR, against, beforeFrom: '2020-01-01', beforeTo: '2020-12-31' })).toEqual([
    '/against not-allowed',
  ]);
  expect(faultsOf({ ...YEAR, beforeAsOf: asOf, age: '3' })).toEqual(['/age not-allowed', '/age not-allowed']);
  expect(faultsOf({ ...YEAR, against, age: '3', asOf })).toEqual(['/age not-allowed']);
  expect(faultsOf({ ...YEAR, against, age: '3661' })).toEqual(['/age format']);
  expect(faultsOf({ ...YEAR, against, year: '2021' })).toEqual(['/year not-allowed']);
  expect(faultsOf({ ...YEAR, asOf, beforeAsOf: '2022-01-01T00:00:01Z' })).toEqual(['/beforeAsOf range']);
  expect(faultsOf({ ...YEAR, against, prices: '2021-01-01' })).toEqual(['/prices unknown-field']);
  expect(faultsOf({ from: '0001-01-01', to: '0001-02-01', against })).toEqual(['/from range']);
});
