/**
 * The rules of `GET /v1/savings` (design §7), written afresh from its text to check the product with: day by
 * day and line by line, nothing summed in advance, nothing of the product imported.
 */

import type { InventedCase, InventedContribution, InventedLine } from './invented-cases.ts';
import { LINE, realisedOn, TIME, timeOf } from './realised.ts';
import { atPrices } from './recomputed-prices.ts';
import { type SampledCase, sampledCase, samplingOf } from './recomputed-sampling.ts';

export interface Question {
  from: string;
  to: string;
  view: 'cohort' | 'calendar';
  groupBy: string[];
  filters: Record<string, string>;
  /** Undefined takes everything. */
  asOfMinute: number | undefined;
  /** Undefined may read all. */
  organisations: string[] | undefined;
  /** The day whose prices are asked. */
  prices?: string | undefined;
}

/** What the recomputation needs to know of a programme. */
export interface Programme {
  municipality: string;
  organisation: string;
  programme: string;
  followingYears: { from: string; years: number }[];
  priceList?: string;
  budgets: { year: number; amount: string; theme?: string; workType?: string }[];
}

export interface PriceList {
  code: string;
  editions: { from: string; items: { service: string; price: string }[] }[];
}

type Json = Record<string, unknown>;

const BUDGET = ['theme', 'workType', 'municipality', 'organisation', 'programme', ...TIME];

/** Amounts here are in 10^-10 euro: a micro-euro times a factor in ten-thousandths. */
export const EURO = 10n ** 10n;

function rounded(dividend: bigint, divisor: bigint): bigint {
  return (2n * dividend + divisor) / (2n * divisor);
}

