/** Looks for two questions of one family whose answers give away what each of them hides. */
import type { Dimension, View } from '@effectstroom/contracts';
import type { SmallNumberLimits } from '../../services/portal/src/suppression/risk.ts';
import { seededRandom } from '../scenarios/random.ts';
import { type Answer, Attacker, type Values } from './attacker.ts';
import {
  answerOf,
  combinations,
  groupsAtRisk,
  inventLines,
  inventQuestion,
  type Line,
  naiveAnswer,
} from './small-world.ts';

export interface Search {
  seed: number;
  cases: number;
  dimensions: readonly Dimension[];
  limits: SmallNumberLimits;
  view: View;
  /** Pairs of questions that are tried. */
  pairs: number;
  /** The attacker also knows, from elsewhere, which combinations of values exist. */
  knowsStructure?: boolean;
  /** Nothing is suppressed of answers but what is at risk itself: the search must find leaks then. */
  isNaive?: boolean;
}

export interface Leak {
  questions: Pick<Answer, 'groupBy' | 'filters'>[];
  group: Values;
}

export interface Found {
  /** Rows of the answers that were tried. */
  shown: number;
  hidden: number;
  leaks: Leak[];
}

export function search(asked: Search): Found {
  const { seed, cases, dimensions, limits, view, pairs } = asked;
  const random = seededRandom(BigInt(seed));
  const lines = inventLines(cases, dimensions, view, random);
  const found: Found = { shown: 0, hidden: 0, leaks: [] };
  const answers = new Map<string, Answer>();
  const answered = (): Answer => {
    const question = inventQuestion(lines, dimensions, random);
    const key = JSON.stringify(question);
    const given = () =>
      asked.isNaive ? naiveAnswer(question, lines, limits) : answerOf(question, lines, view, limits);
    const answer = answers.get(key) ?? given();
    answers.set(key, answer);
    return answer;
  };
  for (let pair = 0; pair < pairs; pair += 1) {
    const both = [answered(), answered()];
    for (const { isShown } of both.flatMap(({ rows }) => rows)) found[isShown ? 'shown' : 'hidden'] += 1;
    const leak = leakOf(both, lines, asked);
    if (leak !== undefined) found.leaks.push(leak);
  }
  return found;
}

function leakOf(
  both: readonly Answer[],
  lines: readonly Line[],
  { limits, knowsStructure }: Search,
): Leak | undefined {
  const named = new Set(
    both.flatMap(({ groupBy, filters }) => [...groupBy, ...(Object.keys(filters) as Dimension[])]),
  );
  const dimensions = [...named];
  const possible = knowsStructure ? lines.map(({ values }) => values) : combinations(lines, dimensions);
  const attacker = new Attacker(both, distinct(possible, dimensions));
  const group = groupsAtRisk(lines, dimensions, limits).find((wanted) =>
    attacker.knows((values) =>
      Object.entries(wanted).every(([name, value]) => values[name as Dimension] === value),
    ),
  );
  if (group === undefined) return undefined;
  return { questions: both.map(({ groupBy, filters }) => ({ groupBy, filters })), group };
}

function distinct(all: readonly Values[], dimensions: readonly Dimension[]): Values[] {
  const texts = new Set(all.map((values) => JSON.stringify(dimensions.map((one) => values[one] ?? null))));
  return [...texts].map((text) => {
    const values: (string | null)[] = JSON.parse(text);
    return Object.fromEntries(dimensions.map((one, place) => [one, values[place] ?? null]));
  });
}
