/** Exact figures for a question: sums of integers, grouped, not rounded. */
import type { Kysely } from 'kysely';
import type { Database } from '../tables.ts';
import { isLineDimension } from './dimensions.ts';
import { planAsWritten } from './query-plan.ts';
import {
  type CaseCell,
  type CaseCounts,
  type CellWithLines,
  readCaseCells,
  readCells,
  type SavingsCell,
} from './savings-cells.ts';
import { asksForLines, type SavingsQuestion, type ScopedQuestion, scopeOf } from './savings-question.ts';
import { readStrata, type StratumCell } from './savings-strata.ts';

export interface SavingsCells {
  savings: SavingsCell[];
  cases: CaseCell[];
  /** The cases of the whole question, each once. */
  allCases: CaseCounts;
  /** Years after the case's date of the longest line: at least `longestAtLeast`. */
  longest: number;
  /** Where a sample is told: undefined where not asked for, or where it cannot be told. */
  strata: StratumCell[] | undefined;
}

export interface ReadSavingsOptions {
  /** More cells than this are not read: {@link TooManyCellsError}. */
  cellsMax: number;
  /** The answer shows at least these years, so a shorter longest line need not be known exactly. */
  longestAtLeast: number;
  /** Read everything from the ledger, also what the totals could tell. */
  ledgerOnly?: boolean;
  /**
   * Theme groups to tell strata of at most, default none. They are told of whole cases that were handled in
   * the period: not in the calendar view, and not where the question groups or filters by dimensions of
   * lines.
   */
  strataMax?: number;
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
  const { cases, allCases, strata } = await readCases(db, question, options);
  const savings = lines.cells
    .filter(({ gross, high }) => gross !== 0n || high !== 0n)
    .map(({ lines: _, ...cell }) => cell);
  return { savings, cases: cases.filter(({ registered }) => registered !== 0n), allCases, longest, strata };
}

/** The cases of each group and of all, each once; and strata where these are told. */
async function readCases(
  db: Kysely<Database>,
  question: ScopedQuestion,
  { cellsMax, strataMax = 0, ledgerOnly = false }: ReadSavingsOptions,
): Promise<Pick<SavingsCells, 'cases' | 'allCases' | 'strata'>> {
  const isSampled = strataMax > 0 && question.view === 'cohort' && !asksForLines(question);
  const strata = isSampled ? await readStrata(db, question, strataMax, ledgerOnly) : undefined;
  if (strata !== undefined) return { cases: sumByGroup(strata), allCases: sumCases(strata), strata };
  const cases = await readCaseCells(db, question, cellsMax, ledgerOnly);
  const isOncePerCase = !question.groupBy.some(isLineDimension);
  const all = isOncePerCase
    ? cases
    : await readCaseCells(db, { ...question, groupBy: [] }, cellsMax, ledgerOnly);
  return { cases, allCases: sumCases(all), strata };
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

function sumByGroup(cells: readonly CaseCell[]): CaseCell[] {
  const byGroup = Map.groupBy(cells, ({ group }) => JSON.stringify(group));
  return [...byGroup.values()].map((ones) => ({ group: ones[0]?.group ?? [], ...sumCases(ones) }));
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
