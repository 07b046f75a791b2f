/** Answers savings for readers who may not see small numbers. */
import type { PublicSavings, Savings, SavingsQuery } from '@effectstroom/contracts';
import { type Database, inSnapshot } from '@effectstroom/database';
import type { Kysely } from 'kysely';
import { momentsOf } from '../savings/moments.ts';
import { savingsIn } from '../savings/read-savings.ts';
import { readJudgement } from './read-judgement.ts';
import type { SmallNumberLimits } from './risk.ts';
import { withoutSmallNumbers } from './savings.ts';

/**
 * The rows of a question that are listed, with their figures and as they are shown, from one snapshot.
 * @param organisations codes that may be read; undefined is all
 */
export function answerPublicSavings(
  db: Kysely<Database>,
  query: SavingsQuery,
  organisations: readonly string[] | undefined,
  limits: SmallNumberLimits,
): Promise<{ all: Savings; shown: PublicSavings }> {
  return inSnapshot(db, async (tx) => {
    const moments = await momentsOf(tx, query.asOf);
    const savings = await savingsIn(tx, query, organisations, moments);
    const { moment } = moments;
    const judgement = await readJudgement(tx, { query, organisations, moment, limits });
    return withoutSmallNumbers(savings, judgement, limits);
  });
}
