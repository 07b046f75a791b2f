/** A handful of invented cases, and what the family of questions about them answers. */
import type { Dimension, View } from '@effectstroom/contracts';
import {
  type Judgement,
  judge,
  judgedDimensions,
  judgementOf,
  type MunicipalGroup,
  verdictsOf,
} from '../../services/portal/src/suppression/judge.ts';
import { dividingDimensions, divisionsOf, subsets } from '../../services/portal/src/suppression/lattice.ts';
import { yearsOf } from '../../services/portal/src/suppression/period-years.ts';
import { riskOf, type SmallNumberLimits } from '../../services/portal/src/suppression/risk.ts';
import type { Random } from '../scenarios/random.ts';
import type { Answer, Values } from './attacker.ts';

/** A line of a case; every case has one at least. */
export interface Line {
  caseNumber: number;
  values: Values;
  saved: bigint;
  /** Whether its case was handled where the line stands. */
  isHandled: boolean;
}

export const MONTHS = ['2021-01', '2021-02', '2021-04'];

const CASE_VALUES: Partial<Record<Dimension, readonly (string | null)[]>> = {
  municipality: ['GM0001', 'GM0002', 'GM0003'],
  theme: ['1', '2', '3'],
  team: ['noord', 'zuid', null],
  organisation: ['a', 'b'],
  month: MONTHS,
};

/** Unevenly, so that there are groups of every size. */
function pickUneven<T>(values: readonly T[], random: Random): T {
  return random.pick(values.slice(0, 1 + random.below(values.length)));
}

/**
 * Cases of some dimensions; what a goal, month or quarter implies is told too. In the calendar view a line may
 * save in another month than that in which its case was handled.
 */
export function inventLines(
  count: number,
  dimensions: readonly Dimension[],
  view: View,
  random: Random,
): Line[] {
  const isFollowing = random.below(2) === 0;
  return Array.from({ length: count }, (_, caseNumber) => {
    const ofCase = inventValues(dimensions, isFollowing, random);
    const lines = random.below(3) === 0 ? [0, 1] : [0];
    return lines.map((line): Line => {
      const values = { ...ofCase };
      if (view === 'calendar' && line > 0) values.month = pickUneven(MONTHS, random);
      if (values.month !== undefined)
        Object.assign(values, { quarter: quarterOf(values.month), year: '2021' });
      if (dimensions.includes('costBearer'))
        values.costBearer = line > 0 ? 'politie' : random.pick(['gemeente', 'zorg']);
      const saved = BigInt(1 + random.below(20)) * (random.below(12) === 0 ? 100n : 1n);
      return {
        caseNumber,
        saved,
        values: namedIn(dimensions, values),
        isHandled: view === 'cohort' || line === 0,
      };
    });
  }).flat();
}

const TEAM_OF_THEME: Record<string, string> = { 1: 'noord', 2: 'zuid' };

function inventValues(dimensions: readonly Dimension[], isFollowing: boolean, random: Random): Values {
  const values: Values = {};
  for (const dimension of dimensions) {
    const choices = CASE_VALUES[dimension];
    if (choices !== undefined) values[dimension] = pickUneven(choices, random);
  }
  // A team mostly works on one theme.
  if (isFollowing && values.team !== undefined && random.below(12) > 0)
    values.team = TEAM_OF_THEME[values.theme ?? ''] ?? null;
  if (dimensions.includes('goal')) values.goal = `${values.theme}.${1 + random.below(2)}`;
  return values;
}

function namedIn(dimensions: readonly Dimension[], values: Values): Values {
  return Object.fromEntries(dimensions.map((dimension) => [dimension, values[dimension] ?? null]));
}

function quarterOf(month: string | null): string {
  return `2021-Q${Math.ceil(Number(month?.slice(5)) / 3)}`;
}

/** What the database would count. */
function countGroups(lines: readonly Line[], dimensions: readonly Dimension[], view: View): MunicipalGroup[] {
  const dividing = dividingDimensions(dimensions, view);
  const caseWide = dimensions.filter((one) => !dividing.includes(one));
  return divisionsOf(dimensions, view).flatMap((divided) => {
    const told = [...caseWide, ...divided];
    const valuesOf = ({ values }: Line) =>
      dimensions.map((dimension) => (told.includes(dimension) ? (values[dimension] ?? null) : null));
    const groups = Map.groupBy(lines, (line) =>
      JSON.stringify([line.values.municipality ?? 'GM0001', valuesOf(line)]),
    );
    return [...groups].map(([key, ones]) => {
      const [municipality, values] = JSON.parse(key);
      return { municipality, values, divided, counts: countsOf(ones) };
    });
  });
}

function countsOf(lines: readonly Line[]) {
  const cases = [...Map.groupBy(lines, ({ caseNumber }) => caseNumber).values()];
  const saved = cases.map((ones) => ones.reduce((sum, one) => sum + one.saved, 0n));
  return {
    handled: BigInt(cases.filter((ones) => ones.some(({ isHandled }) => isHandled)).length),
    cases: BigInt(cases.length),
    sum: saved.reduce((sum, one) => sum + one, 0n),
    square: saved.reduce((sum, one) => sum + one * one, 0n),
  };
}

export interface Question {
  groupBy: Dimension[];
  filters: Partial<Record<Dimension, string>>;
}

