/** What is suppressed cannot be computed from two periods either: a year less some of its months. */
import type { Dimension, View } from '@effectstroom/contracts';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../scenarios/random.ts';
import { type Answer, Attacker, type Values } from './attacker.ts';
import {
  answerOf,
  answerOfPeriod,
  combinations,
  groupsAtRisk,
  inventLines,
  type Question,
} from './small-world.ts';

const TIME: Dimension[] = ['month', 'quarter', 'year'];
/** First and last month; there are cases in January, February and April. */
const PERIODS = [
  ...[['01', '12'] as const, ['01', '03'] as const, ['04', '06'] as const],
  ...[['01', '01'] as const, ['02', '02'] as const, ['04', '04'] as const],
  ...[['02', '04'] as const, ['01', '04'] as const, ['02', '12'] as const],
];
const SEEDS = Array.from({ length: 8 }, (_, place) => place + 1);

/**
 * What two answers about different periods give away.
 * @param isAlone whether each period is judged by itself, as if nothing else could be asked
 */
function search(of: readonly Dimension[], seed: number, isAlone: boolean) {
  const random = seededRandom(BigInt(seed));
  const dimensions = [...TIME, ...of];
  const view: View = seed % 4 === 3 ? 'calendar' : 'cohort';
  const limits = { fewerThan: seed % 3 === 0 ? 5 : 3, dominancePercent: seed % 2 === 0 ? 80 : 100 };
  const lines = inventLines(20 + ((seed * 37) % 190), dimensions, view, random);
  const answered = (question: Question, period: (typeof PERIODS)[number]): Answer => {
    const answer = answerOfPeriod(question, period, lines, view, limits);
    if (!isAlone) return answer;
    const inside = lines.filter(({ values }) => answer.months?.includes(values.month ?? ''));
    return { ...answerOf(question, inside, view, limits), months: answer.months ?? [] };
  };
  const groupings: Dimension[][] = [[], ...of.map((one) => [one]), [...of]];
  const answers = groupings.flatMap((groupBy) =>
    PERIODS.map((period) => answered({ groupBy, filters: {} }, period)),
  );
  const groups = groupsAtRisk(lines, dimensions, limits);
  const possible = combinations(lines, dimensions);
  const pairs = answers.flatMap((one, place) => answers.slice(place + 1).map((other) => [one, other]));
  const leaks = pairs.flatMap((pair) => {
    const attacker = new Attacker(pair, possible);
    const leak = groups.find((wanted) => attacker.knows((values) => isOf(wanted, values)));
    return leak === undefined
      ? []
      : [{ pair: pair.map(({ groupBy, months }) => ({ groupBy, months })), leak }];
  });
  return { leaks, rows: answers.flatMap(({ rows }) => rows) };
}

function isOf(group: Values, values: Values): boolean {
  return Object.entries(group).every(([name, value]) => values[name as Dimension] === value);
}

describe.each([[['theme']], [['theme', 'team']], [['costBearer', 'theme']]] as Dimension[][][])(
  'by %j',
  (of) => {
    it('two periods give away no small number', () => {
      const found = SEEDS.map((seed) => search(of, seed, false));
      expect(found.flatMap(({ leaks }) => leaks)).toEqual([]);
      const shown = found.flatMap(({ rows }) => rows.map(({ isShown }) => isShown));
      expect(new Set(shown)).toEqual(new Set([true, false]));
    });

    it('the search finds what judging each period by itself gives away', () => {
      const found = SEEDS.map((seed) => search(of, seed, true));
      expect(found.flatMap(({ leaks }) => leaks).length).toBeGreaterThan(SEEDS.length);
    });
  },
);
