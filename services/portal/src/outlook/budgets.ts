/** The budgets of a year beside its outlook. */
import type { OutlookDimension, OutlookQuery, Programme } from '@effectstroom/contracts';
import type { Period } from '@effectstroom/database';
import { budgetOf } from '../savings/budget.ts';
import { roundedEuros } from '../savings/exact-euros.ts';
import { groupKey } from './seen-savings.ts';

type Values = readonly (string | null)[];

/** Of the whole year, and of its days up to and with today. */
export interface YearBudget {
  budget: string | null;
  budgetToDate: string | null;
}

/** The days of a calendar year. */
export function yearPeriod(year: number): Period {
  const name = String(year).padStart(4, '0');
  return { from: `${name}-01-01`, to: `${name}-12-31` };
}

/**
 * The budget of a group by its values, or without values that of all; none where the question names goals:
 * these have no budget.
 */
export function yearBudgets(
  programmes: readonly Programme[],
  { year, today, groupBy, filters }: OutlookQuery,
): (values: Values) => YearBudget {
  if (groupBy.includes('goal') || filters.goal !== undefined)
    return () => ({ budget: null, budgetToDate: null });
  const { from, to } = yearPeriod(year);
  const passed = today < from ? undefined : { from, to: today < to ? today : to };
  return (values) => {
    const names = Object.fromEntries(values.map((value, place) => [groupBy[place] ?? '', value]));
    const scope = { ...filters, ...names };
    const budget = budgetOf(programmes, { ...scope, period: { from, to } });
    if (budget === undefined) return { budget: null, budgetToDate: null };
    const toDate = passed && budgetOf(programmes, { ...scope, period: passed });
    return {
      budget: roundedEuros(budget),
      budgetToDate: toDate === undefined ? '0.00' : roundedEuros(toDate),
    };
  };
}

/** The groups that have a budget in the year, whether they have cases or not, by key of their values. */
export function budgetedGroups(
  programmes: readonly Programme[],
  { year, groupBy, filters }: OutlookQuery,
): Map<string, Values> {
  const groups = new Map<string, Values>();
  for (const { municipality, organisation, programme, budgets } of programmes)
    for (const { theme, workType, ...budget } of budgets) {
      if (budget.year !== year) continue;
      const named: Partial<Record<OutlookDimension, string | undefined>> = {
        ...{ municipality, organisation, programme, theme, workType },
      };
      const isFiltered = (['theme', 'workType'] as const).every(
        (name) => filters[name] === undefined || filters[name] === named[name],
      );
      const values = groupBy.map((name) => named[name] ?? null);
      if (isFiltered && values.every((value) => value !== null)) groups.set(groupKey(values), values);
    }
  return groups;
}
