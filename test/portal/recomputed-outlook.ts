/** The rules of packages/contracts/OUTLOOK.md, written afresh from its text to check the product with. */
import type { InventedCase, InventedContribution } from './invented-cases.ts';

export interface OutlookAsked {
  today: string;
  groupBy: readonly string[];
  filters: Readonly<Record<string, string>>;
}

interface Figures {
  toDate: string;
  expected: { low: string; mid: string; high: string } | null;
  months: number;
  unexpected: string | null;
}

/** Of a normal sample: 0.975, by months observed. */
const T: Readonly<Record<number, number>> = {
  ...{ 3: 4.302652729749, 4: 3.182446305284, 5: 2.776445105198, 6: 2.570581835636, 7: 2.446911851145 },
  ...{ 8: 2.364624251593, 9: 2.306004135204, 10: 2.262157162798, 11: 2.228138851986, 12: 2.200985160092 },
};

/** Corrected euros of a contribution, in 10^-10. */
function correctedOf({ lines, similarCases, factor }: InventedContribution): bigint {
  const values = lines.flatMap((line) => line.values);
  return values.reduce((sum, value) => sum + value, 0n) * BigInt(similarCases) * BigInt(factor);
}

/** Rows by the values of their groups, joined by commas. */
export function recomputeOutlook(
  cases: readonly InventedCase[],
  { today, groupBy, filters }: OutlookAsked,
): { total: Figures; rows: Map<string, Figures> } {
  const counting = cases.flatMap(({ history }) => history.at(-1)?.contribution ?? []);
  const memberOf = (of: InventedContribution, name: string) =>
    (of as unknown as Record<string, string | undefined>)[name];
  const passes = (of: InventedContribution, names: readonly string[]) =>
    names.every((name) => filters[name] === undefined || memberOf(of, name) === filters[name]);
  const scope = counting.filter((of) => passes(of, ['municipality', 'organisation', 'programme']));
  const first = scope.map(({ date }) => date.slice(0, 7)).sort()[0] ?? '9999-12';
  const observed = monthsBefore(today).filter((month) => month >= first);
  const asked = scope.filter((of) => passes(of, Object.keys(filters)));
  const year = today.slice(0, 4);
  const counts = ({ date }: InventedContribution) =>
    date.startsWith(year) || observed.includes(date.slice(0, 7));
  const groupOf = (of: InventedContribution) => groupBy.map((name) => memberOf(of, name) ?? null).join();
  const groups = groupBy.length === 0 ? [] : Map.groupBy(asked.filter(counts), groupOf);
  const rows = [...groups].map(([group, own]) => [group, figuresOf(own, observed, today)] as const);
  return { total: figuresOf(asked, observed, today), rows: new Map(rows) };
}

function figuresOf(
  own: readonly InventedContribution[],
  observed: readonly string[],
  today: string,
): Figures {
  const sumOf = (start: string) =>
    own.filter(({ date }) => date.startsWith(start)).reduce((sum, of) => sum + correctedOf(of), 0n);
  const exact = sumOf(today.slice(0, 4));
  const n = observed.length;
  const toDate = cents(exact);
  if (n < 3) return { toDate, expected: null, months: n, unexpected: 'few-months' };
  // Whole euros of a few thousand million at most: doubles are good to a thousandth of a cent.
  const euros = observed.map((month) => Number(sumOf(month)) / 1e10);
  const mean = euros.reduce((sum, one) => sum + one, 0) / n;
  const s = Math.sqrt(euros.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (n - 1));
  const [month, day] = [Number(today.slice(5, 7)), Number(today.slice(8))];
  const days = new Date(Date.UTC(Number(today.slice(0, 4)), month, 0)).getUTCDate();
  const r = 12 - month + (days - day) / days;
  const so = Number(exact) / 1e10;
  const half = (T[n] ?? Number.NaN) * s * Math.sqrt(r + r ** 2 / n);
  const mid = so + r * mean;
  const expected = {
    low: Math.max(so, mid - half).toFixed(2),
    mid: mid.toFixed(2),
    high: (mid + half).toFixed(2),
  };
  return { toDate, expected, months: n, unexpected: null };
}

/** The twelve months before that of a day. */
function monthsBefore(today: string): string[] {
  const first = Number(today.slice(0, 4)) * 12 + Number(today.slice(5, 7)) - 13;
  return Array.from({ length: 12 }, (_, place) => {
    const number = first + place;
    return `${Math.floor(number / 12)}-${String((number % 12) + 1).padStart(2, '0')}`;
  });
}

/** Half away from zero. */
function cents(exact: bigint): string {
  const rounded = ((exact + 50_000_000n) / 100_000_000n).toString().padStart(3, '0');
  return `${rounded.slice(0, -2)}.${rounded.slice(-2)}`;
}
