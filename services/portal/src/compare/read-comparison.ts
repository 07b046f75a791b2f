/** Reads what a comparison is made of, all from one snapshot. */
import type { CompareQuery, Comparison } from '@effectstroom/contracts';
import {
  type Database,
  type EditionOn,
  inSnapshot,
  readEditionsOn,
  readMoments,
  readSegments,
  readSettingsNames,
  type SavingsQuestion,
} from '@effectstroom/database';
import type { Kysely, Transaction } from 'kysely';
import { requireKnown } from '../savings/as-of.ts';
import { momentsOf } from '../savings/moments.ts';
import { questionOf } from '../savings/question.ts';
import { type Asked, comparisonAnswer } from './answer.ts';
import type { ExactComparisons } from './exact.ts';
import type { KnownSides } from './known-sides.ts';
import { momentComparisons } from './moment-parts.ts';
import { periodComparisons } from './period-comparisons.ts';

/** Cells of a question: a row has one for each segment or cause. */
const CELLS_MAX = 100_000;

/**
 * The answer to a question whose moments have passed.
 * @param organisations codes that may be read; undefined is all
 */
export function answerComparison(
  db: Kysely<Database>,
  query: CompareQuery,
  sides: KnownSides,
  organisations: readonly string[] | undefined,
): Promise<Comparison> {
  return inSnapshot(db, (tx) => comparisonIn(tx, query, sides, organisations));
}

/** The same, in the snapshot of a transaction. */
export async function comparisonIn(
  tx: Transaction<Database>,
  query: CompareQuery,
  sides: KnownSides,
  organisations: readonly string[] | undefined,
): Promise<Comparison> {
  for (const moment of new Set(Object.values(sides)))
    if (moment !== undefined) await requireKnown(tx, moment);
  const now = await momentsOf(tx, undefined);
  const { from, to } = query.before ?? query.after;
  const asked: Asked = {
    ...{ query, organisations },
    before: { from, to, asOf: sides.before ?? now.asOf },
    after: { from: query.after.from, to: query.after.to, asOf: sides.after ?? now.asOf },
  };
  const after = { ...questionOf(query.after, organisations), asOf: sides.after ?? now.moment };
  if (query.before === undefined) return answerMoments(tx, asked, after);
  const before = { ...after, period: query.before, asOf: sides.before ?? now.moment };
  return answerPeriods(tx, asked, { before, after });
}

async function answerMoments(
  tx: Transaction<Database>,
  asked: Asked,
  question: SavingsQuestion,
): Promise<Comparison> {
  const { beforeAsOf } = asked.query;
  if (beforeAsOf === undefined) throw new Error('A comparison of moments has no moment before');
  const exact = momentComparisons(await readMoments(tx, question, beforeAsOf, CELLS_MAX));
  const settings = await readSettingsNames(tx, settingsIn(exact));
  const names = new Map(settings.map((name) => [name.number, name]));
  return comparisonAnswer({ asked, exact, names, editions: [] });
}

function settingsIn({ rows, total }: ExactComparisons): bigint[] {
  const causes = [...rows, total].flatMap(({ parts }) => parts.flatMap((part) => part.causes ?? []));
  return [...new Set(causes.flatMap(({ settings }) => (settings === undefined ? [] : [settings])))];
}

async function answerPeriods(
  tx: Transaction<Database>,
  asked: Asked,
  questions: { before: SavingsQuestion; after: SavingsQuestion },
): Promise<Comparison> {
  const prices = { day: asked.before.to, knownAt: asked.before.asOf ?? undefined };
  const editions: EditionOn[] = await readEditionsOn(tx, questions.after, prices);
  const exact = periodComparisons({
    before: await readSegments(tx, questions.before, undefined, CELLS_MAX),
    after: await readSegments(tx, questions.after, prices, CELLS_MAX),
    groupBy: asked.query.after.groupBy,
    starts: { before: asked.before.from, after: asked.after.from },
  });
  return comparisonAnswer({ asked, exact, names: new Map(), editions });
}
