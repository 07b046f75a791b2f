import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isDelivered, lastDue } from './due.ts';
import { type ExpectedSource, RHYTHMS } from './expected-deliveries.ts';

const MONTHLY = { rhythm: 'monthly', graceDays: 10, from: '2021-01-01' } as const;

describe('the last interval that should be in', () => {
  test.each<[string, Partial<ExpectedSource>, string, [string, string] | undefined]>([
    ['nothing before the first deadline has passed', {}, '2021-02-10', undefined],
    ['the day after the deadline', {}, '2021-02-11', ['2021-01-31', '2021-02-10']],
    ['until the next deadline has passed', {}, '2021-03-10', ['2021-01-31', '2021-02-10']],
    ['then the next interval', {}, '2021-03-11', ['2021-02-28', '2021-03-10']],
    ['a leap year', {}, '2024-03-11', ['2024-02-29', '2024-03-10']],
    ['nothing before from', { from: '2021-03-15' }, '2021-03-31', undefined],
    ['from halfway an interval', { from: '2021-01-20' }, '2021-02-11', ['2021-01-31', '2021-02-10']],
    ['to halfway an interval ends it', { to: '2021-02-03' }, '2021-02-14', ['2021-02-03', '2021-02-13']],
    [
      'to, while its own deadline has not passed',
      { to: '2021-02-03' },
      '2021-02-13',
      ['2021-01-31', '2021-02-10'],
    ],
    ['long after to', { to: '2021-12-31' }, '2026-06-01', ['2021-12-31', '2022-01-10']],
    ['to before from', { to: '2020-06-30' }, '2026-06-01', undefined],
    [
      'daily without days of grace',
      { rhythm: 'daily', graceDays: 0 },
      '2021-03-02',
      ['2021-03-01', '2021-03-01'],
    ],
    ['weekly, from Monday', { rhythm: 'weekly', graceDays: 2 }, '2021-01-13', ['2021-01-10', '2021-01-12']],
    [
      'weekly, in the days of grace',
      { rhythm: 'weekly', graceDays: 2 },
      '2021-01-12',
      ['2021-01-03', '2021-01-05'],
    ],
    ['quarterly', { rhythm: 'quarterly' }, '2021-04-11', ['2021-03-31', '2021-04-10']],
    ['yearly', { rhythm: 'yearly' }, '2022-01-11', ['2021-12-31', '2022-01-10']],
    ['yearly, too soon', { rhythm: 'yearly' }, '2022-01-10', undefined],
    [
      'grace longer than the interval',
      { rhythm: 'daily', graceDays: 40 },
      '2021-02-11',
      ['2021-01-01', '2021-02-10'],
    ],
    [
      'an early from',
      { from: '0001-01-01', rhythm: 'yearly', graceDays: 0 },
      '2021-06-01',
      ['2020-12-31', '2020-12-31'],
    ],
  ])('%s', (_name, changes, today, due) => {
    expect(lastDue({ ...MONTHLY, ...changes }, today)).toEqual(due && { last: due[0], due: due[1] });
  });

  test.each<[string, [string, string], [string, string] | undefined]>([
    ['a year', ['2021-01-01', '2021-12-31'], ['2021-12-31', '2022-01-10']],
    ['some days of an interval', ['2021-03-10', '2021-03-12'], ['2021-03-31', '2021-04-10']],
    ['partly in the future', ['2022-01-01', '2030-12-31'], ['2022-05-31', '2022-06-10']],
    ['all of it in the future', ['2030-01-01', '2030-12-31'], undefined],
    ['this month only', ['2022-06-01', '2022-06-30'], undefined],
    ['before it was expected', ['2020-01-01', '2020-12-31'], undefined],
  ])('only intervals with a day that is asked for: %s', (_name, [from, to], due) => {
    const found = lastDue(MONTHLY, '2022-06-20', { from, to });
    expect(found).toEqual(due && { last: due[0], due: due[1] });
  });

  /** Every day up to today is tried as the last one of an interval. */
  test('is the one that trying every day finds', () => {
    const day = fc.integer({ min: 0, max: 900 }).map((days) => dateOf(days));
    const asked = fc.tuple(day, day).map((days) => days.sort() as [string, string]);
    fc.assert(
      fc.property(
        fc.constantFrom(...RHYTHMS),
        fc.integer({ min: 0, max: 40 }),
        day,
        fc.option(day, { nil: undefined }),
        day,
        asked,
        (rhythm, graceDays, from, to, today, [first, last]) => {
          const expected = { rhythm, graceDays, from, ...(to === undefined ? {} : { to }) };
          const found = lastDue(expected, today, { from: first, to: last });
          expect(found?.last).toEqual(tried(expected, today, [first, last]));
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

function dateOf(days: number): string {
  return new Date(Date.UTC(2020, 0, 1) + days * 86_400_000).toISOString().slice(0, 10);
}

/** Names the interval that a day lies in, by another road than the code. */
function intervalName(rhythm: string, date: string): string {
  const [year = '', month = ''] = date.split('-');
  if (rhythm === 'daily') return date;
  if (rhythm === 'monthly') return `${year}-${month}`;
  if (rhythm === 'quarterly') return `${year}-${Math.ceil(Number(month) / 3)}`;
  if (rhythm === 'yearly') return year;
  const monday = new Date(date);
  while (monday.getUTCDay() !== 1) monday.setUTCDate(monday.getUTCDate() - 1);
  return monday.toISOString();
}

function tried(
  { rhythm, graceDays, from, to = '9999-12-31' }: Omit<ExpectedSource, 'source' | 'name'>,
  today: string,
  [first, last]: [string, string],
): string | undefined {
  const ends = new Map<string, { end: string; isAsked: boolean }>();
  for (let days = 0; days <= 1_400; days++) {
    const date = dateOf(days);
    if (date < from || date > to) continue;
    const name = intervalName(rhythm, date);
    const isAsked = (date >= first && date <= last) || ends.get(name)?.isAsked === true;
    ends.set(name, { end: date, isAsked });
  }
  return [...ends.values()]
    .filter(({ end, isAsked }) => {
      const deadline = new Date(Date.parse(end) + graceDays * 86_400_000).toISOString().slice(0, 10);
      return isAsked && deadline < today;
    })
    .map(({ end }) => end)
    .at(-1);
}

test('what came on the last day of an interval, in Amsterdam, holds all of it', () => {
  const due = { last: '2021-06-30', due: '2021-07-10' };
  expect(isDelivered(due, undefined)).toBe(false);
  expect(isDelivered(due, new Date('2021-06-29T21:59:59Z'))).toBe(false);
  expect(isDelivered(due, new Date('2021-06-29T22:00:00Z'))).toBe(true);
  expect(isDelivered(due, new Date('2021-09-01T00:00:00Z'))).toBe(true);
});
