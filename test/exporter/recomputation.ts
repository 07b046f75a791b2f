/** The business gauges computed afresh from invented cases: nothing of the product is imported here. */
import type { InventedCase } from './invented-rows.ts';

/** Series, written as in /metrics but with the labels in the order of their names, and their values. */
export type Series = Map<string, number>;

export function seriesName(gauge: string, labels: Record<string, string>): string {
  const inside = Object.entries(labels)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, value]) => `${name}="${value}"`);
  return `${gauge}{${inside.join(',')}}`;
}

/** Units of 10^-10 euro as euros with two decimals, half away from zero. */
function euros(units: bigint): number {
  const cents = (units + 50_000_000n) / 100_000_000n;
  return Number(`${cents / 100n}.${String(cents % 100n).padStart(2, '0')}`);
}

/** Which of the two periods a date lies in, today being a day of this year. */
function periodOf(date: string, today: string): string | undefined {
  const years = Number(today.slice(0, 4)) - Number(date.slice(0, 4));
  const isElapsed = date.slice(5) <= today.slice(5);
  // 29 February of today is 28 February of another year: the comparison of texts already says so.
  if (!isElapsed || years < 0 || years > 1) return undefined;
  return years === 0 ? 'ytd' : 'ytd_previous_year';
}

const PERIODS = ['ytd', 'ytd_previous_year'];

/** Sums by label combination, with 0 in the other period. */
class Sums {
  readonly #sums = new Map<string, { labels: Record<string, string>; sum: bigint }>();

  add(labels: Record<string, string>, period: string, amount: bigint): void {
    for (const shown of PERIODS) {
      const all = { ...labels, period: shown };
      const entry = this.#sums.get(JSON.stringify(all)) ?? { labels: all, sum: 0n };
      if (shown === period) entry.sum += amount;
      this.#sums.set(JSON.stringify(all), entry);
    }
  }

  series(gauge: string, value: (sum: bigint) => number): [string, number][] {
    return [...this.#sums.values()].map(({ labels, sum }) => [seriesName(gauge, labels), value(sum)]);
  }
}

/** Every series of savings and cases for a day; all amounts of the cases are more than 0. */
export function recompute(cases: readonly InventedCase[], today: string): Series {
  const savings = new Sums();
  const counts = new Sums();
  for (const { date, isWithdrawn, municipality, organisation, programme, theme, assessment } of cases) {
    const period = periodOf(date, today);
    if (period === undefined || isWithdrawn) continue;
    const of = { municipality, organisation, programme, theme };
    const similarCases = BigInt(assessment?.similarCases ?? 0);
    counts.add({ ...of, state: 'registered' }, period, 1n);
    counts.add({ ...of, state: 'assessed' }, period, assessment ? 1n : 0n);
    counts.add({ ...of, state: 'represented' }, period, similarCases);
    for (const { costBearer, recurrence, amounts } of assessment?.lines ?? []) {
      const gross = amounts.reduce((sum, amount) => sum + amount, 0n) * similarCases;
      const labels = { ...of, cost_bearer: costBearer, recurrence };
      savings.add({ ...labels, basis: 'gross' }, period, gross * 10_000n);
      savings.add({ ...labels, basis: 'corrected' }, period, gross * BigInt(assessment?.factor ?? 0));
    }
  }
  return new Map([
    ...savings.series('effectstroom_savings_euros', euros),
    ...counts.series('effectstroom_cases', Number),
  ]);
}
