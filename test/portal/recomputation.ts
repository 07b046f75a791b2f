/**
 * The rules of `GET /v1/savings` (design §7), written afresh from its text to check the product with: day by
 * day and line by line, nothing summed in advance, nothing of the product imported.
 */
import type { InventedCase, InventedContribution, InventedLine } from './invented-cases.ts';
import { LINE, realisedOn, TIME, timeOf } from './realised.ts';
import { budgetFor, followingYears } from './recomputed-budget.ts';
import { addLine, figures, grossOf, nothing, type Sums } from './recomputed-figures.ts';
import { atPrices } from './recomputed-prices.ts';
import type { PriceList, Programme, Question } from './recomputed-question.ts';
import { sampledCase, samplingOf } from './recomputed-sampling.ts';

type Json = Record<string, unknown>;

const BUDGET = ['theme', 'workType', 'municipality', 'organisation', 'programme', ...TIME];

/** The answer without its basis. */
export function recompute(
  cases: readonly InventedCase[],
  programmes: readonly Programme[],
  question: Question,
  priceLists: readonly PriceList[] = [],
): Json {
  const { groupBy, filters, view, organisations } = question;
  const isInside = (date: string) =>
    date >= question.from &&
    date <= question.to &&
    TIME.every((name) => filters[name] === undefined || filters[name] === timeOf(date)[name]);
  const passes = (names: string[], of: InventedContribution, line: InventedLine | undefined) =>
    names.every((name) => filters[name] === undefined || filters[name] === dimensionOf(name, of, line, ''));
  const total = nothing([]);
  const groups = new Map<string, Sums>();
  const groupAt = (of: InventedContribution, line: InventedLine | undefined, date: string): Sums => {
    const group = groupBy.map((name) => dimensionOf(name, of, line, date));
    const key = JSON.stringify(group);
    const found = groups.get(key) ?? nothing(group);
    groups.set(key, found);
    return found;
  };
  const caseNames = Object.keys(filters).filter((name) => !LINE.includes(name) && !TIME.includes(name));
  const lineNames = Object.keys(filters).filter((name) => LINE.includes(name));
  const byLine = groupBy.some((name) => LINE.includes(name));
  const scope = programmes.filter(
    (programme) =>
      (organisations?.includes(programme.organisation) ?? true) &&
      (['municipality', 'organisation', 'programme'] as const).every(
        (name) => filters[name] === undefined || filters[name] === programme[name],
      ),
  );
  const setting = followingYears(scope, question);
  let longest = setting;
  const isSampled = view === 'cohort' && !byLine && !Object.keys(filters).some((name) => LINE.includes(name));
  const shown = (sums: Sums) => ({
    sampling: isSampled ? samplingOf(sums.sampled) : null,
    ...(question.prices === undefined
      ? {}
      : { atPrices: atPrices(sums.priced, programmes, priceLists, question.prices) }),
  });

  for (const { history } of cases) {
    const of = history.filter(({ minute }) => minute <= (question.asOfMinute ?? minute)).at(-1)?.contribution;
    if (of === undefined || !(organisations?.includes(of.organisation) ?? true)) continue;
    if (!passes(caseNames, of, undefined)) continue;
    const lines = of.lines.filter((line) => passes(lineNames, of, line));
    const isCounted = isInside(of.date) && (lineNames.length === 0 || lines.length > 0);
    if (isCounted) {
      const own = byLine
        ? lines.map((line) => groupAt(of, line, of.date))
        : [groupAt(of, undefined, of.date)];
      for (const sums of new Set([...own, total])) {
        sums.registered += 1;
        sums.assessed += of.assessed ? 1 : 0;
        sums.represented += of.similarCases;
        sums.cost += of.cost * BigInt(of.similarCases) * 10_000n;
        sums.sampled.push(sampledCase(of));
      }
    }
    for (const line of lines)
      line.values.forEach((value, year) => {
        const date = view === 'cohort' ? of.date : realisedOn(of.date, year);
        if (!isInside(date)) return;
        longest = Math.max(longest, year);
        for (const sums of [groupAt(of, line, date), total]) addLine(sums, of, line, value, year);
      });
  }

  const isBudgeted = [...groupBy, ...Object.keys(filters)].every((name) => BUDGET.includes(name));
  const totalBudget = isBudgeted ? budgetFor(scope, question, filters) : undefined;
  const basis = totalBudget === undefined ? 'cost' : 'budget';
  const rows = [...groups.values()]
    .filter((sums) => sums.registered > 0 || grossOf(sums) > 0n || sums.range[1] > 0n)
    .sort((one, other) => order(one.group, other.group))
    .map((sums) => {
      const named = Object.fromEntries(groupBy.map((name, place) => [name, sums.group[place] ?? null]));
      const budget = isBudgeted ? budgetFor(scope, question, { ...filters, ...named }) : undefined;
      return { ...named, ...figures(sums, longest, byLine ? 'none' : basis, budget), ...shown(sums) };
    });
  return {
    followingYears: setting,
    rows: groupBy.length === 0 ? [] : rows,
    total: { ...figures(total, longest, basis, totalBudget), ...shown(total) },
  };
}

function dimensionOf(
  dimension: string,
  of: InventedContribution,
  line: InventedLine | undefined,
  date: string,
) {
  if (TIME.includes(dimension)) return timeOf(date)[dimension] ?? null;
  const source: unknown = LINE.includes(dimension) ? line : of;
  return ((source as Record<string, string | undefined>)[dimension] ?? null) as string | null;
}

function order(one: (string | null)[], other: (string | null)[]): number {
  const place = one.findIndex((value, index) => value !== other[index]);
  const [left, right] = [one[place] ?? null, other[place] ?? null];
  if (left === null) return 1;
  if (right === null) return -1;
  return left < right ? -1 : 1;
}
