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

/** Days since 1970. */
export function dayNumber(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / DAY_MS;
}
