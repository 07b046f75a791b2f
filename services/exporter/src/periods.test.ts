import { expect, test } from 'vitest';
import { yearToDate } from './periods.ts';

test('both periods end on the same day of their year', () => {
  expect(yearToDate('2026-03-14')).toEqual([
    { period: 'ytd', year: 2026, first: '2026-01-01', last: '2026-03-14', days: 73, daysInYear: 365 },
    {
      period: 'ytd_previous_year',
      year: 2025,
      first: '2025-01-01',
      last: '2025-03-14',
      days: 73,
      daysInYear: 365,
    },
  ]);
});

test('29 February is compared with 28 February', () => {
  const [now, before] = yearToDate('2024-02-29');
  expect(now).toMatchObject({ last: '2024-02-29', days: 60, daysInYear: 366 });
  expect(before).toMatchObject({ last: '2023-02-28', days: 59, daysInYear: 365 });
});

test('after February the day of the year differs in a leap year, the date does not', () => {
  const [now, before] = yearToDate('2025-12-31');
  expect(now).toMatchObject({ first: '2025-01-01', days: 365, daysInYear: 365 });
  expect(before).toMatchObject({ last: '2024-12-31', days: 366, daysInYear: 366 });
});

test('1 January is one day', () => {
  expect(yearToDate('2026-01-01').map(({ days }) => days)).toEqual([1, 1]);
});
