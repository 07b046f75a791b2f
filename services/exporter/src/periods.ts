/** The two stretches of the year that the business gauges tell of. */
import { dayNumber, yearsLater } from '@effectstroom/contracts';

/** A part of a year that starts on 1 January; days are 'YYYY-MM-DD', both inclusive. */
export interface Period {
  period: 'ytd' | 'ytd_previous_year';
  year: number;
  first: string;
  last: string;
  /** Days from first to last. */
  days: number;
  daysInYear: number;
}

function elapsed(period: Period['period'], year: number, monthDay: string): Period {
  const first = `${year}-01-01`;
  const last = `${year}-${monthDay}`;
  const start = dayNumber(first);
  return {
    period,
    year,
    first,
    last,
    days: dayNumber(last) - start + 1,
    daysInYear: dayNumber(`${year + 1}-01-01`) - start,
  };
}

/** This year up to today, and last year up to the same day; 29 February becomes 28 February. */
export function yearToDate(today: string): readonly [Period, Period] {
  const year = Number(today.slice(0, 4));
  return [
    elapsed('ytd', year, today.slice(5)),
    elapsed('ytd_previous_year', year - 1, yearsLater(today, -1).slice(5)),
  ];
}
