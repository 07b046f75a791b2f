import { expect, it } from 'vitest';
import { dayNumber, lastDayOfMonth, monthBefore, yearBefore, yearsLater } from './civil-date.ts';

it.each([
  ['2023-05-31', 1, '2024-05-31'],
  ['2024-02-29', 1, '2025-02-28'],
  ['2024-02-29', 4, '2028-02-29'],
  ['2096-02-29', 4, '2100-02-28'],
  ['1996-02-29', 4, '2000-02-29'],
  ['2025-02-28', -1, '2024-02-28'],
  ['2024-02-29', -1, '2023-02-28'],
  ['0100-03-01', -99, '0001-03-01'],
])('%s, %i years later, is %s', (date, years, later) => {
  expect(yearsLater(date, years)).toBe(later);
});

it.each([
  ['1970-01-01', 0],
  ['1969-12-31', -1],
  ['2024-03-01', 19_783],
  ['0001-01-01', -719_162],
])('%s is day %i', (date, day) => {
  expect(dayNumber(date)).toBe(day);
});

it.each([
  ['2023-02-01', '2023-02-28'],
  ['2024-02-29', '2024-02-29'],
  ['2100-02-28', '2100-02-28'],
  ['0004-02-03', '0004-02-29'],
  ['2024-12-31', '2024-12-31'],
])('the month of %s ends on %s', (date, last) => {
  expect(lastDayOfMonth(date)).toBe(last);
});

it.each([
  ['2024-03-31', '2024-02-29'],
  ['2023-12-01', '2023-11-30'],
  ['2024-01-15', '2023-12-31'],
  ['0004-01-01', '0003-12-31'],
])('the month before %s ends on %s', (date, last) => {
  expect(monthBefore(date)).toBe(last);
});

it.each([
  ['2025-05-12', '2024-05-12'],
  ['2025-02-28', '2024-02-29'],
  ['2024-02-29', '2023-02-28'],
  ['2024-02-28', '2023-02-28'],
])('a year before %s is %s', (date, before) => {
  expect(yearBefore(date)).toBe(before);
});
