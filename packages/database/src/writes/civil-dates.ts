/** Civil dates as the tables hold them. Those seen before are kept: cases share few. */

/** Days from 1970-01-01 to 2000-01-01, PostgreSQL's zero. */
const POSTGRES_EPOCH_DAYS = 10_957;
const DAY_MS = 86_400_000;

const daysOf = new Map<string, number>();
const monthsOf = new Map<string, string>();
const DATES_KEPT_MAX = 20_000;

/** Days since PostgreSQL's zero of a civil date 'YYYY-MM-DD'. @throws RangeError where there is no such day. */
export function daysOfDate(date: string): number {
  let days = daysOf.get(date);
  if (days === undefined) {
    const moment = new Date(`${date}T00:00:00Z`);
    if (!moment.toISOString().startsWith(date)) throw new RangeError('There is no such date');
    days = moment.getTime() / DAY_MS - POSTGRES_EPOCH_DAYS;
    if (daysOf.size >= DATES_KEPT_MAX) daysOf.clear();
    daysOf.set(date, days);
  }
  return days;
}

/** First day of the month of a date, both 'YYYY-MM-DD'. */
export function monthOfDate(date: string): string {
  let month = monthsOf.get(date);
  if (month === undefined) {
    month = `${date.slice(0, 7)}-01`;
    if (monthsOf.size >= DATES_KEPT_MAX) monthsOf.clear();
    monthsOf.set(date, month);
  }
  return month;
}
