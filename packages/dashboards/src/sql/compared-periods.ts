/** The two periods that Periodevergelijking compares: the same part of two years. */
import { allChosen, chosen, THIS_YEAR, TODAY, YEAR } from './chosen.ts';

const OTHER_YEAR = `${chosen('met_jaar')}::int`;
const PART = chosen('deel');

/** The first day of the chosen part of a year. */
function firstDay(year: string): string {
  return `make_date(${year}, CASE ${PART} WHEN 'k2' THEN 4 WHEN 'k3' THEN 7 WHEN 'k4' THEN 10 ELSE 1 END, 1)`;
}

/** The last day of the chosen part of a year; 29 February becomes 28 February in years without one. */
function lastDay(year: string): string {
  return `CASE ${PART} WHEN 'k1' THEN make_date(${year}, 3, 31) WHEN 'k2' THEN make_date(${year}, 6, 30)
       WHEN 'k3' THEN make_date(${year}, 9, 30)
       WHEN 'vandaag' THEN (${TODAY}
         + make_interval(years => ${year} - ${THIS_YEAR}))::date
       ELSE make_date(${year}, 12, 31) END`;
}

export const BEFORE = { first: firstDay(OTHER_YEAR), last: lastDay(OTHER_YEAR) };
export const AFTER = { first: firstDay(YEAR), last: lastDay(YEAR) };

/** The difference in parts, of the total (theme null) and of each theme. */
export const COMPARISON = `reporting.comparison(
       ${BEFORE.first}, ${BEFORE.last},
       ${AFTER.first}, ${AFTER.last},
       ${allChosen('gemeente')}, ${allChosen('organisatie')}, ${allChosen('programma')})`;
