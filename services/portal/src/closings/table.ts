import type { ClosingRow } from '@effectstroom/contracts';
import type { Column, Table } from '../tables/table.ts';

const COLUMNS: readonly Column[] = [
  ...['organisation', 'period', 'note', 'closedAt', 'sealedAt'].map(
    (name): Column => ({ name, kind: 'text' }),
  ),
  { name: 'cases', kind: 'count' },
  ...['gross', 'corrected', 'municipal.gross', 'municipal.corrected'].map(
    (name): Column => ({ name, kind: 'amount' }),
  ),
  { name: 'checksum', kind: 'text' },
];

/** Closings as a table: columns named as the members of the JSON answer, and the checksum over everything. */
export function closingsTable(rows: readonly ClosingRow[], next: string | null): Table {
  const cells = rows.map((row) => [
    ...[row.organisation, row.period, row.note, row.closedAt, row.sealedAt, row.cases],
    ...[row.gross, row.corrected, row.municipal?.gross ?? null, row.municipal?.corrected ?? null],
    row.checksums?.all ?? null,
  ]);
  return { name: 'closings', columns: [...COLUMNS], rows: cells, next };
}
