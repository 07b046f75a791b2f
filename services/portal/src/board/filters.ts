/** What was chosen on the board, from the address: whose figures, of which year. */
import { civilDateAt, lastDayOfMonth } from '@effectstroom/contracts';
import { z } from 'zod';
import { addressOf } from './api.ts';
import type { Language } from './page.ts';

/** A choice of figures. */
export interface Filters {
  municipality?: string;
  organisation?: string;
  programme?: string;
  /** The year of the cases. */
  year: number;
  /** First day of the year. */
  from: string;
  /**
   * Last day of the year; of the running year today, or for who sees no detail the last day of this month, because
   * the API gives them whole months.
   */
  to: string;
  /** As questions of `/v1` have them: municipality, organisation, programme, from, to. */
  query: Readonly<Record<string, string>>;
  /**
   * The address of a page with the same choice and language.
   * @param changes parameters of the address to set, as `gemeente`; undefined leaves one out
   */
  href(path: string, changes?: Readonly<Record<string, string | undefined>>): string;
}

/** Parameters of the address that every page keeps. */
export interface Chosen {
  gemeente?: string | undefined;
  organisatie?: string | undefined;
  programma?: string | undefined;
  jaar?: string | undefined;
  taal?: string | undefined;
}

const slug = z
  .string()
  .max(64)
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);

const chosenSchema = z.object({
  gemeente: z
    .string()
    .regex(/^GM\d{4}$/)
    .optional()
    .catch(undefined),
  organisatie: slug.optional().catch(undefined),
  programma: slug.optional().catch(undefined),
  jaar: z
    .string()
    .regex(/^20\d{2}$/)
    .optional()
    .catch(undefined),
  taal: z.enum(['nl', 'en']).optional().catch(undefined),
});

/** What an address chooses. What cannot be read is left out: the page shows what it then shows. */
export function chosenIn(query: unknown): Chosen {
  return chosenSchema.parse(typeof query === 'object' && query !== null ? query : {});
}

/** The language that an address asks for; Dutch where it asks for none. */
export function languageOf({ taal }: Chosen): Language {
  return taal === 'en' ? 'en' : 'nl';
}

/**
 * The filters of an address.
 * @param year of the cases, where the address names none
 * @param wholeMonths whether the API answers for whole months only
 */
export function filtersOf(chosen: Chosen, year: number, wholeMonths: boolean): Filters {
  const { gemeente, organisatie, programma } = chosen;
  const ofYear = chosen.jaar === undefined ? year : Number(chosen.jaar);
  const period = { from: `${ofYear}-01-01`, to: lastDayOf(ofYear, wholeMonths) };
  const places = {
    ...(gemeente === undefined ? {} : { municipality: gemeente }),
    ...(organisatie === undefined ? {} : { organisation: organisatie }),
    ...(programma === undefined ? {} : { programme: programma }),
  };
  return {
    ...places,
    ...{ year: ofYear, ...period, query: { ...places, ...period } },
    href: (path, changes = {}) => addressOf(path, { ...chosen, ...changes }),
  };
}

function lastDayOf(year: number, wholeMonths: boolean): string {
  const today = civilDateAt(new Date());
  if (String(year) !== today.slice(0, 4)) return `${year}-12-31`;
  return wholeMonths ? lastDayOfMonth(today) : today;
}
