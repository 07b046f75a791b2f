/** Which reports are due by a day. Pure; days are civil dates in Amsterdam. */
import { monthBefore } from '@effectstroom/contracts';

/** Months that are made up for after downtime, and at a first start. */
const MONTHS_MAX = 3;

/** The reports of one month. */
export interface DueMonth {
  /** First day of the month after it: figures are those known when that day began. */
  until: string;
  /** The month, and its year up to its end where that is more. */
  periods: string[];
}

/** The last complete months before a day, the oldest first. */
export function dueMonths(today: string): DueMonth[] {
  const due: DueMonth[] = [];
  for (let until = firstOfMonth(today); due.length < MONTHS_MAX; until = firstOfMonth(monthBefore(until)))
    due.unshift({ until, periods: periodsTo(monthBefore(until)) });
  return due;
}

function firstOfMonth(day: string): string {
  return `${day.slice(0, 8)}01`;
}

/** @param lastDay of a month */
function periodsTo(lastDay: string): string[] {
  const [year, month] = [lastDay.slice(0, 4), lastDay.slice(0, 7)];
  if (month.endsWith('-01')) return [month];
  return [month, month.endsWith('-12') ? year : `${year}-01-01--${lastDay}`];
}
