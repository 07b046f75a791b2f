/** A period as parts of calendar years: what is asked of a part is judged with all that is asked of its year. */
import type { Period } from '@effectstroom/database';

/** A filter on time that stands for a part of a period. */
export type PeriodPart = Partial<Record<'month' | 'quarter', string>>;

export interface PeriodYear {
  /** The whole year. */
  period: Period;
  /** What the parts are told apart by; undefined where the whole year is the one part. */
  by: 'month' | 'quarter' | undefined;
  parts: PeriodPart[];
}

/**
 * The years of a period of whole months, in order: each whole, or else as few quarters and months as possible.
 * So it depends on the year alone which parts there are to a quarter of it, whatever else is asked with it.
 */
export function yearsOf({ from, to }: Period): PeriodYear[] {
  const first = Number(from.slice(0, 4));
  const count = Number(to.slice(0, 4)) - first + 1;
  return Array.from({ length: count }, (_, place) => {
    const year = String(first + place).padStart(4, '0');
    const period = { from: `${year}-01-01`, to: `${year}-12-31` };
    if (from <= period.from && to >= period.to) return { period, by: undefined, parts: [{}] };
    const start = from > period.from ? Number(from.slice(5, 7)) : 1;
    const end = to < period.to ? Number(to.slice(5, 7)) : 12;
    const parts = partsOf(year, start, end);
    return { period, by: parts.some(({ month }) => month !== undefined) ? 'month' : 'quarter', parts };
  });
}

/** @param start month, 1 to 12; both are inclusive */
function partsOf(year: string, start: number, end: number): PeriodPart[] {
  const parts: PeriodPart[] = [];
  for (let month = start; month <= end; ) {
    const isQuarter = month % 3 === 1 && month + 2 <= end;
    parts.push(
      isQuarter
        ? { quarter: `${year}-Q${(month + 2) / 3}` }
        : { month: `${year}-${String(month).padStart(2, '0')}` },
    );
    month += isQuarter ? 3 : 1;
  }
  return parts;
}
