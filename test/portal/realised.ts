/** When savings are realised and in which groups of time: written afresh, nothing of the product imported. */

/** What lines are told apart by, and not cases. */
export const LINE: readonly string[] = ['costBearer', 'effect', 'recurrence', 'cashable'];

export const TIME: readonly string[] = ['month', 'quarter', 'year'];

/** The day some years later. */
export function realisedOn(date: string, years: number): string {
  const year = Number(date.slice(0, 4)) + years;
  const isLeap = new Date(Date.UTC(year, 1, 29)).getUTCMonth() === 1;
  return `${year}-${date.slice(5) === '02-29' && !isLeap ? '02-28' : date.slice(5)}`;
}

/** The month, quarter and year of a day. */
export function timeOf(date: string): Record<string, string> {
  const quarter = Math.ceil(Number(date.slice(5, 7)) / 3);
  return { month: date.slice(0, 7), quarter: `${date.slice(0, 4)}-Q${quarter}`, year: date.slice(0, 4) };
}
