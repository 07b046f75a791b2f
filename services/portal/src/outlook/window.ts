/** Which months tell the pace of a year, and how much of the year is left. */
import { lastDayOfMonth, monthBefore, yearsLater } from '@effectstroom/contracts';
import type { Period } from '@effectstroom/database';
import type { MonthsLeft } from './forecast.ts';

/** The twelve whole months before the month of a day. @param today civil date */
export function lastTwelveMonths(today: string): Period {
  return { from: yearsLater(`${today.slice(0, 8)}01`, -1), to: monthBefore(today) };
}

/** The months of a period, as 2022-03. @param first none before this one; undefined is none at all */
export function monthsIn(period: Period, first: string | undefined): string[] {
  if (first === undefined) return [];
  const from = monthNumber(first < period.from.slice(0, 7) ? period.from.slice(0, 7) : first);
  const to = monthNumber(period.to.slice(0, 7));
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, place) => monthNamed(from + place));
}

/** The months after that of today, and the part of its days after today; 0 of another year. */
export function monthsLeft(year: number, today: string): MonthsLeft {
  if (Number(today.slice(0, 4)) !== year) return { months: 0n, per: 1n };
  const days = Number(lastDayOfMonth(today).slice(8));
  const after = 12 - Number(today.slice(5, 7));
  return { months: BigInt(after * days + days - Number(today.slice(8))), per: BigInt(days) };
}

function monthNumber(month: string): number {
  return Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1;
}

function monthNamed(number: number): string {
  const year = String(Math.floor(number / 12)).padStart(4, '0');
  return `${year}-${String((number % 12) + 1).padStart(2, '0')}`;
}
