/** From a checked query to the question that the database answers. */
import { type Dimension, type SavingsQuery, TIME_DIMENSIONS } from '@effectstroom/contracts';
import { overlap, type Period, periodNamed, type SavingsQuestion } from '@effectstroom/database';

/** The days asked for: from `from` to `to`, inside the month, quarter and year that are filtered on. */
export function periodOf({ from, to, filters }: SavingsQuery): Period | undefined {
  return within({ from, to }, filters);
}

/** What is left of a period inside the month, quarter and year of a group. */
export function within(
  period: Period | undefined,
  named: Partial<Record<Dimension, string | null>>,
): Period | undefined {
  return TIME_DIMENSIONS.reduce<Period | undefined>((left, dimension) => {
    const name = named[dimension];
    return left === undefined || name === undefined || name === null
      ? left
      : overlap(left, periodNamed(name));
  }, period);
}

/** @param organisations codes that the key may read; undefined is all */
export function questionOf(
  query: SavingsQuery,
  organisations: readonly string[] | undefined,
): SavingsQuestion {
  const { month: _, quarter: __, year: ___, ...filters } = query.filters;
  const { view, groupBy, asOf } = query;
  return { view, period: periodOf(query), groupBy, filters, organisations, asOf };
}
