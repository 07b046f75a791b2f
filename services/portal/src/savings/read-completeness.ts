/** Reads what {@link completenessOf} needs to know of a question. */
import {
  type Days,
  type Deliveries,
  type Programme,
  type SavingsQuery,
  yearsLater,
} from '@effectstroom/contracts';
import {
  countQuarantineOfPeriod,
  type Database,
  readExpectedDeliveries,
  readLastDeliveries,
} from '@effectstroom/database';
import type { Transaction } from 'kysely';
import { type Completeness, completenessOf } from './completeness.ts';
import { periodOf } from './question.ts';

export interface CompletenessQuestion {
  query: SavingsQuery;
  /** Codes that the key may read; undefined is all. */
  organisations: readonly string[] | undefined;
  /** The programmes in scope, as known at the answer's moment. */
  programmes: readonly Programme[];
  /** The answer's moment, RFC 3339; null while nothing has been applied. */
  asOf: string | null;
  /** Years after the case's date of the longest line in the answer. */
  longest: number;
}

/** Whether the figures of a question are complete. A question that asks for no day misses nothing. */
export async function readCompleteness(
  tx: Transaction<Database>,
  { query, organisations, programmes, asOf, longest }: CompletenessQuestion,
): Promise<Completeness> {
  const asked = periodOf(query);
  if (asked === undefined) return { complete: true, missing: [] };
  const { municipality, organisation, programme } = query.filters;
  const countedFrom = query.view === 'cohort' ? asked.from : yearsBefore(asked.from, longest);
  const period: Days = { from: countedFrom, to: asked.to };
  const quarantined = await countQuarantineOfPeriod(tx, {
    ...{ municipality, organisation, programme, organisations, period, asOf: query.asOf },
  });
  const inScope = new Set([...programmes.map((one) => one.organisation), ...quarantined.keys()]);
  if (organisation !== undefined) inScope.add(organisation);
  const settings = await readExpectedDeliveries(tx, [...inScope], asOf ?? undefined);
  const expected = new Map(settings.map(({ key, body }) => [key, body as Deliveries]));
  const pairs = [...expected.values()].flatMap(({ organisation, sources }) =>
    sources.map(({ source }) => ({ organisation, source })),
  );
  const delivered = await readLastDeliveries(tx, pairs, query.asOf);
  const last = new Map(delivered.map((one) => [`${one.organisation} ${one.source}`, one.lastDelivery]));
  return completenessOf({
    ...{ organisations: inScope, expected, quarantined, asked, countedFrom },
    lastDelivery: (code, source) => last.get(`${code} ${source}`),
    moment: asOf === null ? new Date() : new Date(asOf),
  });
}

/** The first year is 0001. */
function yearsBefore(date: string, years: number): string {
  return yearsLater(date, -Math.min(years, Number(date.slice(0, 4)) - 1));
}
