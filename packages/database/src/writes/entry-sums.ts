/** What ledger entries change in the running totals. */
import type { LedgerEntry } from './batch.ts';

/** How much one row of `case_total` changes. */
export interface CaseChange {
  organisation: number;
  themeGroup: number;
  month: string;
  registered: bigint;
  assessed: bigint;
  represented: bigint;
  cost: bigint;
  /** Squares of what each case saves, corrected, all years: with and without similar cases. */
  weightedSquare: bigint;
  countedSquare: bigint;
}

/** How much one row of `saving_total` changes. */
export interface SavingChange {
  organisation: number;
  themeGroup: number;
  month: string;
  lineGroup: number;
  year: number;
  gross: bigint;
  corrected: bigint;
  countedGross: bigint;
  countedCorrected: bigint;
  /** The range of the corrected total. */
  low: bigint;
  high: bigint;
  /** A line that brings in nothing starts to count here: the row must be there, to tell of the line's years. */
  isNamed: boolean;
}

/** Sums of entries, growing entry by entry, so that any number of them can be summed in the memory of the totals. */
export class EntrySums {
  readonly #cases = new Map<string, CaseChange>();
  readonly #savings = new Map<string, SavingChange>();

  add({
    organisation,
    sign,
    contribution,
  }: Pick<LedgerEntry, 'organisation' | 'sign' | 'contribution'>): void {
    const { group, date, assessed, similarCases, cost, factor, lines } = contribution;
    const themeGroup = group.themeGroup.id;
    const month = `${date.slice(0, 7)}-01`;
    const at = `${organisation} ${themeGroup} ${month}`;
    const signed = BigInt(sign);
    const signedSimilar = BigInt(sign * similarCases);
    let total = this.#cases.get(at);
    if (total === undefined) {
      total = {
        ...{ organisation, themeGroup, month, registered: 0n, assessed: 0n, represented: 0n, cost: 0n },
        ...{ weightedSquare: 0n, countedSquare: 0n },
      };
      this.#cases.set(at, total);
    }
    total.registered += signed;
    total.assessed += assessed ? signed : 0n;
    total.represented += signedSimilar;
    total.cost += cost * signedSimilar;
    let value = 0n;
    for (const line of lines) {
      const key = `${at} ${line.group.id} ${line.year}`;
      let saving = this.#savings.get(key);
      if (saving === undefined) {
        saving = {
          ...{ organisation, themeGroup, month, lineGroup: line.group.id, year: line.year },
          ...{ gross: 0n, corrected: 0n, countedGross: 0n, countedCorrected: 0n, low: 0n, high: 0n },
          isNamed: false,
        };
        this.#savings.set(key, saving);
      }
      saving.isNamed ||= sign > 0 && line.amount === 0n;
      const gross = line.amount * signedSimilar;
      const counted = line.amount * signed;
      saving.gross += gross;
      saving.corrected += gross * BigInt(factor);
      saving.countedGross += counted;
      saving.countedCorrected += counted * BigInt(factor);
      saving.low += line.low * signedSimilar * BigInt(factor);
      saving.high += line.high * signedSimilar * BigInt(factor);
      value += line.amount;
    }
    const square = (value * BigInt(factor)) ** 2n * signed;
    total.countedSquare += square;
    total.weightedSquare += square * BigInt(similarCases) ** 2n;
  }

  /** Without rows that change nothing, in the order of the key. */
  cases(): CaseChange[] {
    return [...this.#cases.values()]
      .filter(
        (row) =>
          row.registered ||
          row.assessed ||
          row.represented ||
          row.cost ||
          row.countedSquare ||
          row.weightedSquare,
      )
      .sort(byKey);
  }

  /** Without rows that change nothing, in the order of the key. */
  savings(): SavingChange[] {
    return [...this.#savings.values()]
      .filter(
        (row) =>
          row.isNamed ||
          row.gross ||
          row.corrected ||
          row.countedGross ||
          row.countedCorrected ||
          row.low ||
          row.high,
      )
      .sort(byKey);
  }
}

interface Key {
  organisation: number;
  themeGroup: number;
  month: string;
  lineGroup?: number;
  year?: number;
}

/** In the order of the key. */
export function byKey(one: Key, other: Key): number {
  return (
    one.organisation - other.organisation ||
    one.themeGroup - other.themeGroup ||
    (one.month < other.month ? -1 : one.month > other.month ? 1 : 0) ||
    (one.lineGroup ?? 0) - (other.lineGroup ?? 0) ||
    (one.year ?? 0) - (other.year ?? 0)
  );
}
