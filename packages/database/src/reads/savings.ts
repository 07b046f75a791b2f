/** Exact figures for a question: sums of integers, grouped, not rounded. */
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Database } from '../tables.ts';
import { isLineDimension } from './dimensions.ts';
import { partsOf, type SavingsQuestion, type ScopedQuestion, scopeOf } from './savings-question.ts';
import { amountRows, caseRows, groupNames, list } from './savings-rows.ts';

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

export interface SavingsCells {
  savings: SavingsCell[];
  cases: CaseCell[];
  /** The cases of the whole question, each once. */
  allCases: CaseCounts;
  /** Years after the case's date of the longest line: at least `longestAtLeast`. */
  longest: number;
}

export interface ReadSavingsOptions {
  /** More cells than this are not read: {@link TooManyCellsError}. */
  cellsMax: number;
  /** The answer shows at least these years, so a shorter longest line need not be known exactly. */
  longestAtLeast: number;
  /** Read everything from the ledger, also what the totals could tell. */
  ledgerOnly?: boolean;
}

/** The question has more groups than an answer may hold. */
export class TooManyCellsError extends Error {
  constructor(cellsMax: number) {
    super(`The question has more than ${cellsMax} cells`);
    this.name = 'TooManyCellsError';
  }
}

/**
 * The figures of a question. Run it in one snapshot (`inSnapshot`): it takes several statements.
 * @throws TooManyCellsError where the answer would be too large.
 */
export async function readSavings(
  db: Kysely<Database>,
  question: SavingsQuestion,
  options: ReadSavingsOptions,
): Promise<SavingsCells> {
  await planAsWritten(db);
  return readScoped(db, await scopeOf(db, question), options);
}

async function readScoped(
  db: Kysely<Database>,
  question: ScopedQuestion,
  options: ReadSavingsOptions,
): Promise<SavingsCells> {
  const { cellsMax, longestAtLeast, ledgerOnly = false } = options;
  const lines = await readCells(db, question, cellsMax, ledgerOnly);
  const told = longestOf(lines.cells, ({ gross }) => gross !== 0n, longestAtLeast);
  const possible = longestOf(lines.cells, () => true, longestAtLeast);
  // The totals do not tell a line that brings in nothing from a line that was withdrawn: the ledger does.
  if (possible > told && !lines.isExact) return readScoped(db, question, { ...options, ledgerOnly: true });
  const longest = lines.isExact ? longestOf(lines.cells, (cell) => cell.lines > 0n, longestAtLeast) : told;
  const cases = await readCases(db, question, cellsMax, ledgerOnly);
  const isOncePerCase = !question.groupBy.some(isLineDimension);
  const all = isOncePerCase ? cases : await readCases(db, { ...question, groupBy: [] }, cellsMax, ledgerOnly);
  const savings = lines.cells.filter(({ gross }) => gross !== 0n).map(({ lines: _, ...cell }) => cell);
  return {
    savings,
    cases: cases.filter(({ registered }) => registered !== 0n),
    allCases: sumCases(all),
    longest,
  };
}

/**
 * Joins in the order in which they are written, by hash: from the entries to the small tables of groups. Before
 * these have statistics (after a rebuild) PostgreSQL would think them empty and loop over them for every entry.
 */
async function planAsWritten(db: Kysely<Database>): Promise<void> {
  await sql`SELECT set_config('enable_nestloop', 'off', true), set_config('join_collapse_limit', '1', true)`.execute(
    db,
  );
}

interface CellWithLines extends SavingsCell {
  /** Lines that stand here; only those of the ledger. */
  lines: bigint;
}

function longestOf(
  cells: CellWithLines[],
  isThere: (cell: CellWithLines) => boolean,
  atLeast: number,
): number {
  return cells.reduce(
    (longest, cell) => (cell.year > longest && isThere(cell) ? cell.year : longest),
    atLeast,
  );
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
}

async function readCells(
  db: Kysely<Database>,
  question: ScopedQuestion,
  cellsMax: number,
  ledgerOnly: boolean,
): Promise<{ cells: CellWithLines[]; isExact: boolean }> {
  const parts = partsOf(question, { linesTold: true, ledgerOnly });
  if (parts.length === 0) return { cells: [], isExact: true };
  const groups = groupNames(question);
  const keys = list(...groups, sql`yearly`, sql`municipal`, sql`year`);
  const { rows } = await sql<CellRow>`
    SELECT ${keys}, sum(lines) AS lines, sum(gross) AS gross, sum(corrected) AS corrected,
      sum(counted_gross) AS counted_gross, sum(counted_corrected) AS counted_corrected
    FROM (${union(parts.map((part) => amountRows(part, question)))}) AS part
    GROUP BY ${keys} LIMIT ${cellsMax + 1}`.execute(db);
  if (rows.length > cellsMax) throw new TooManyCellsError(cellsMax);
  const cells = rows.map((row) => ({
    group: groups.map((_, place) => row[`g${place}`] ?? null),
    yearly: row.yearly,
    municipal: row.municipal,
    year: row.year,
    lines: row.lines ?? 0n,
    gross: BigInt(row.gross),
    corrected: BigInt(row.corrected),
    countedGross: BigInt(row.counted_gross),
    countedCorrected: BigInt(row.counted_corrected),
  }));
  return { cells, isExact: parts.every(({ table }) => table === 'ledger') };
}

interface CaseRow extends Record<`g${number}`, string | null> {
  registered: string | bigint;
  assessed: string | bigint;
  represented: string | bigint;
  cost: string;
}

async function readCases(
  db: Kysely<Database>,
  question: ScopedQuestion,
  cellsMax: number,
  ledgerOnly: boolean,
): Promise<CaseCell[]> {
  const parts = partsOf(question, { linesTold: false, ledgerOnly });
  if (parts.length === 0) return [];
  const groups = groupNames(question);
  const { rows } = await sql<CaseRow>`
    SELECT ${list(...groups, sql`sum(registered) AS registered`)},
      sum(assessed) AS assessed, sum(represented) AS represented, sum(cost) AS cost
    FROM (${union(parts.map((part) => caseRows(part, question)))}) AS part
    ${groups.length === 0 ? sql`HAVING count(*) > 0` : sql`GROUP BY ${list(...groups)}`}
    LIMIT ${cellsMax + 1}`.execute(db);
  if (rows.length > cellsMax) throw new TooManyCellsError(cellsMax);
  return rows.map((row) => ({
    group: groups.map((_, place) => row[`g${place}`] ?? null),
    registered: BigInt(row.registered),
    assessed: BigInt(row.assessed),
    represented: BigInt(row.represented),
    cost: BigInt(row.cost),
  }));
}

function union(rows: RawBuilder<unknown>[]): RawBuilder<unknown> {
  return sql.join(rows, sql` UNION ALL `);
}

function sumCases(cells: readonly CaseCounts[]): CaseCounts {
  const total = { registered: 0n, assessed: 0n, represented: 0n, cost: 0n };
  for (const cell of cells) {
    total.registered += cell.registered;
    total.assessed += cell.assessed;
    total.represented += cell.represented;
    total.cost += cell.cost;
  }
  return total;
}
