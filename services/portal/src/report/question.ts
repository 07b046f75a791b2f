/** What a report is asked to be about. */
import {
  civilDateAt,
  effectReportQuerySchema,
  lastDayOfMonth,
  parseQuery,
  type ReportAddress,
  reportAddressSchema,
} from '@effectstroom/contracts';
import { type Period, periodNamed } from '@effectstroom/database';
import type { Language } from '../board/page.ts';

/** A report that is asked for. */
export interface ReportQuestion extends ReportAddress {
  /** Civil days, both inclusive. */
  days: Period;
  /** RFC 3339; undefined is now. */
  asOf: string | undefined;
  /** Made from the closing of this period of the organisation. */
  fromClosing: boolean;
}

/**
 * Reads address and query of a report.
 * @throws FaultsError naming every fault of the one or the other
 */
export function parseReport(
  params: unknown,
  query: unknown,
): { question: ReportQuestion; language: Language } {
  const address = parseQuery(reportAddressSchema, params);
  const { asOf, closing, lang = 'nl' } = parseQuery(effectReportQuerySchema, withPlus(query));
  const days = untilNow(daysOf(address.period), civilDateAt(new Date()));
  const question = { ...address, days, asOf, fromClosing: closing === 'true' };
  return { question, language: lang };
}

/** The days of a period of a report: `2025`, `2025-Q1`, `2025-03` or `2025-01-01--2025-06-30`. */
export function daysOf(period: string): Period {
  const [from = '', to] = period.split('--');
  return to === undefined ? periodNamed(from) : { from, to };
}

/** Of a period that is not over the months that have begun: budget of months to come would make it look poor. */
function untilNow({ from, to }: Period, today: string): Period {
  const last = lastDayOfMonth(today);
  return from <= today && last < to ? { from, to: last } : { from, to };
}

/** A plus sign that was not escaped arrives as a space; nothing else in a time is one. */
function withPlus(query: unknown): unknown {
  if (typeof query !== 'object' || query === null || !('asOf' in query)) return query;
  const { asOf } = query;
  return typeof asOf === 'string' ? { ...query, asOf: asOf.replace(' ', '+') } : query;
}
