/** What the API is asked beside the dashboards, and what of its answers is compared. */
import type { Row } from './opened-board.ts';

/** Figures of an answer of `GET /v1/savings` that dashboards show too. */
export interface Figures {
  cases: { registered: number; assessed: number };
  corrected: { total: string };
  municipal: { corrected: string; return: string | null };
  return: string | null;
}

/** What is chosen on the dashboard, and the same for the API. */
export const PLACES: readonly [name: string, chosen: Record<string, string[]>, asked: string][] = [
  ['everywhere', {}, ''],
  ['Helmond', { gemeente: ['GM0794'] }, '&municipality=GM0794'],
  ['an organisation', { organisatie: ['stadswelzijn'] }, '&organisation=stadswelzijn'],
  ['SROI, without a budget', { gemeente: ['GM0848'] }, '&municipality=GM0848'],
];

/** This year and the last. */
export function yearsOf(today: string): string[] {
  const year = Number(today.slice(0, 4));
  return [String(year), String(year - 1)];
}

/** A year in the words of the API: the running one up to today. */
export function periodOf(year: string, today: string): string {
  return `from=${year}-01-01&to=${today.startsWith(year) ? today : `${year}-12-31`}`;
}

/** A part of an answer of `GET /v1/compare`. */
export interface Compared {
  corrected: string;
  municipal: { corrected: string };
}

/** A part as the dashboard shows it. */
export function savingsOf({ corrected, municipal }: Compared): Row {
  return { saving: corrected, municipal: municipal.corrected };
}
