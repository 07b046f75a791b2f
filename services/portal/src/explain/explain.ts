/** The answer of `GET /v1/explain`: every sum from one snapshot. */
import type {
  ExplainBasis,
  ExplainedPart,
  ExplainedStep,
  ExplainQuery,
  ExplainStep,
  Explanation,
  PublicExplanation,
} from '@effectstroom/contracts';
import { type Database, inSnapshot, readStepSums } from '@effectstroom/database';
import type { Kysely, Transaction } from 'kysely';
import { followingYearsOf } from '../savings/following-years.ts';
import { type Moments, momentsOf } from '../savings/moments.ts';
import { programmesOf } from '../savings/programmes.ts';
import { questionOf } from '../savings/question.ts';
import { withoutSmallSums } from '../suppression/explanation.ts';
import type { SmallNumberLimits } from '../suppression/risk.ts';
import { explainAddress } from './address.ts';
import { rounded, unrounded } from './amounts.ts';
import { walkCase } from './case-walk.ts';
import { groupParts } from './group-parts.ts';
import { groupLabel, namesOf } from './labels.ts';
import { partsBy, splitPath } from './levels.ts';
import type { Part, PartsPage } from './pages.ts';
import type { Below, Step, Walk } from './walk.ts';

/**
 * Walks a figure down.
 * @param organisations codes that may be read; undefined is all
 */
export function explain(
  db: Kysely<Database>,
  query: ExplainQuery,
  organisations: readonly string[] | undefined,
): Promise<Explanation> {
  return inSnapshot(db, async (tx) =>
    explainIn(tx, query, organisations, await momentsOf(tx, query.question.asOf)),
  );
}

/** The same for readers who may not see small numbers, of a question that names no case. */
export function explainPublicly(
  db: Kysely<Database>,
  query: ExplainQuery,
  organisations: readonly string[] | undefined,
  limits: SmallNumberLimits,
): Promise<PublicExplanation> {
  return inSnapshot(db, async (tx) => {
    const moments = await momentsOf(tx, query.question.asOf);
    const explanation = await explainIn(tx, query, organisations, moments);
    return withoutSmallSums(tx, explanation, query, { organisations, moment: moments.moment, limits });
  });
}

async function explainIn(
  tx: Transaction<Database>,
  query: ExplainQuery,
  organisations: readonly string[] | undefined,
  { asOf, moment }: Moments,
): Promise<Explanation> {
  const { question, figure } = query;
  const programmes = await programmesOf(tx, question, organisations, asOf);
  const walk = { query, organisations, moment, programmes };
  const { groups, inside } = splitPath(query.path);
  const whole = { ...questionOf(question, organisations), asOf: moment };
  const sums = await readStepSums(tx, whole, figure, groups);
  const steps = groups.map(({ level, value }, depth): Step => {
    const names = namesOf(programmes, groups.slice(0, depth + 1));
    return { level, value, label: groupLabel(level, value, names), exact: sums[depth + 1] ?? 0n };
  });
  const below = inside.length === 0 ? await groupParts(tx, walk, groups) : await walkCase(tx, walk);
  return answerOf(walk, { total: sums[0] ?? 0n, steps: [...steps, ...below.steps], below, asOf });
}

interface Walked {
  total: bigint;
  steps: Step[];
  below: Below;
  asOf: string | null;
}

function answerOf(walk: Walk, { total, steps, below, asOf }: Walked): Explanation {
  const { query } = walk;
  const { figure, path } = query;
  const sum = steps.at(-1)?.exact ?? total;
  const { page } = below;
  const by = partsBy(query) ?? null;
  const top = { level: 'total', value: null, label: 'Totaal', ...amounts(query, total) } as const;
  return {
    basis: basisOf(walk, asOf),
    figure,
    steps: [
      { ...top, href: explainAddress(query, []) },
      ...steps.map(({ level, value, label, exact }, depth): ExplainedStep => {
        const href = explainAddress(query, path.slice(0, depth + 1));
        return { level, value, label, ...amounts(query, exact), href };
      }),
    ],
    ...amounts(query, sum),
    by,
    parts: by === null ? [] : (page?.parts ?? []).map((part) => partAnswer(query, { ...part, level: by })),
    pages: page === undefined ? null : pagesOf(query, page),
    next: page?.next ?? null,
    adds: page === undefined || page.before + page.page + page.after === sum,
    ...(below.case === undefined ? {} : { case: below.case }),
  };
}

function amounts({ figure }: ExplainQuery, exact: bigint): { sum: string; exact: string } {
  return { sum: rounded(figure, exact), exact: unrounded(figure, exact) };
}

function partAnswer(query: ExplainQuery, part: Part & Pick<ExplainStep, 'level'>): ExplainedPart {
  const { level, value, label, exact, isOpen } = part;
  const href = isOpen ? explainAddress(query, [...query.path, { level, value }]) : null;
  return { value, label, ...amounts(query, exact), href };
}

function pagesOf({ figure }: ExplainQuery, { before, page, after }: PartsPage): Explanation['pages'] {
  const exact = {
    before: unrounded(figure, before),
    page: unrounded(figure, page),
    after: unrounded(figure, after),
  };
  return {
    before: rounded(figure, before),
    page: rounded(figure, page),
    after: rounded(figure, after),
    exact,
  };
}

function basisOf(
  { query: { question }, organisations, programmes }: Walk,
  asOf: string | null,
): ExplainBasis {
  const { municipality = null, organisation = null, programme = null, ...filters } = question.filters;
  const { from, to, view } = question;
  const isLimited = organisations !== undefined && organisation === null;
  return {
    ...{ municipality, organisation, programme },
    ...(isLimited ? { organisations: [...organisations] } : {}),
    ...filters,
    ...{ from, to, view, asOf, followingYears: followingYearsOf(programmes, question) },
  };
}
