/** The whole year of the filters. */
import type { Filters } from '../filters.ts';

/**
 * A question for all cases of the year. No case is dated ahead, so it counts what the days so far count; and
 * small numbers are judged by the year, where fewer must be left out than by its months. Not for budgets: these
 * go by the days asked.
 */
export function wholeYear({ query, year }: Filters): Record<string, string> {
  return { ...query, from: `${year}-01-01`, to: `${year}-12-31` };
}
