/** The answer of `GET /v1/savings`: exact sums in, figures rounded once out. */
import {
  type Dimension,
  LINE_DIMENSIONS,
  type Programme,
  type Savings,
  type SavingsBasis,
  type SavingsFigures,
  type SavingsQuery,
  type SavingsRow,
} from '@effectstroom/contracts';
import type { Group, SavingsCells } from '@effectstroom/database';
import {
  CORRECTED_DECIMALS,
  divideRounded,
  EURO,
  formatDecimal,
  GROSS_DECIMALS,
} from '@effectstroom/valuation';
import { budgetOf, type ExactEuros } from './budget.ts';
import type { Completeness } from './completeness.ts';
import { addCell, type ExactAmounts, type ExactFigures, noFigures, totalOf } from './figures.ts';
import { periodOf, within } from './question.ts';

/** Where any other dimension is grouped or filtered, there is no budget (design §7). */
const BUDGET_DIMENSIONS: ReadonlySet<Dimension> = new Set<Dimension>([
  'theme',
  'workType',
  'municipality',
  'organisation',
  'programme',
  'year',
  'quarter',
  'month',
]);

const LINES: ReadonlySet<Dimension> = new Set(LINE_DIMENSIONS);

export interface SavingsInput {
  query: SavingsQuery;
  cells: SavingsCells;
  /** The programmes in scope, as known at the answer's moment. */
  programmes: readonly Programme[];
  followingYears: number;
  /** RFC 3339 in UTC. */
  asOf: string | null;
  /** Codes that the key may read; undefined is all. */
  organisations: readonly string[] | undefined;
  completeness: Completeness;
}

type Named = Partial<Record<Dimension, string | null>>;

/** What a row divides by, and what it says of it. */
interface Divisors {
  cost: bigint | null;
  budget: ExactEuros | undefined;
  basis: 'budget' | 'cost';
}

export function savingsAnswer(input: SavingsInput): Savings {
  const { query, programmes } = input;
  const { groups, total } = addUp(input.cells);
  const period = periodOf(query);
  const named = [...query.groupBy, ...(Object.keys(query.filters) as Dimension[])];
  const hasBudget = named.every((dimension) => BUDGET_DIMENSIONS.has(dimension));
  const byLine = query.groupBy.some((dimension) => LINES.has(dimension));
  const budget = (names: Named) =>
    hasBudget
      ? budgetOf(programmes, { ...query.filters, ...names, period: within(period, names) })
      : undefined;
  const totalBudget = budget({});
  const basis = totalBudget === undefined ? 'cost' : 'budget';
  const rows = [...groups.values()].sort(byGroup).map(({ group, figures }): SavingsRow => {
    const names: Named = Object.fromEntries(query.groupBy.map((name, place) => [name, group[place] ?? null]));
    const cost = byLine ? null : figures.cases.cost;
    const divisors = { cost, budget: budget(names), basis } as const;
    return { ...names, ...written(figures, divisors) };
  });
  const divisors = { cost: total.cases.cost, budget: totalBudget, basis } as const;
  return { basis: basisOf(input), rows, total: written(total, divisors) };
}

interface GroupFigures {
  group: Group;
  figures: ExactFigures;
}

function addUp(cells: SavingsCells): { groups: Map<string, GroupFigures>; total: ExactFigures } {
  const groups = new Map<string, GroupFigures>();
  const total = noFigures(cells.longest);
  const figuresOf = (group: Group): ExactFigures => {
    const key = JSON.stringify(group);
    const found = groups.get(key);
    if (found !== undefined) return found.figures;
    const figures = noFigures(cells.longest);
    groups.set(key, { group, figures });
    return figures;
  };
  for (const cell of cells.savings) {
    if (cell.group.length > 0) addCell(figuresOf(cell.group), cell);
    addCell(total, cell);
  }
  for (const { group, ...counts } of cells.cases) if (group.length > 0) figuresOf(group).cases = counts;
  total.cases = cells.allCases;
  return { groups, total };
}

/** Ascending, null last. */
function byGroup({ group: one }: GroupFigures, { group: other }: GroupFigures): number {
  for (const [place, value] of one.entries()) {
    const against = other[place] ?? null;
    if (value === against) continue;
    if (value === null || against === null) return value === null ? 1 : -1;
    return value < against ? -1 : 1;
  }
  return 0;
}

function written(figures: ExactFigures, divisors: Divisors): SavingsFigures {
  const { cases, gross, corrected, counted, municipal } = figures;
  const divisor = divisorOf(divisors);
  const returned = quotient(totalOf(corrected), divisor);
  return {
    cases: {
      registered: Number(cases.registered),
      assessed: Number(cases.assessed),
      represented: Number(cases.represented),
    },
    gross: amounts(gross, GROSS_DECIMALS),
    corrected: amounts(corrected, CORRECTED_DECIMALS),
    counted: {
      gross: euros(counted.gross, GROSS_DECIMALS),
      corrected: euros(counted.corrected, CORRECTED_DECIMALS),
    },
    municipal: {
      gross: euros(municipal.gross, GROSS_DECIMALS),
      corrected: euros(municipal.corrected, CORRECTED_DECIMALS),
      return: quotient(municipal.corrected, divisor),
    },
    cost: divisors.cost === null ? null : euros(divisors.cost, GROSS_DECIMALS),
    budget: divisors.budget === undefined ? null : exactEuros(divisors.budget),
    return: returned,
    returnBasis: returned === null ? null : divisors.basis,
  };
}

function divisorOf({ cost, budget, basis }: Divisors): ExactEuros | undefined {
  if (basis === 'budget') return budget;
  return cost === null ? undefined : { amount: cost, unit: EURO };
}

/** Corrected savings ÷ a divisor, with four decimals; null where the divisor is 0 or missing. */
function quotient(corrected: bigint, divisor: ExactEuros | undefined): string | null {
  if (divisor === undefined || divisor.amount <= 0n) return null;
  const dividend = corrected * divisor.unit * 10_000n;
  return formatDecimal(divideRounded(dividend, divisor.amount * 10n ** BigInt(CORRECTED_DECIMALS)), 4, 4);
}

function amounts(exact: ExactAmounts, decimals: number): SavingsFigures['gross'] {
  return {
    oneOff: euros(exact.oneOff, decimals),
    yearlyFirstYear: euros(exact.yearlyFirstYear, decimals),
    followingYears: exact.followingYears.map((year) => euros(year, decimals)),
    total: euros(totalOf(exact), decimals),
  };
}

function euros(value: bigint, decimals: number): string {
  return formatDecimal(value, decimals, 2);
}

function exactEuros({ amount, unit }: ExactEuros): string {
  return formatDecimal(divideRounded(amount * 100n, unit), 2, 2);
}

function basisOf({ query, followingYears, asOf, organisations, completeness }: SavingsInput): SavingsBasis {
  const { municipality = null, organisation = null, programme = null, ...filters } = query.filters;
  const isLimited = organisations !== undefined && organisation === null;
  return {
    municipality,
    organisation,
    programme,
    ...(isLimited ? { organisations: [...organisations] } : {}),
    ...filters,
    from: query.from,
    to: query.to,
    view: query.view,
    groupBy: query.groupBy,
    asOf,
    followingYears,
    ...completeness,
  };
}
