/** What ledger entries change in the running totals. */
import type { LedgerEntry } from './batch.ts';
import { monthOfDate } from './civil-dates.ts';
import { DimensionIndex } from './dimension-index.ts';
import { byKey, type CaseChange, type SavingChange } from './total-changes.ts';

/** Entries of one theme group and month. */
interface MonthSums {
  total: CaseChange;
  /** By factor, then by {@link lineKey}. Nearly always of one factor, by which the sums are multiplied at the end. */
  byFactor: Map<number, Map<number, SavingChange>>;
}

/** A line counts in 40 years at most. */
const YEARS_MAX = 64;

/** In the order of line group and year. */
function lineKey(lineGroup: number, year: number): number {
  return lineGroup * YEARS_MAX + year;
}

/** Sums of entries, growing entry by entry, so that any number of them can be summed in the memory of the totals. */
export class EntrySums {
  readonly #months: MonthSums[] = [];
  readonly #index = new DimensionIndex<MonthSums>();
  #savings: SavingChange[] | undefined;

  add({
    organisation,
    sign,
    contribution,
  }: Pick<LedgerEntry, 'organisation' | 'sign' | 'contribution'>): void {
    if (this.#savings !== undefined) throw new Error('These sums were asked for: they are complete');
    const { group, date, assessed, similarCases, cost, factor, lines } = contribution;
    const month = this.#monthOf(organisation, group.themeGroup.id, monthOfDate(date));
    const { total } = month;
    const signed = BigInt(sign);
    const similar = BigInt(similarCases);
    const signedSimilar = sign > 0 ? similar : -similar;
    total.registered += signed;
    if (assessed) total.assessed += signed;
    total.represented += signedSimilar;
    if (cost !== 0n) total.cost += cost * signedSimilar;
    if (lines.length === 0) return;
    const sums = linesOf(month, factor);
    const isStart = sign > 0;
    let value = 0n;
    for (const { group, year, amount, low, high } of lines) {
      const sum = sumOf(sums, total, group.id, year);
      sum.isNamed ||= isStart && amount === 0n;
      sum.gross += amount * signedSimilar;
      sum.countedGross += isStart ? amount : -amount;
      sum.low += low * signedSimilar;
      sum.high += high * signedSimilar;
      value += amount;
    }
    const corrected = value * BigInt(factor);
    const square = corrected * corrected * signed;
    total.countedSquare += square;
    total.weightedSquare += square * similar * similar;
  }

  #monthOf(organisation: number, themeGroup: number, month: string): MonthSums {
    const place = this.#index.place([organisation, themeGroup, month]);
    if (place.found !== undefined) return place.found;
    const total = {
      ...{ organisation, themeGroup, month, registered: 0n, assessed: 0n, represented: 0n, cost: 0n },
      ...{ weightedSquare: 0n, countedSquare: 0n },
    };
    const sums = { total, byFactor: new Map() };
    this.#index.put(place, sums);
    this.#months.push(sums);
    return sums;
  }

  /** Without rows that change nothing, in the order of the key. */
  cases(): CaseChange[] {
    return this.#sorted()
      .map(({ total }) => total)
      .filter(
        (row) =>
          row.registered ||
          row.assessed ||
          row.represented ||
          row.cost ||
          row.countedSquare ||
          row.weightedSquare,
      );
  }

  /** Without rows that change nothing, in the order of the key. Nothing can be added any more. */
  savings(): readonly SavingChange[] {
    this.#savings ??= this.#sorted().flatMap(savingsOf);
    return this.#savings;
  }

  #sorted(): MonthSums[] {
    return [...this.#months].sort((one, other) => byKey(one.total, other.total));
  }
}

function linesOf({ byFactor }: MonthSums, factor: number): Map<number, SavingChange> {
  let sums = byFactor.get(factor);
  if (sums === undefined) {
    sums = new Map();
    byFactor.set(factor, sums);
  }
  return sums;
}

function sumOf(
  sums: Map<number, SavingChange>,
  { organisation, themeGroup, month }: CaseChange,
  lineGroup: number,
  year: number,
): SavingChange {
  const key = lineKey(lineGroup, year);
  let sum = sums.get(key);
  if (sum === undefined) {
    sum = {
      organisation,
      themeGroup,
      month,
      lineGroup,
      year,
      gross: 0n,
      corrected: 0n,
      countedGross: 0n,
      countedCorrected: 0n,
      low: 0n,
      high: 0n,
      isNamed: false,
    };
    sums.set(key, sum);
  }
  return sum;
}

/** What the entries of a month change of its savings, in the order of line group and year. To be asked once. */
function savingsOf({ byFactor }: MonthSums): SavingChange[] {
  const rows: SavingChange[] = [];
  for (const [factor, sums] of byFactor) {
    const times = BigInt(factor);
    for (const sum of sums.values()) {
      sum.corrected = sum.gross * times;
      sum.countedCorrected = sum.countedGross * times;
      sum.low *= times;
      sum.high *= times;
      rows.push(sum);
    }
  }
  rows.sort(byKey);
  return (byFactor.size > 1 ? addedUp(rows) : rows).filter(isChange);
}

/** Sorted rows, those of one key as one. */
function addedUp(rows: readonly SavingChange[]): SavingChange[] {
  const sums: SavingChange[] = [];
  for (const row of rows) {
    const same = sums.at(-1);
    if (same === undefined || byKey(same, row) !== 0) sums.push({ ...row });
    else {
      for (const name of SUMS) same[name] += row[name];
      same.isNamed ||= row.isNamed;
    }
  }
  return sums;
}

const SUMS = ['gross', 'corrected', 'countedGross', 'countedCorrected', 'low', 'high'] as const;

function isChange(row: SavingChange): boolean {
  return row.isNamed || SUMS.some((name) => row[name] !== 0n);
}
