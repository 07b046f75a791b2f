/** Reads what is needed to judge a question, and judges it. */
import { type Database, type GroupCounts, readCaseGroups, readDividedGroups } from '@effectstroom/database';
import type { Transaction } from 'kysely';
import {
  type JudgedQuestion,
  type Judgement,
  judgedDimensions,
  judgementOf,
  type MunicipalGroup,
  type Verdicts,
  verdictsOf,
} from './judge.ts';
import { divisionsOf } from './lattice.ts';
import { type PeriodPart, yearsOf } from './period-years.ts';
import type { SmallNumberLimits } from './risk.ts';

/** Groups of the finest table, of one year and all municipalities that are judged. */
const GROUPS_MAX = 50_000;

export interface JudgedReading {
  query: JudgedQuestion & { from: string; to: string };
  /** Codes that the key may read; undefined is all. */
  organisations: readonly string[] | undefined;
  /** What was known then is taken from the ledger, RFC 3339; undefined is now. */
  moment: string | undefined;
  limits: SmallNumberLimits;
}

/**
 * Judges a question by all that the reader may ask of the same municipality (or all), view and moment, and of
 * the years of the period, each judged whole: so no month can be told from its year and the other months.
 * @throws TooManyCellsError where there is too much of one year.
 */
export async function readJudgement(tx: Transaction<Database>, reading: JudgedReading): Promise<Judgement> {
  const { query, limits } = reading;
  const verdicts: Verdicts[] = [];
  for (const { period, by, parts } of yearsOf(query)) {
    const asked = { ...query, ...period, groupBy: by === undefined ? query.groupBy : [...query.groupBy, by] };
    const groups = await readCounts(tx, { ...reading, query: asked });
    const family = { dimensions: judgedDimensions(asked), groups, parts: partsWithin(parts, query.filters) };
    verdicts.push(verdictsOf(query, family, limits));
  }
  return judgementOf(query, verdicts);
}

/** The parts of a period that a filter on the same unit of time lets through. */
function partsWithin(parts: readonly PeriodPart[], { month, quarter }: JudgedQuestion['filters']) {
  return parts.filter(
    (part) =>
      (part.month === undefined || month === undefined || part.month === month) &&
      (part.quarter === undefined || quarter === undefined || part.quarter === quarter),
  );
}

/** The counts of every group that the judgement rests on. */
export async function readCounts(
  tx: Transaction<Database>,
  { query, organisations, moment }: Omit<JudgedReading, 'limits'>,
): Promise<MunicipalGroup[]> {
  const { view, from, to, filters } = query;
  const dimensions = judgedDimensions(query);
  const { municipality } = filters;
  const municipal = typeof municipality === 'string' ? { municipality } : {};
  const question = {
    ...{ view, period: { from, to }, groupBy: ['municipality', ...dimensions] as const },
    ...{ filters: municipal, organisations, asOf: moment },
  };
  const divisions = divisionsOf(dimensions, view);
  const isDivided = view === 'calendar' || divisions.length > 1;
  const read = isDivided
    ? await readDividedGroups(tx, question, divisions, GROUPS_MAX)
    : [await readCaseGroups(tx, question, GROUPS_MAX)];
  return read.flatMap((ones, place) => ones.map((one) => municipalGroup(one, divisions[place] ?? [])));
}

function municipalGroup(
  { group: [municipality, ...values], ...counts }: GroupCounts,
  divided: MunicipalGroup['divided'],
): MunicipalGroup {
  return { municipality: municipality ?? '', values, divided, counts };
}
