import type { Cell } from './cell.ts';
import type { CellCounts } from './risk.ts';

/**
 * Cells of one table taken together. Cells with the same case key may be of the same cases: then there are at
 * least as many cases as in the largest of them, and by the inequality of Cauchy and Schwarz the squares of
 * their sums are at most their number times the sum of their squares.
 */
export class CellSet {
  readonly #groups = new Map<string, CellCounts & { cells: bigint }>();
  readonly #total: CellCounts = { handled: 0n, cases: 0n, sum: 0n, square: 0n };
  size = 0;

  add({ caseKey, counts }: Pick<Cell, 'caseKey' | 'counts'>): void {
    this.size += 1;
    const { handled, cases, sum, square } = counts;
    const total = this.#total;
    total.sum += sum;
    const group = this.#groups.get(caseKey);
    if (group === undefined) {
      this.#groups.set(caseKey, { ...counts, cells: 1n });
      total.handled += handled;
      total.cases += cases;
      total.square += square;
      return;
    }
    total.square += (group.cells + 1n) * (group.square + square) - group.cells * group.square;
    group.square += square;
    group.cells += 1n;
    if (handled > group.handled) {
      total.handled += handled - group.handled;
      group.handled = handled;
    }
    if (cases > group.cases) {
      total.cases += cases - group.cases;
      group.cases = cases;
    }
  }

  /** A lower bound of the cases, and an upper bound of the sum of squares. */
  counts(): CellCounts {
    return { ...this.#total };
  }
}