/** A question of the family: every dimension is grouped by, filtered on, or neither. */
export function inventQuestion(
  lines: readonly Line[],
  dimensions: readonly Dimension[],
  random: Random,
): Question {
  const question: Question = { groupBy: [], filters: {} };
  const { values } = random.pick(lines);
  for (const dimension of dimensions) {
    const use = random.below(5);
    const value = values[dimension];
    if (use <= 1) question.groupBy.push(dimension);
    else if (use === 2 && typeof value === 'string') question.filters[dimension] = value;
  }
  return question;
}

/** What a reader without detail sees. */
export function answerOf(
  question: Question,
  lines: readonly Line[],
  view: View,
  limits: SmallNumberLimits,
): Answer {
  const asked = { view, ...question };
  const { municipality } = question.filters;
  const own = lines.filter(
    ({ values }) => municipality === undefined || values.municipality === municipality,
  );
  return judgedAnswer(question, own, judge(asked, countGroups(own, judgedDimensions(asked), view), limits));
}

/** The same of a period of 2021: what is asked of it lies in its months. @param months `01` to `12`, both inclusive */
export function answerOfPeriod(
  question: Question,
  [first, last]: readonly [string, string],
  lines: readonly Line[],
  view: View,
  limits: SmallNumberLimits,
): Answer {
  const days = new Date(Date.UTC(2021, Number(last), 0)).getUTCDate();
  const verdicts = yearsOf({ from: `2021-${first}-01`, to: `2021-${last}-${days}` }).map(({ by, parts }) => {
    const groupBy = by === undefined ? question.groupBy : [...question.groupBy, by];
    const dimensions = judgedDimensions({ ...question, view, groupBy });
    const groups = countGroups(lines, dimensions, view);
    return verdictsOf({ ...question, view }, { dimensions, groups, parts }, limits);
  });
  const months = MONTHS.filter((month) => month.slice(5) >= first && month.slice(5) <= last);
  const inside = lines.filter(({ values }) => months.includes(values.month ?? ''));
  return { ...judgedAnswer(question, inside, judgementOf({ ...question, view }, verdicts)), months };
}

function judgedAnswer(
  question: Question,
  lines: readonly Line[],
  { row, total, isListed }: Judgement,
): Answer {
  const isShown = ({ values }: { values: (string | null)[] }) => row(values) === undefined;
  const all = shownAnswer(question, lines, isShown, total === undefined);
  const rows = all.rows.filter((one) => one.isShown || isListed(one.values));
  return { ...all, rows, isPartial: rows.length < all.rows.length };
}

/** What such a reader would see if only what is at risk itself were left out. */
export function naiveAnswer(question: Question, lines: readonly Line[], limits: SmallNumberLimits): Answer {
  const isSafe = (ones: readonly Line[]) => riskOf(countsOf(ones), limits) === undefined;
  const inside = lines.filter(({ values }) => isMatch(question.filters, values));
  return shownAnswer(question, lines, ({ ones }) => isSafe(ones), isSafe(inside));
}

function shownAnswer(
  question: Question,
  lines: readonly Line[],
  isShown: (row: { values: (string | null)[]; ones: Line[] }) => boolean,
  isTotalShown: boolean,
): Answer {
  const { groupBy, filters } = question;
  const inside = groupBy.length === 0 ? [] : lines.filter(({ values }) => isMatch(filters, values));
  const rows = Map.groupBy(inside, ({ values }) => JSON.stringify(groupBy.map((one) => values[one] ?? null)));
  return {
    ...question,
    rows: [...rows].map(([key, ones]) => {
      const values: (string | null)[] = JSON.parse(key);
      return { values, isShown: isShown({ values, ones }) };
    }),
    isTotalShown,
    isPartial: false,
  };
}

function isMatch(filters: Question['filters'], values: Values): boolean {
  return Object.entries(filters).every(([name, wanted]) => values[name as Dimension] === wanted);
}

/** Groups, in any of the dimensions, that must stay unknown. */
export function groupsAtRisk(
  lines: readonly Line[],
  dimensions: readonly Dimension[],
  limits: SmallNumberLimits,
): Values[] {
  return subsets(dimensions).flatMap((part) => {
    const groups = Map.groupBy(lines, ({ values }) => JSON.stringify(part.map((one) => values[one] ?? null)));
    return [...groups]
      .filter(([, ones]) => riskOf({ ...countsOf(ones), handled: 0n }, limits) !== undefined)
      .map(([key]): Values => {
        const values: (string | null)[] = JSON.parse(key);
        return Object.fromEntries(part.map((dimension, place) => [dimension, values[place] ?? null]));
      });
  });
}

/**
 * Every combination of the values that there are. That a goal is one of its theme, and a month one of its
 * quarter, everybody knows.
 */
export function combinations(lines: readonly Line[], dimensions: readonly Dimension[]): Values[] {
  const known: Dimension[][] = [
    ['theme', 'goal'],
    ['year', 'quarter', 'month'],
  ];
  const together = [
    ...known.map((ones) => ones.filter((one) => dimensions.includes(one))),
    ...dimensions.filter((one) => !known.flat().includes(one)).map((one) => [one]),
  ];
  return together.reduce<Values[]>(
    (found, ones) => {
      const options = new Set(
        lines.map(({ values }) => JSON.stringify(ones.map((one) => values[one] ?? null))),
      );
      return [...options].flatMap((option) => {
        const chosen: (string | null)[] = JSON.parse(option);
        const values = Object.fromEntries(ones.map((one, place) => [one, chosen[place] ?? null]));
        return found.map((before) => ({ ...before, ...values }));
      });
    },
    [{}],
  );
}
