import { expect, test } from 'vitest';
import { FaultsError } from '../fault.ts';
import { parseSavingsQuery } from './savings-query.ts';

const YEAR = { from: '2021-01-01', to: '2021-12-31' };

test('a question is read whole', () => {
  expect(
    parseSavingsQuery({
      ...{ ...YEAR, groupBy: 'theme, month', view: 'calendar', team: 'noord', goal: '' },
      prices: '2024-01-01',
    }),
  ).toEqual({
    ...{ ...YEAR, prices: '2024-01-01' },
    ...{ groupBy: ['theme', 'month'], view: 'calendar', filters: { team: 'noord' }, asOf: undefined },
  });
  expect(parseSavingsQuery(YEAR)).toMatchObject({ groupBy: [], view: 'cohort', filters: {} });
});

test('a moment is cut to microseconds in UTC, never rounded up', () => {
  const asOf = (text: string) => parseSavingsQuery({ ...YEAR, asOf: text }).asOf;
  expect(asOf('2021-03-18T09:12:44Z')).toBe('2021-03-18T09:12:44.000000Z');
  expect(asOf('2021-03-18T09:12:44.1234569Z')).toBe('2021-03-18T09:12:44.123456Z');
  expect(asOf('2021-03-18t00:12:44.9+01:00')).toBe('2021-03-17T23:12:44.900000Z');
  expect(asOf('2021-03-18T00:12:44 01:00')).toBe('2021-03-17T23:12:44.000000Z');
});

test('a period may be a hundred years less a day', () => {
  const isTaken = (from: string, to: string) => {
    try {
      return parseSavingsQuery({ from, to }).to === to;
    } catch (error) {
      expect(error).toBeInstanceOf(FaultsError);
      return false;
    }
  };
  expect(isTaken('1950-03-01', '2050-02-28')).toBe(true);
  expect(isTaken('1950-03-01', '2050-03-01')).toBe(false);
  expect(isTaken('2000-02-29', '2100-02-28')).toBe(true);
  expect(isTaken('2000-02-29', '2100-03-01')).toBe(false);
  expect(isTaken('2021-01-01', '2021-01-01')).toBe(true);
  expect(isTaken('9999-01-01', '9999-12-31')).toBe(true);
});
