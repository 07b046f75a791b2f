/** An explanation as a table: the parts of one page. */
import type { Explanation, PublicExplanation } from '@effectstroom/contracts';
import type { Column, Table } from '../tables/table.ts';

const COLUMNS: Column[] = [
  { name: 'level', kind: 'text' },
  { name: 'value', kind: 'text' },
  { name: 'label', kind: 'text' },
  { name: 'sum', kind: 'amount' },
  { name: 'exact', kind: 'text' },
];

/** Where some sums may not be shown, a last column says why one is not. */
export function explainTable({ basis, by, parts, next }: Explanation | PublicExplanation): Table {
  const isPublic = 'suppressed' in basis;
  return {
    name: 'explain',
    columns: isPublic ? [...COLUMNS, { name: 'suppressed', kind: 'text' }] : COLUMNS,
    rows: parts.map((part) => {
      const { value, label, sum, exact } = part;
      const reason = 'suppressed' in part ? part.suppressed : null;
      return [by, value, label, sum, exact, ...(isPublic ? [reason] : [])];
    }),
    next,
  };
}
