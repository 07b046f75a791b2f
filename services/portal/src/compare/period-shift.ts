/** Which month, quarter or year of one period stands beside which of another. Pure. */
import type { Dimension } from '@effectstroom/contracts';
import type { Group } from '@effectstroom/database';

/** First days of both periods, 'YYYY-MM-DD'. */
export interface Starts {
  before: string;
  after: string;
}

/** How many of a period of time go into a year. */
const PER_YEAR: Partial<Record<Dimension, number>> = { year: 1, quarter: 4, month: 12 };

/** A group of before, named as the group of after in which it stands: as far from the first day. */
export function laterGroup(group: Group, groupBy: readonly Dimension[], { before, after }: Starts): Group {
  return group.map((name, place) => {
    const perYear = PER_YEAR[groupBy[place] ?? 'theme'];
    if (perYear === undefined || name === null) return name;
    const shift = ordinal(after, perYear) - ordinal(before, perYear);
    return nameOf(ordinal(firstDay(name), perYear) + shift, perYear);
  });
}

/** The number of the year, quarter or month in which a day lies. */
function ordinal(day: string, perYear: number): number {
  const [year, month] = [Number(day.slice(0, 4)), Number(day.slice(5, 7))];
  return year * perYear + Math.floor(((month - 1) * perYear) / 12);
}

/** Of '2022', '2022-Q1' or '2022-03'. */
function firstDay(name: string): string {
  if (name.length === 4) return `${name}-01-01`;
  if (name.charAt(5) !== 'Q') return `${name}-01`;
  return `${name.slice(0, 4)}-${String(Number(name.slice(6)) * 3 - 2).padStart(2, '0')}-01`;
}

function nameOf(ordinal: number, perYear: number): string {
  const year = String(Math.floor(ordinal / perYear)).padStart(4, '0');
  const inYear = (ordinal % perYear) + 1;
  if (perYear === 1) return year;
  return perYear === 4 ? `${year}-Q${inYear}` : `${year}-${String(inYear).padStart(2, '0')}`;
}