/** A fraction of euros as a decimal, rounded half away from zero. */
export function decimal(dividend: bigint, divisor: bigint, decimals: number): string {
  const size = rounded((dividend < 0n ? -dividend : dividend) * 10n ** BigInt(decimals), divisor);
  const digits = size.toString().padStart(decimals + 1, '0');
  const sign = dividend < 0n && size > 0n ? '-' : '';
  return `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
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

interface Sums {
  group: (string | null)[];
  registered: number;
  assessed: number;
  represented: number;
  cost: bigint;
  oneOff: [gross: bigint, corrected: bigint];
  years: [gross: bigint, corrected: bigint][];
  counted: [gross: bigint, corrected: bigint];
  municipal: [gross: bigint, corrected: bigint];
  range: [low: bigint, high: bigint];
  municipalRange: [low: bigint, high: bigint];
  /** Each line once for each year: what it takes to value it at another price. */
  priced: { of: InventedContribution; line: InventedLine; value: bigint }[];
  /** What each registered case saves, as a number of euros: samples are compared by and large. */
  sampled: SampledCase[];
}

function nothing(group: (string | null)[]): Sums {
  return {
    ...{ group, registered: 0, assessed: 0, represented: 0, cost: 0n },
    ...{ oneOff: [0n, 0n], years: [], counted: [0n, 0n], municipal: [0n, 0n] },
    ...{ range: [0n, 0n], municipalRange: [0n, 0n], priced: [], sampled: [] },
  };
}

function add(to: [bigint, bigint], amount: bigint, factor: number): void {
  to[0] += amount * 10_000n;
  to[1] += amount * BigInt(factor);
}

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

function grossOf({ oneOff, years }: Sums): bigint {
  return years.reduce((sum, year) => sum + (year?.[0] ?? 0n), oneOff[0]);
}

function addLine(
  sums: Sums,
  of: InventedContribution,
  line: InventedLine,
  value: bigint,
  year: number,
): void {
  const represented = value * BigInt(of.similarCases);
  if (line.recurrence === 'one-off') add(sums.oneOff, represented, of.factor);
  else {
    const amounts = sums.years[year] ?? [0n, 0n];
    sums.years[year] = amounts;
    add(amounts, represented, of.factor);
  }
  add(sums.counted, value, of.factor);
  if (line.municipal) add(sums.municipal, represented, of.factor);
  const weight = BigInt(of.similarCases) * BigInt(of.factor);
  for (const range of line.municipal ? [sums.range, sums.municipalRange] : [sums.range]) {
    range[0] += (line.lows[year] ?? 0n) * weight;
    range[1] += (line.highs[year] ?? 0n) * weight;
  }
  sums.priced.push({ of, line, value });
}

function order(one: (string | null)[], other: (string | null)[]): number {
  const place = one.findIndex((value, index) => value !== other[index]);
  const [left, right] = [one[place] ?? null, other[place] ?? null];
  if (left === null) return 1;
  if (right === null) return -1;
  return left < right ? -1 : 1;
}

function figures(
  sums: Sums,
  longest: number,
  basis: 'budget' | 'cost' | 'none',
  budget: bigint[] | undefined,
): Json {
  const euros = (amount: bigint) => decimal(amount, EURO, 2);
  const total = (place: 0 | 1) =>
    sums.years.reduce((sum, year) => sum + (year?.[place] ?? 0n), sums.oneOff[place]);
  const amounts = (place: 0 | 1) => ({
    oneOff: euros(sums.oneOff[place]),
    yearlyFirstYear: euros(sums.years[0]?.[place] ?? 0n),
    followingYears: Array.from({ length: longest }, (_, k) => euros(sums.years[k + 1]?.[place] ?? 0n)),
    total: euros(total(place)),
  });
  // A divisor as [dividend, divisor] in euros.
  const divisor = basis === 'budget' ? budget : basis === 'cost' ? [sums.cost, EURO] : undefined;
  const over = (amount: bigint) =>
    divisor === undefined || divisor[0] === 0n
      ? null
      : decimal(amount * (divisor[1] ?? 1n), EURO * (divisor[0] ?? 1n), 4);
  const isDivided = divisor !== undefined && divisor[0] !== 0n;
  const asMultiple = (amount: bigint) =>
    (Number(amount) / 1e10 / Number(divisor?.[0] ?? 1n)) * Number(divisor?.[1] ?? 1n);
  const less = (amount: bigint) =>
    divisor === undefined || divisor[0] === 0n
      ? null
      : decimal(amount * (divisor[1] ?? 1n) - EURO * (divisor[0] ?? 0n), EURO * (divisor[1] ?? 1n), 2);
  const range = ([low, high]: [bigint, bigint]) => ({
    ...{ low: euros(low), high: euros(high), return: { low: over(low), high: over(high) } },
  });
  return {
    cases: { registered: sums.registered, assessed: sums.assessed, represented: sums.represented },
    gross: amounts(0),
    corrected: amounts(1),
    counted: { gross: euros(sums.counted[0]), corrected: euros(sums.counted[1]) },
    estimated: {
      gross: euros(total(0) - sums.counted[0]),
      corrected: euros(total(1) - sums.counted[1]),
    },
    municipal: {
      gross: euros(sums.municipal[0]),
      corrected: euros(sums.municipal[1]),
      return: over(sums.municipal[1]),
    },
    cost: basis === 'none' ? null : euros(sums.cost),
    budget: basis === 'none' || budget === undefined ? null : decimal(budget[0] ?? 0n, budget[1] ?? 1n, 2),
    return: over(total(1)),
    returnBasis: over(total(1)) === null ? null : basis,
    odds: isDivided
      ? [
          [sums.range[0], total(1), sums.range[1]].map(asMultiple),
          [sums.municipalRange[0], sums.municipal[1], sums.municipalRange[1]].map(asMultiple),
        ]
      : null,
    net: { society: less(total(1)), municipality: less(sums.municipal[1]) },
    range: { ...range(sums.range), municipal: range(sums.municipalRange) },
  };
}

/** Euros as [dividend, divisor], counting the days of each year one by one. */
function budgetFor(
  programmes: readonly Programme[],
  question: Question,
  named: Record<string, string | null>,
): bigint[] | undefined {
  const { theme, workType } = named;
  const isWhole = (budget: Programme['budgets'][number]) =>
    budget.theme === undefined && budget.workType === undefined;
  let cents = 0n;
  let found = false;
  for (const programme of programmes) {
    if (
      ['municipality', 'organisation', 'programme'].some(
        (name) => named[name] !== undefined && named[name] !== programme[name as 'programme'],
      )
    )
      continue;
    for (const budget of programme.budgets) {
      const sameYear = programme.budgets.filter(({ year }) => year === budget.year);
      const isNamed = budget.theme === theme && budget.workType === workType;
      const isPart =
        !sameYear.some(isWhole) &&
        !(
          budget.workType !== undefined &&
          sameYear.some(
            (one) => one.theme === budget.theme && one.theme !== undefined && one.workType === undefined,
          )
        );
      if (theme === undefined && workType === undefined ? !isWhole(budget) && !isPart : !isNamed) continue;
      const [inside, all] = daysOf(budget.year, question, named);
      if (inside === 0) continue;
      found = true;
      cents += BigInt(budget.amount.replace('.', '')) * BigInt(inside) * ((365n * 366n) / BigInt(all));
    }
  }
  return found ? [cents, 365n * 366n * 100n] : undefined;
}

function daysOf(
  year: number,
  { from, to }: Question,
  named: Record<string, string | null>,
): [inside: number, all: number] {
  let [inside, all] = [0, 0];
  for (let day = Date.UTC(year, 0, 1); day < Date.UTC(year + 1, 0, 1); day += 86_400_000) {
    const date = new Date(day).toISOString().slice(0, 10);
    all += 1;
    if (date < from || date > to) continue;
    if (TIME.every((name) => (named[name] ?? null) === null || named[name] === timeOf(date)[name]))
      inside += 1;
  }
  return [inside, all];
}

/** The largest setting on any day of the period, day by day. */
function followingYears(programmes: readonly Programme[], { from, to }: Question): number {
  let largest: number | undefined;
  for (const { followingYears } of programmes)
    for (let day = Date.parse(from); day <= Date.parse(to); day += 86_400_000) {
      const date = new Date(day).toISOString().slice(0, 10);
      const setting = followingYears.filter((entry) => entry.from <= date).at(-1)?.years;
      if (setting !== undefined) largest = Math.max(largest ?? 0, setting);
    }
  return largest ?? 2;
}
