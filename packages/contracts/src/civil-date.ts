/** Arithmetic with civil dates, 'YYYY-MM-DD'. */
const DAY_MS = 86_400_000;

/**
 * The same day some years later, or earlier where `years` is negative; 29 February becomes 28 February in
 * years without one (design §4, point 7).
 */
export function yearsLater(date: string, years: number): string {
  const year = Number(date.slice(0, 4)) + years;
  // The calendar of 400 years repeats itself.
  const hasLeapDay = new Date(Date.UTC(2000 + (year % 400), 1, 29)).getUTCMonth() === 1;
  const day = date.endsWith('-02-29') && !hasLeapDay ? '-02-28' : date.slice(4);
  return `${String(year).padStart(4, '0')}${day}`;
}

/** The last day of the month of a date. */
export function lastDayOfMonth(date: string): string {
  const [year, month] = [Number(date.slice(0, 4)), Number(date.slice(5, 7))];
  // Day 0 is the last of the month before; the calendar of 400 years repeats itself.
  const day = new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
  return `${date.slice(0, 8)}${day}`;
}

/** The last day of the month before that of a date. */
export function monthBefore(date: string): string {
  const day = dayNumber(`${date.slice(0, 8)}01`) - 1;
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** The same day a year before; the last day of a month stays that: of 28 February 2025 it is 29 February 2024. */
export function yearBefore(date: string): string {
  const before = yearsLater(date, -1);
  return date === lastDayOfMonth(date) ? lastDayOfMonth(before) : before;
}

/** Days since 1970. */
export function dayNumber(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / DAY_MS;
}
