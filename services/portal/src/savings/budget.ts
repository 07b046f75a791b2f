/** The budget of a row: what the municipality pays in the row's period for the row's theme or work type. */
import { dayNumber, type Programme } from '@effectstroom/contracts';
import { isLeapYear, overlap, type Period } from '@effectstroom/database';

/** An exact number of euros: `amount ÷ unit`. */
export interface ExactEuros {
  amount: bigint;
  unit: bigint;
}

/** What a row names: undefined where it does not name it, null where its cases have none. */
export interface BudgetScope {
  municipality?: string | null | undefined;
  organisation?: string | null | undefined;
  programme?: string | null | undefined;
  theme?: string | null | undefined;
  workType?: string | null | undefined;
  period: Period | undefined;
}

type Budget = Programme['budgets'][number];

/** Both 365 and 366 days divide it, so that every share of a year is a whole number. */
const YEAR_SHARES = 365n * 366n;
const UNIT = YEAR_SHARES * 100n;

/**
 * The sum of the budgets that the scope names, each year's amount × the share of that year's days inside the
 * period (design §7); undefined where there is none. A scope that names no theme and no work type takes the
 * whole budget of each programme and year, or the sum of the parts where there is no whole.
 */
export function budgetOf(programmes: readonly Programme[], scope: BudgetScope): ExactEuros | undefined {
  let amount = 0n;
  let isFound = false;
  for (const programme of programmes) {
    if (!isNamed(programme, scope)) continue;
    for (const budget of chosenBudgets(programme.budgets, scope)) {
      const days = daysInside(budget.year, scope.period);
      if (days === 0) continue;
      isFound = true;
      amount +=
        cents(budget.amount) * BigInt(days) * (YEAR_SHARES / BigInt(isLeapYear(budget.year) ? 366 : 365));
    }
  }
  return isFound ? { amount, unit: UNIT } : undefined;
}

function isNamed(programme: Programme, scope: BudgetScope): boolean {
  return (['municipality', 'organisation', 'programme'] as const).every(
    (name) => scope[name] === undefined || scope[name] === programme[name],
  );
}

function chosenBudgets(budgets: readonly Budget[], { theme, workType }: BudgetScope): Budget[] {
  if (theme !== undefined || workType !== undefined)
    return budgets.filter((budget) => budget.theme === theme && budget.workType === workType);
  // A part is never counted beside its whole: the year's, or else the theme's.
  const wholes = new Set(budgets.filter((budget) => budget.workType === undefined).map(nameOf));
  return budgets.filter((budget) => {
    const { year } = budget;
    if (budget.theme === undefined && budget.workType === undefined) return true;
    if (wholes.has(nameOf({ year }))) return false;
    return (
      budget.workType === undefined ||
      budget.theme === undefined ||
      !wholes.has(nameOf({ year, theme: budget.theme }))
    );
  });
}

function nameOf({ year, theme = '' }: Pick<Budget, 'year' | 'theme'>): string {
  return `${year} ${theme}`;
}

function daysInside(year: number, period: Period | undefined): number {
  const name = String(year).padStart(4, '0');
  const days = period && overlap(period, { from: `${name}-01-01`, to: `${name}-12-31` });
  return days === undefined ? 0 : dayNumber(days.to) - dayNumber(days.from) + 1;
}

/** An amount with exactly two decimals. */
function cents(amount: string): bigint {
  return BigInt(amount.replace('.', ''));
}
