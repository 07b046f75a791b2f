/** Answers comparisons for readers who may not see small numbers. */
import type { CompareQuery, Comparison, PublicComparison } from '@effectstroom/contracts';
import { type Database, inSnapshot, overlap } from '@effectstroom/database';
import type { FastifyRequest } from 'fastify';
import type { Kysely } from 'kysely';
import type { KnownSides } from '../compare/known-sides.ts';
import { comparisonIn } from '../compare/read-comparison.ts';
import { momentsOf } from '../savings/moments.ts';
import { withoutSmallComparisons } from './comparison.ts';
import { requireDetail } from './detail.ts';
import { checkPublicQuestion } from './public-question.ts';
import { readJudgement } from './read-judgement.ts';
import type { SmallNumberLimits } from './risk.ts';

/**
 * Only two periods apart, both as known now: all else differs by single cases.
 * @throws ProblemError 403, where it needs the scope detail; FaultsError where such a reader may not ask it
 */
export function checkPublicComparison(request: FastifyRequest, query: CompareQuery): void {
  const { after, before, beforeAsOf, age } = query;
  const isOfMoments = before === undefined || beforeAsOf !== undefined || after.asOf !== undefined;
  if (isOfMoments || age !== undefined)
    requireDetail(
      request,
      'two moments differ by single cases, so "asOf", "beforeAsOf" and "age" are not for all',
    );
  else if (overlap(after, before) !== undefined)
    requireDetail(request, 'periods that overlap may differ by single cases');
  checkPublicQuestion(after);
  if (before !== undefined) checkPublicQuestion({ ...after, ...before });
}

/**
 * A comparison of two periods, each judged by itself.
 * @param organisations codes that may be read; undefined is all
 */
export function answerPublicComparison(
  db: Kysely<Database>,
  query: CompareQuery,
  { sides, organisations }: { sides: KnownSides; organisations: readonly string[] | undefined },
  limits: SmallNumberLimits,
): Promise<{ bare: Comparison; shown: PublicComparison }> {
  return inSnapshot(db, async (tx) => {
    const comparison = await comparisonIn(tx, query, sides, organisations);
    const now = await momentsOf(tx, undefined);
    const judged = (period: object, moment: string | undefined) =>
      readJudgement(tx, { query: { ...query.after, ...period }, organisations, moment, limits });
    const before = await judged(query.before ?? {}, sides.before ?? now.moment);
    const after = await judged({}, sides.after ?? now.moment);
    return withoutSmallComparisons(comparison, { before, after }, limits);
  });
}
