/** The two stretches of the year that the business gauges tell of. */
const DAY_MS = 86_400_000;

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
  const start = Date.parse(first);
  return {
    period,
    year,
    first,
    last,
    days: (Date.parse(last) - start) / DAY_MS + 1,
    daysInYear: (Date.parse(`${year + 1}-01-01`) - start) / DAY_MS,
  };
}

/** This year up to today, and last year up to the same day; 29 February becomes 28 February. */
export function yearToDate(today: string): readonly [Period, Period] {
  const year = Number(today.slice(0, 4));
  const monthDay = today.slice(5);
  return [
    elapsed('ytd', year, monthDay),
    elapsed('ytd_previous_year', year - 1, monthDay === '02-29' ? '02-28' : monthDay),
  ];
}
