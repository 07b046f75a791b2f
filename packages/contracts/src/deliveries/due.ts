/** What a source should have delivered by a day. Pure; days are civil dates in Amsterdam, 'YYYY-MM-DD'. */
import { civilDateAt } from '../time.ts';
import type { ExpectedSource, Rhythm } from './expected-deliveries.ts';

/** Days, both inclusive. */
export interface Days {
  from: string;
  to: string;
}

/** An interval of a rhythm whose deadline has passed. */
export interface Due {
  /** Last day of the interval: what comes on it or later holds all of the interval. */
  last: string;
  /** Last day on which its delivery was on time. */
  due: string;
}

const DAY_MS = 86_400_000;
const MONTHS = { monthly: 1, quarterly: 3, yearly: 12 } as const;

/**
 * The last interval of a source whose deadline has passed by `today`; undefined where there is none.
 * @param asked only intervals that have a day in it; left out is all
 */
export function lastDue(
  expected: Pick<ExpectedSource, 'rhythm' | 'graceDays' | 'from' | 'to'>,
  today: string,
  asked: Days = { from: expected.from, to: today },
): Due | undefined {
  const { rhythm, graceDays } = expected;
  const start = numberOf(later(expected.from, asked.from));
  const end = expected.to === undefined ? Number.POSITIVE_INFINITY : numberOf(expected.to);
  const lastPassed = numberOf(today) - graceDays - 1;
  const day = Math.min(end, numberOf(asked.to), lastPassed);
  const due = (last: number): Due => ({ last: dateOf(last), due: dateOf(last + graceDays) });
  if (day < start) return undefined;
  const { first, last } = intervalAround(rhythm, day);
  if (Math.min(last, end) <= lastPassed) return due(Math.min(last, end));
  return first > start ? due(first - 1) : undefined;
}

/** Whether a source that last delivered at this moment has delivered an interval. */
export function isDelivered({ last }: Due, lastDelivery: Date | undefined): boolean {
  return lastDelivery !== undefined && civilDateAt(lastDelivery) >= last;
}

/** The days of the interval that has this day, counted from 1970. */
function intervalAround(rhythm: Rhythm, day: number): { first: number; last: number } {
  switch (rhythm) {
    case 'daily':
      return { first: day, last: day };
    case 'weekly': {
      const sinceMonday = (((day + 3) % 7) + 7) % 7; // 1970 began on a Thursday
      return { first: day - sinceMonday, last: day - sinceMonday + 6 };
    }
    default: {
      const date = new Date(day * DAY_MS);
      const year = date.getUTCFullYear();
      const month = Math.floor(date.getUTCMonth() / MONTHS[rhythm]) * MONTHS[rhythm];
      return { first: monthStart(year, month), last: monthStart(year, month + MONTHS[rhythm]) - 1 };
    }
  }
}

/** The first day of a month counted from 0, which may run on into the next year. */
function monthStart(year: number, month: number): number {
  return new Date(0).setUTCFullYear(year, month, 1) / DAY_MS;
}

function numberOf(date: string): number {
  return Date.parse(date) / DAY_MS;
}

function dateOf(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

function later(one: string, other: string): string {
  return one > other ? one : other;
}
