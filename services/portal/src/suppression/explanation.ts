/** An explanation for readers who may not see small numbers: sums of groups, never of cases. */
import {
  type Dimension,
  type ExplainQuery,
  type Explanation,
  type HiddenSum,
  isDimension,
  type PublicExplanation,
  type Suppression,
} from '@effectstroom/contracts';
import type { Database } from '@effectstroom/database';
import type { Transaction } from 'kysely';
import { partsBy, splitPath } from '../explain/levels.ts';
import { type JudgedQuestion, reasonOf } from './judge.ts';
import { type JudgedReading, readJudgement } from './read-judgement.ts';
import type { SmallNumberLimits } from './risk.ts';

/** The question for the parts of an explanation: the steps are filters, and the parts its groups. */
export function questionOfParts(query: ExplainQuery): JudgedQuestion & { from: string; to: string } {
  return questionOfStep(query, splitPath(query.path).groups.length);
}

function questionOfStep(query: ExplainQuery, steps: number): JudgedQuestion & { from: string; to: string } {
  const { view, from, to, filters } = query.question;
  const { groups } = splitPath(query.path);
  const chosen: JudgedQuestion['filters'] = { ...filters };
  for (const { level, value } of groups.slice(0, steps)) chosen[level] = value;
  const by = partsBy(query);
  const groupBy: Dimension[] = steps === groups.length && by !== undefined && isDimension(by) ? [by] : [];
  return { view, from, to, groupBy, filters: chosen };
}

/** Judges every step and part of an explanation that names no case. */
export async function withoutSmallSums(
  tx: Transaction<Database>,
  explanation: Explanation,
  query: ExplainQuery,
  rest: Omit<JudgedReading, 'query' | 'limits'> & { limits: SmallNumberLimits },
): Promise<PublicExplanation> {
  const { steps, parts, basis, sum, exact, ...same } = explanation;
  const reasons: (Suppression | undefined)[] = [];
  for (const place of steps.keys()) {
    const { total } = await readJudgement(tx, { ...rest, query: questionOfStep(query, place) });
    reasons.push(total);
  }
  const below = await readJudgement(tx, { ...rest, query: questionOfParts(query) });
  const suppressed = reasons.at(-1);
  const judged = parts.map((part) => ({ part, reason: reasonOf(below, [part.value]) }));
  const listed = judged.flatMap(({ part, reason }) => (reason === null ? [] : [hidden(part, reason)]));
  return {
    ...same,
    basis: { ...basis, suppressed: { ...rest.limits, unlisted: listed.length < parts.length } },
    steps: steps.map((step, place) => hidden(step, reasons[place])),
    ...(suppressed === undefined ? { sum, exact } : { sum: null, exact: null, suppressed }),
    parts: listed,
    pages: null,
  };
}

function hidden<Shown extends { sum: string; exact: string }>(
  shown: Shown,
  suppressed: Suppression | undefined,
): Shown | HiddenSum<Shown> {
  return suppressed === undefined ? shown : { ...shown, sum: null, exact: null, suppressed };
}
