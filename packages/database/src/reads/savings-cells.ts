/** The sums of a question's groups, each read in one statement. */
import { type Kysely, sql } from 'kysely';
import type { Database } from '../tables.ts';
import { amountRows } from './amount-rows.ts';
import { caseRows } from './case-rows.ts';
import { groupNames, groupOf } from './row-groups.ts';
import { sourcesOf } from './row-sources.ts';
import type { ScopedQuestion } from './savings-question.ts';
import { list, union } from './sql-text.ts';

/** The value of each grouped dimension, in the order asked. */
export type Group = (string | null)[];

/** What one group saves in one year after the case, by one-off or yearly lines, municipal or not. */
export interface SavingsCell {
  group: Group;
  yearly: boolean;
  municipal: boolean;
  /** Years after the case's date. */
  year: number;
  /** Micro-euros. */
  gross: bigint;
  /** Ten-thousandths of a micro-euro. */
  corrected: bigint;
  /** As gross and corrected, without multiplying by similar cases. */
  countedGross: bigint;
  countedCorrected: bigint;
  /** The range of corrected. */
  low: bigint;
  high: bigint;
}

export interface CaseCounts {
  registered: bigint;
  assessed: bigint;
  represented: bigint;
  /** Micro-euros. */
  cost: bigint;
}

export interface CaseCell extends CaseCounts {
  group: Group;
}

export interface CellWithLines extends SavingsCell {
  /** Lines that stand here; only those of the ledger. */
  lines: bigint;
}

/** The question has more groups than an answer may hold. */
export class TooManyCellsError extends Error {
  constructor(cellsMax: number) {
    super(`The question has more than ${cellsMax} cells`);
    this.name = 'TooManyCellsError';
  }
}

interface CellRow extends Record<`g${number}`, string | null> {
  yearly: boolean;
  municipal: boolean;
  year: number;
  lines: bigint | null;
  gross: string;
  corrected: string;
  counted_gross: string;
  counted_corrected: string;
  low: string;
  high: string;
}

/** What each group saves; `isExact` where all of it comes from the ledger. */
export async function readCells(
  db: Kysely<Database>,
  question: ScopedQuestion,
  cellsMax: number,
  ledgerOnly: boolean,
): Promise<{ cells: CellWithLines[]; isExact: boolean }> {
  const sources = sourcesOf(question, { of: 'amounts', ledgerOnly });
  if (sources.length === 0) return { cells: [], isExact: true };
  const groups = groupNames(question);
  const keys = list(...groups, sql`yearly`, sql`municipal`, sql`year`);
  const { rows } = await sql<CellRow>`
    SELECT ${keys}, sum(lines) AS lines, sum(gross) AS gross, sum(corrected) AS corrected,
      sum(counted_gross) AS counted_gross, sum(counted_corrected) AS counted_corrected,
      sum(low) AS low, sum(high) AS high
    FROM (${union(sources.map((source) => amountRows(source, question)))}) AS source
    GROUP BY ${keys} LIMIT ${cellsMax + 1}`.execute(db);
  if (rows.length > cellsMax) throw new TooManyCellsError(cellsMax);
  const cells = rows.map((row) => ({
    group: groupOf(row, question),
    yearly: row.yearly,
    municipal: row.municipal,
    year: row.year,
    lines: row.lines ?? 0n,
    gross: BigInt(row.gross),
    corrected: BigInt(row.corrected),
    countedGross: BigInt(row.counted_gross),
    countedCorrected: BigInt(row.counted_corrected),
    low: BigInt(row.low),
    high: BigInt(row.high),
  }));
  return { cells, isExact: sources.every(({ table }) => table === 'ledger') };
}

interface CaseRow extends Record<`g${number}`, string | null> {
  registered: string | bigint;
  assessed: string | bigint;
  represented: string | bigint;
  cost: string;
}

/** The cases of each group. */
export async function readCaseCells(
  db: Kysely<Database>,
  question: ScopedQuestion,
  cellsMax: number,
  ledgerOnly: boolean,
): Promise<CaseCell[]> {
  const sources = sourcesOf(question, { of: 'cases', ledgerOnly });
  if (sources.length === 0) return [];
  const groups = groupNames(question);
  const { rows } = await sql<CaseRow>`
    SELECT ${list(...groups, sql`sum(registered) AS registered`)},
      sum(assessed) AS assessed, sum(represented) AS represented, sum(cost) AS cost
    FROM (${union(sources.map((source) => caseRows(source, question)))}) AS source
    ${groups.length === 0 ? sql`HAVING count(*) > 0` : sql`GROUP BY ${list(...groups)}`}
    LIMIT ${cellsMax + 1}`.execute(db);
  if (rows.length > cellsMax) throw new TooManyCellsError(cellsMax);
  return rows.map((row) => ({
    group: groupOf(row, question),
    registered: BigInt(row.registered),
    assessed: BigInt(row.assessed),
    represented: BigInt(row.represented),
    cost: BigInt(row.cost),
  }));
}
