import { describe, expect, test } from 'vitest';
import { overlap, periodNamed, splitMonths } from './period.ts';

describe('splitMonths', () => {
  const whole = (from: string, to: string) => ({ wholeMonths: { from, to }, edges: [] });
  const edge = (from: string, to: string) => ({ wholeMonths: undefined, edges: [{ from, to }] });

  test('takes whole months together', () => {
    expect(splitMonths({ from: '2020-02-01', to: '2020-02-29' })).toEqual(whole('2020-02-01', '2020-02-29'));
    expect(splitMonths({ from: '2021-01-01', to: '2022-12-31' })).toEqual(whole('2021-01-01', '2022-12-31'));
    expect(splitMonths({ from: '0001-01-01', to: '9999-12-31' })).toEqual(whole('0001-01-01', '9999-12-31'));
  });

  test('leaves what is left at both ends', () => {
    expect(splitMonths({ from: '2020-12-31', to: '2021-02-01' })).toEqual({
      wholeMonths: { from: '2021-01-01', to: '2021-01-31' },
      edges: [
        { from: '2020-12-31', to: '2020-12-31' },
        { from: '2021-02-01', to: '2021-02-01' },
      ],
    });
    expect(splitMonths({ from: '2021-01-01', to: '2021-02-27' })).toEqual({
      wholeMonths: { from: '2021-01-01', to: '2021-01-31' },
      edges: [{ from: '2021-02-01', to: '2021-02-27' }],
    });
  });

  test('finds no whole month where there is none', () => {
    expect(splitMonths({ from: '2021-01-02', to: '2021-02-27' })).toEqual(edge('2021-01-02', '2021-02-27'));
    expect(splitMonths({ from: '2020-02-01', to: '2020-02-28' })).toEqual(edge('2020-02-01', '2020-02-28'));
    expect(splitMonths({ from: '9999-12-02', to: '9999-12-31' })).toEqual(edge('9999-12-02', '9999-12-31'));
    expect(splitMonths({ from: '0001-01-01', to: '0001-01-30' })).toEqual(edge('0001-01-01', '0001-01-30'));
  });
});

test('a name is a period', () => {
  expect(periodNamed('2020-02')).toEqual({ from: '2020-02-01', to: '2020-02-29' });
  expect(periodNamed('1900-02')).toEqual({ from: '1900-02-01', to: '1900-02-28' });
  expect(periodNamed('2021-Q1')).toEqual({ from: '2021-01-01', to: '2021-03-31' });
  expect(periodNamed('2021-Q4')).toEqual({ from: '2021-10-01', to: '2021-12-31' });
  expect(periodNamed('0001')).toEqual({ from: '0001-01-01', to: '0001-12-31' });
});

test('periods overlap by days', () => {
  const year = { from: '2021-01-01', to: '2021-12-31' };
  expect(overlap(year, { from: '2020-01-01', to: '2021-01-01' })).toEqual({
    from: '2021-01-01',
    to: '2021-01-01',
  });
  expect(overlap(year, { from: '2020-01-01', to: '2020-12-31' })).toBeUndefined();
});
