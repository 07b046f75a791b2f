import { expect, test } from 'vitest';
import { laterGroup } from './period-shift.ts';

const YEAR = { before: '2020-01-01', after: '2021-01-01' };

test('months, quarters and years stand beside those a year later', () => {
  expect(
    laterGroup(['2020-03', '2020-Q4', '2020', '3'], ['month', 'quarter', 'year', 'theme'], YEAR),
  ).toEqual(['2021-03', '2021-Q4', '2021', '3']);
});

test('periods that start in other months stand beside each other by their first ones', () => {
  const starts = { before: '2020-11-01', after: '2021-02-15' };
  const months = ['2020-11', '2020-12', '2021-01'].map((month) => laterGroup([month], ['month'], starts)[0]);
  expect(months).toEqual(['2021-02', '2021-03', '2021-04']);
  expect(laterGroup(['2020-Q4', null], ['quarter', 'goal'], starts)).toEqual(['2021-Q1', null]);
});
