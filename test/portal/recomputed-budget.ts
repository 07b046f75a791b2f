/** Budgets and years that follow, day by day: a part of the recomputation of `GET /v1/savings`. */
import { TIME, timeOf } from './realised.ts';
import type { Programme, Question } from './recomputed-question.ts';

/** Euros as [dividend, divisor], counting the days of each year one by one. */
export function budgetFor(
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
export function followingYears(programmes: readonly Programme[], { from, to }: Question): number {
  let largest: number | undefined;
  for (const { followingYears } of programmes)
    for (let day = Date.parse(from); day <= Date.parse(to); day += 86_400_000) {
      const date = new Date(day).toISOString().slice(0, 10);
      const setting = followingYears.filter((entry) => entry.from <= date).at(-1)?.years;
      if (setting !== undefined) largest = Math.max(largest ?? 0, setting);
    }
  return largest ?? 2;
}
