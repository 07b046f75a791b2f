/** Reads what an expected year end is made of, all from one snapshot and as the reader may see it. */
import type { Outlook, OutlookQuery, SavingsQuery } from '@effectstroom/contracts';
import { type Database, inSnapshot, type Period } from '@effectstroom/database';
import type { Kysely, Transaction } from 'kysely';
import { followingYearsOf } from '../savings/following-years.ts';
import { momentsOf } from '../savings/moments.ts';
import { programmesOf } from '../savings/programmes.ts';
import type { SmallNumberLimits } from '../suppression/risk.ts';
import { outlookAnswer } from './answer.ts';
import { yearPeriod } from './budgets.ts';
import { type Reader, seenSavings } from './seen-savings.ts';
import { lastTwelveMonths, monthsIn } from './window.ts';

/** How far back the first case is sought: one question's longest period. */
const YEARS_BACK = 99;

/**
 * @param organisations codes that may be read; undefined is all
 * @param limits of small numbers; undefined where the reader sees these
 */
export function answerOutlook(
  db: Kysely<Database>,
  query: OutlookQuery,
  organisations: readonly string[] | undefined,
  limits: SmallNumberLimits | undefined,
): Promise<Outlook> {
  return inSnapshot(db, async (tx) => {
    const { asOf, moment } = await momentsOf(tx, undefined);
    const { groupBy, filters } = query;
    const reader = { organisations, limits, moment };
    const period = yearPeriod(query.year);
    const asked: SavingsQuery = { ...period, view: 'cohort', groupBy: [], filters, asOf: undefined };
    const programmes = await programmesOf(tx, asked, organisations, asOf);
    const observed = await observedMonths(tx, query, reader);
    const window = lastTwelveMonths(query.today);
    return outlookAnswer({
      ...{ query, asOf, organisations, limits, programmes, observed },
      followingYears: followingYearsOf(programmes, asked),
      year: await seenSavings(tx, { period, groupBy, filters }, reader),
      months: await seenSavings(tx, { period: window, groupBy: [...groupBy, 'month'], filters }, reader),
      monthTotals: await seenSavings(tx, { period: window, groupBy: ['month'], filters }, reader),
    });
  });
}

/** The months that tell the pace: none of a year that does not run. Not per theme, so that rows add up. */
async function observedMonths(
  tx: Transaction<Database>,
  { year, today, filters: { municipality, organisation, programme } }: OutlookQuery,
  reader: Reader,
): Promise<string[]> {
  if (Number(today.slice(0, 4)) !== year) return [];
  const window = lastTwelveMonths(today);
  const filters = withoutUndefined({ municipality, organisation, programme });
  const firstYear = Number(window.from.slice(0, 4));
  const before: Period = {
    from: yearPeriod(Math.max(1, firstYear - YEARS_BACK)).from,
    to: yearPeriod(firstYear - 1).to,
  };
  const years = await seenSavings(tx, { period: before, groupBy: ['year'], filters }, reader);
  const recent = { from: yearPeriod(firstYear).from, to: window.to };
  const months = await seenSavings(tx, { period: recent, groupBy: ['month'], filters }, reader);
  const known = [...months.groups.values()].map(({ values }) => values[0] ?? '').sort();
  return monthsIn(window, years.groups.size > 0 ? window.from.slice(0, 7) : known[0]);
}

function withoutUndefined(filters: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(filters).filter((filter): filter is [string, string] => filter[1] !== undefined),
  );
}
