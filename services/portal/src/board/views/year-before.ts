/** This year beside the same days of last year, as the reader may ask it. */
import {
  type Compared,
  civilDateAt,
  lastDayOfMonth,
  monthBefore,
  type PublicComparison,
} from '@effectstroom/contracts';
import type { BoardContext } from '../page.ts';
import type { Sides } from './change-sentences.ts';

/**
 * What is compared; undefined where no whole month of the year has passed, for who may ask whole months
 * only.
 */
export interface YearBefore {
  compared: Compared | undefined;
  isHidden: boolean;
  sides: Sides;
  to: string;
}

export async function yearBefore(context: BoardContext): Promise<YearBefore | undefined> {
  const { api, filters, language, formats } = context;
  const to = lastComparableDay(context);
  if (to === undefined) return undefined;
  const { total } = await api.get<Pick<PublicComparison, 'total'>>('/v1/compare', {
    ...{ ...filters.query, to, against: 'year-before' },
  });
  const year = filters.year;
  const isWhole = to === `${year}-12-31`;
  const until = formats.date(to).replace(/ \d{4}$/, '');
  const side = (of: number) =>
    isWhole ? `in ${of}` : language === 'nl' ? `in ${of} tot en met ${until}` : `in ${of} up to ${until}`;
  const isHidden = total.difference === null;
  return {
    ...{ isHidden, to, compared: isHidden ? undefined : (total as Compared) },
    sides: { before: side(year - 1), after: side(year) },
  };
}

/**
 * Of a running year, for who may ask whole months only, the end of the last one: half a month beside a
 * whole one misleads.
 */
export function lastComparableDay({ filters, seesDetail }: BoardContext): string | undefined {
  const today = civilDateAt(new Date());
  if (seesDetail || filters.to < today) return filters.to;
  if (today === lastDayOfMonth(today) && today === filters.to) return today;
  const last = monthBefore(today);
  return last >= filters.from ? last : undefined;
}
