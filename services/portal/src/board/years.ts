/** The year that a page shows where its address names none: the newest with cases. */
import { civilDateAt, type Savings } from '@effectstroom/contracts';
import type { BoardApi } from './api.ts';
import type { Chosen } from './filters.ts';

/** How far back a year is looked for. */
const YEARS_BACK = 20;

/**
 * Where there are cases this year, that is the one; else all years are looked through. Throws `ProblemError`
 * where the API does not answer.
 */
export async function readNewestYear(
  api: BoardApi,
  { gemeente, organisatie, programma }: Chosen,
): Promise<number> {
  const places = { municipality: gemeente, organisation: organisatie, programme: programma };
  const now = Number(civilDateAt(new Date()).slice(0, 4));
  const rowsOf = async (from: number): Promise<Savings['rows']> => {
    const period = { from: `${from}-01-01`, to: `${now}-12-31` };
    return (await api.get<Savings>('/v1/savings', { ...places, ...period, groupBy: 'year' })).rows;
  };
  const rows = await rowsOf(now);
  if (rows.length > 0) return now;
  const newest = (await rowsOf(now - YEARS_BACK)).at(-1)?.year;
  return newest === undefined || newest === null ? now : Number(newest);
}
