/** A savings answer for readers who may not see small numbers. */
import {
  isDimension,
  type PublicSavings,
  type Savings,
  type SavingsFigures,
  type Suppression,
  type SuppressionLimits,
} from '@effectstroom/contracts';
import type { Cell, Table } from '../tables/table.ts';
import { type Judgement, reasonOf } from './judge.ts';
import type { SmallNumberLimits } from './risk.ts';

/**
 * A suppressed row keeps its dimensions and says why; all its figures are null.
 * @returns the answer as it is shown, and with the same rows as it is
 */
export function withoutSmallNumbers(
  { basis, rows, total }: Savings,
  judgement: Judgement,
  limits: SmallNumberLimits,
): { all: Savings; shown: PublicSavings } {
  const judged = rows.map((row) => ({
    row,
    reason: reasonOf(
      judgement,
      basis.groupBy.map((name) => row[name] ?? null),
    ),
  }));
  const listed = judged.flatMap(({ row, reason }) => (reason === null ? [] : [{ row, reason }]));
  const suppressed = { ...limits, unlisted: listed.length < rows.length };
  return {
    all: { basis, rows: listed.map(({ row }) => row), total },
    shown: {
      basis: { ...basis, suppressed },
      rows: listed.map(({ row, reason }) => shown(row, reason)),
      total: shown(total, judgement.total),
    },
  };
}

type HiddenRow = Extract<PublicSavings['rows'][number], { suppressed: Suppression }>;

function shown<Figures extends SavingsFigures>(
  figures: Figures,
  suppressed: Suppression | undefined,
): Figures | HiddenRow {
  if (suppressed === undefined) return figures;
  const members = Object.entries(figures).map(([name, value]) => [name, isDimension(name) ? value : null]);
  return { ...Object.fromEntries(members), suppressed };
}

interface PublicAnswer {
  basis: { groupBy: readonly unknown[]; suppressed: SuppressionLimits };
  rows: readonly object[];
  total: object;
}

/**
 * The same for a table of the whole answer: figures that are not shown are empty, and a column says why.
 * @param table has a line for each row of the answer, in its order, and one for its total
 */
export function tableWithoutSmallNumbers(table: Table, { basis, rows, total }: PublicAnswer): Table {
  const first = 1 + basis.groupBy.length;
  const last = table.columns.findIndex(({ name }) => name.startsWith('basis.'));
  const reasons = [...rows, total].map((figures) =>
    'suppressed' in figures ? String(figures.suppressed) : null,
  );
  return {
    ...table,
    columns: table.columns.toSpliced(last, 0, { name: 'suppressed', kind: 'text' }),
    rows: table.rows.map((cells, place) => {
      const reason = reasons[place] ?? null;
      const blank = (cell: Cell, column: number) =>
        reason !== null && column >= first && column < last ? null : cell;
      return cells.map(blank).toSpliced(last, 0, reason);
    }),
  };
}
