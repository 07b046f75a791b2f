/** Civil periods: both days inclusive, 'YYYY-MM-DD', which order as text. */

export interface Period {
  from: string;
  to: string;
}

/** The days that lie in both; undefined where there are none. */
export function overlap(one: Period, other: Period): Period | undefined {
  const from = one.from > other.from ? one.from : other.from;
  const to = one.to < other.to ? one.to : other.to;
  return from <= to ? { from, to } : undefined;
}

/** The last day of the month of a date. */
function lastOfMonth(date: string): string {
  const [year, month] = [Number(date.slice(0, 4)), Number(date.slice(5, 7))];
  const days = [31, isLeapYear(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
  return `${date.slice(0, 8)}${days}`;
}

export function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

export interface PeriodParts {
  /** From the first day of a month to the last of the same or a later one. */
  wholeMonths: Period | undefined;
  /** What is left before and after: at most two. */
  edges: Period[];
}

/** Splits a period into its whole months and what is left at both ends. */
export function splitMonths(period: Period): PeriodParts {
  const startsWhole = period.from.endsWith('-01');
  const endsWhole = period.to === lastOfMonth(period.to);
  if (period.from.slice(0, 7) === period.to.slice(0, 7) && !(startsWhole && endsWhole))
    return { wholeMonths: undefined, edges: [period] };
  const first = startsWhole ? period.from : firstOfNextMonth(period.from);
  const last = endsWhole ? period.to : lastOfPreviousMonth(period.to);
  if (first > last) return { wholeMonths: undefined, edges: [period] };
  const edges: Period[] = [];
  if (!startsWhole) edges.push({ from: period.from, to: lastOfMonth(period.from) });
  if (!endsWhole) edges.push({ from: `${period.to.slice(0, 8)}01`, to: period.to });
  return { wholeMonths: { from: first, to: last }, edges };
}

/** Splits whole months into whole years and the months left at both ends. */
export function splitYears({ from, to }: Period): { wholeYears: Period | undefined; rest: Period[] } {
  const first = from.endsWith('-01-01') ? Number(from.slice(0, 4)) : Number(from.slice(0, 4)) + 1;
  const last = to.endsWith('-12-31') ? Number(to.slice(0, 4)) : Number(to.slice(0, 4)) - 1;
  if (first > last) return { wholeYears: undefined, rest: [{ from, to }] };
  const wholeYears = { from: monthStart(first, 1), to: lastOfMonth(monthStart(last, 12)) };
  const rest: Period[] = [];
  if (from < wholeYears.from) rest.push({ from, to: lastOfMonth(monthStart(first - 1, 12)) });
  if (to > wholeYears.to) rest.push({ from: monthStart(last + 1, 1), to });
  return { wholeYears, rest };
}

function firstOfNextMonth(date: string): string {
  const [year, month] = [Number(date.slice(0, 4)), Number(date.slice(5, 7))];
  return monthStart(month === 12 ? year + 1 : year, month === 12 ? 1 : month + 1);
}

function lastOfPreviousMonth(date: string): string {
  const [year, month] = [Number(date.slice(0, 4)), Number(date.slice(5, 7))];
  return lastOfMonth(monthStart(month === 1 ? year - 1 : year, month === 1 ? 12 : month - 1));
}

function monthStart(year: number, month: number): string {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-01`;
}

/** The period that a month, quarter or year names: '2022-03', '2022-Q1', '2022'. */
export function periodNamed(name: string): Period {
  const year = name.slice(0, 4);
  if (name.length === 4) return { from: `${year}-01-01`, to: `${year}-12-31` };
  const isQuarter = name.charAt(5) === 'Q';
  const last = isQuarter ? Number(name.slice(6)) * 3 : Number(name.slice(5));
  const first = isQuarter ? last - 2 : last;
  return { from: monthStart(Number(year), first), to: lastOfMonth(monthStart(Number(year), last)) };
}
