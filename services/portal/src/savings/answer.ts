/** The answer of `GET /v1/savings`: exact sums in, figures rounded once out. */
import {
  type Dimension,
  LINE_DIMENSIONS,
  type Programme,
  type Savings,
  type SavingsBasis,
  type SavingsQuery,
  type SavingsRow,
} from '@effectstroom/contracts';
import type { Group, PricedCell, SavingsCells } from '@effectstroom/database';
import type { Stratum } from '../uncertainty/sampling.ts';
import { mergeStrata } from '../uncertainty/strata.ts';
import type { Prices } from './at-prices.ts';
import { budgetOf } from './budget.ts';
import type { Completeness } from './completeness.ts';
import { addCell, type ExactFigures, noFigures } from './figures.ts';
import { byGroup } from './group-order.ts';
import { periodOf, within } from './question.ts';
import { writtenFigures } from './written-figures.ts';

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
  /** Where the question names a day for prices. */
  priced?: { cells: readonly PricedCell[]; prices: Prices } | undefined;
}

type Named = Partial<Record<Dimension, string | null>>;

export function savingsAnswer(input: SavingsInput): Savings {
  const { query, programmes, cells, priced } = input;
  const { groups, total } = addUp(cells);
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
  const strataOf = inGroups(cells.strata ?? []);
  const pricedOf = inGroups(priced?.cells ?? []);
  const shown = (figures: ExactFigures, strata: readonly Stratum[], lines: readonly PricedCell[]) => ({
    figures,
    strata: cells.strata && strata,
    priced: priced && { cells: lines, prices: priced.prices },
  });
  const rows = [...groups.values()].sort(byGroup).map(({ group, figures }): SavingsRow => {
    const names: Named = Object.fromEntries(query.groupBy.map((name, place) => [name, group[place] ?? null]));
    const cost = byLine ? null : figures.cases.cost;
    const divisors = { cost, budget: budget(names), basis } as const;
    return { ...names, ...writtenFigures(shown(figures, strataOf(group), pricedOf(group)), divisors) };
  });
  const divisors = { cost: total.cases.cost, budget: totalBudget, basis } as const;
  const all = shown(total, mergeStrata(cells.strata ?? []), priced?.cells ?? []);
  return { basis: basisOf(input), rows, total: writtenFigures(all, divisors) };
}

/** Finds what stands in a group. */
function inGroups<T extends { group: Group }>(all: readonly T[]): (group: Group) => readonly T[] {
  const byKey = Map.groupBy(all, ({ group }) => JSON.stringify(group));
  return (group) => byKey.get(JSON.stringify(group)) ?? [];
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
    ...(query.prices === undefined ? {} : { prices: query.prices }),
    asOf,
    followingYears,
    ...completeness,
  };
}
