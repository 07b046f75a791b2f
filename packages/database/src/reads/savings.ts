/** Exact figures for a question: sums of integers, grouped, not rounded. */
import { type Kysely, sql } from 'kysely';
import type { Database } from '../tables.ts';
import { isLineDimension } from './dimensions.ts';
import {
  type CaseCell,
  type CaseCounts,
  type CellWithLines,
  readCaseCells,
  readCells,
  type SavingsCell,
} from './savings-cells.ts';
import { type SavingsQuestion, type ScopedQuestion, scopeOf } from './savings-question.ts';

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
  const cases = await readCaseCells(db, question, cellsMax, ledgerOnly);
  const isOncePerCase = !question.groupBy.some(isLineDimension);
  const all = isOncePerCase
    ? cases
    : await readCaseCells(db, { ...question, groupBy: [] }, cellsMax, ledgerOnly);
  const savings = lines.cells.filter(({ gross }) => gross !== 0n).map(({ lines: _, ...cell }) => cell);
  return {
    savings,
    cases: cases.filter(({ registered }) => registered !== 0n),
    allCases: sumCases(all),
    longest,
  };
}

/**
 * Joins in the order in which they are written, by hash: from the entries to the small tables of groups.
 * Before these have statistics (after a rebuild) PostgreSQL would think them empty, and loop over them for
 * every entry.
 */
async function planAsWritten(db: Kysely<Database>): Promise<void> {
  await sql`SELECT set_config('enable_nestloop', 'off', true),
    set_config('join_collapse_limit', '1', true)`.execute(db);
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
