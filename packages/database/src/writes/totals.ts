/** The running totals: sums of ledger entries per theme group and month, moved together with the ledger. */
import { type Kysely, sql, type Transaction } from 'kysely';
import type { Database } from '../tables.ts';
import type { LedgerEntry } from './batch.ts';
import { unnestRows } from './unnest.ts';

/** How much one row of `case_total` changes. */
export interface CaseChange {
  organisation: number;
  themeGroup: number;
  month: string;
  registered: bigint;
  assessed: bigint;
  represented: bigint;
  cost: bigint;
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
      total = { organisation, themeGroup, month, registered: 0n, assessed: 0n, represented: 0n, cost: 0n };
      this.#cases.set(at, total);
    }
    total.registered += signed;
    total.assessed += assessed ? signed : 0n;
    total.represented += signedSimilar;
    total.cost += cost * signedSimilar;
    for (const line of lines) {
      const key = `${at} ${line.group.id} ${line.year}`;
      let saving = this.#savings.get(key);
      if (saving === undefined) {
        saving = {
          ...{ organisation, themeGroup, month, lineGroup: line.group.id, year: line.year },
          ...{ gross: 0n, corrected: 0n, countedGross: 0n, countedCorrected: 0n, isNamed: false },
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
    }
  }

  /** Without rows that change nothing, in the order of the key. */
  cases(): CaseChange[] {
    return [...this.#cases.values()]
      .filter((row) => row.registered || row.assessed || row.represented || row.cost)
      .sort(byKey);
  }

  /** Without rows that change nothing, in the order of the key. */
  savings(): SavingChange[] {
    return [...this.#savings.values()]
      .filter((row) => row.isNamed || row.gross || row.corrected || row.countedGross || row.countedCorrected)
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

function byKey(one: Key, other: Key): number {
  return (
    one.organisation - other.organisation ||
    one.themeGroup - other.themeGroup ||
    (one.month < other.month ? -1 : one.month > other.month ? 1 : 0) ||
    (one.lineGroup ?? 0) - (other.lineGroup ?? 0) ||
    (one.year ?? 0) - (other.year ?? 0)
  );
}

/** What a batch changes, each list in the order of its key. */
export interface TotalChanges {
  cases: readonly CaseChange[];
  savings: readonly SavingChange[];
}

/**
 * Adds changes to the totals. The rows are written in the order of their key: workers that write the same totals at
 * once would otherwise deadlock.
 */
export async function addToTotals(
  tx: Transaction<Database>,
  { cases, savings }: TotalChanges,
): Promise<void> {
  if (cases.length > 0) await addCases(tx, cases);
  if (savings.length > 0) await addSavings(tx, savings);
}

async function addCases(tx: Transaction<Database>, rows: readonly CaseChange[]): Promise<void> {
  const changes = unnestRows('u', rows, {
    organisation: ['int4', (row) => row.organisation],
    theme_group: ['int4', (row) => row.themeGroup],
    month: ['text', (row) => row.month],
    registered: ['int8', (row) => row.registered],
    assessed: ['int8', (row) => row.assessed],
    represented: ['int8', (row) => row.represented],
    cost: ['numeric', (row) => row.cost],
  });
  await sql`INSERT INTO case_total AS t (organisation, theme_group, month, registered, assessed, represented, cost)
    SELECT organisation, theme_group, month::date, registered, assessed, represented, cost FROM ${changes}
    ON CONFLICT (organisation, theme_group, month) DO UPDATE SET
      registered = t.registered + excluded.registered, assessed = t.assessed + excluded.assessed,
      represented = t.represented + excluded.represented, cost = t.cost + excluded.cost`.execute(tx);
}

async function addSavings(tx: Transaction<Database>, rows: readonly SavingChange[]): Promise<void> {
  const changes = unnestRows('u', rows, {
    organisation: ['int4', (row) => row.organisation],
    theme_group: ['int4', (row) => row.themeGroup],
    month: ['text', (row) => row.month],
    line_group: ['int4', (row) => row.lineGroup],
    year: ['int2', (row) => row.year],
    gross: ['numeric', (row) => row.gross],
    corrected: ['numeric', (row) => row.corrected],
    counted_gross: ['numeric', (row) => row.countedGross],
    counted_corrected: ['numeric', (row) => row.countedCorrected],
  });
  await sql`INSERT INTO saving_total AS t
      (organisation, theme_group, month, line_group, year, gross, corrected, counted_gross, counted_corrected)
    SELECT organisation, theme_group, month::date, line_group, year, gross, corrected, counted_gross,
      counted_corrected FROM ${changes}
    ON CONFLICT (organisation, theme_group, month, line_group, year) DO UPDATE SET
      gross = t.gross + excluded.gross, corrected = t.corrected + excluded.corrected,
      counted_gross = t.counted_gross + excluded.counted_gross,
      counted_corrected = t.counted_corrected + excluded.counted_corrected`.execute(tx);
}

/** All totals as they stand, without zeros, in the form of {@link EntrySums}: to compare with sums made anew. */
export async function readTotals(
  db: Kysely<Database>,
): Promise<{ cases: CaseChange[]; savings: Omit<SavingChange, 'isNamed'>[] }> {
  const cases = await sql<
    CaseChange & { cost: string }
  >`SELECT organisation, theme_group AS "themeGroup", month,
      registered, assessed, represented, cost FROM case_total
    WHERE registered <> 0 OR assessed <> 0 OR represented <> 0 OR cost <> 0`.execute(db);
  const savings = await sql<
    Omit<SavingChange, 'isNamed'>
  >`SELECT organisation, theme_group AS "themeGroup", month,
      line_group AS "lineGroup", year, gross, corrected, counted_gross AS "countedGross",
      counted_corrected AS "countedCorrected" FROM saving_total
    WHERE gross <> 0 OR corrected <> 0 OR counted_gross <> 0 OR counted_corrected <> 0`.execute(db);
  return {
    cases: cases.rows.map((row) => ({ ...row, cost: BigInt(row.cost) })).sort(byKey),
    savings: savings.rows
      .map((row) => ({
        ...row,
        gross: BigInt(row.gross),
        corrected: BigInt(row.corrected),
        countedGross: BigInt(row.countedGross),
        countedCorrected: BigInt(row.countedCorrected),
      }))
      .sort(byKey),
  };
}
