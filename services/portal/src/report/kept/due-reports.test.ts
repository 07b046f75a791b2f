import { expect, it } from 'vitest';
import { dueMonths } from './due-reports.ts';
import { midnight } from './midnight.ts';

it.each([
  ['2026-04-01', ['2026-01', '2026-02 2026-01-01--2026-02-28', '2026-03 2026-01-01--2026-03-31']],
  ['2026-02-28', ['2025-11 2025-01-01--2025-11-30', '2025-12 2025', '2026-01']],
  ['2024-03-31', ['2023-12 2023', '2024-01', '2024-02 2024-01-01--2024-02-29']],
])('on %s the reports of the last three months are due', (today, due) => {
  expect(dueMonths(today).map(({ periods }) => periods.join(' '))).toEqual(due);
});

it('takes what was known when the month had ended', () => {
  expect(dueMonths('2026-01-15').map(({ until }) => until)).toEqual([
    '2025-11-01',
    '2025-12-01',
    '2026-01-01',
  ]);
});

it.each([
  ['2026-01-01', '2025-12-31T23:00:00.000Z'],
  ['2026-07-01', '2026-06-30T22:00:00.000Z'],
  ['2026-03-29', '2026-03-28T23:00:00.000Z'],
  ['2026-10-26', '2026-10-25T23:00:00.000Z'],
])('%s starts in Amsterdam at %s', (day, moment) => {
  expect(midnight(day)).toBe(moment);
});
