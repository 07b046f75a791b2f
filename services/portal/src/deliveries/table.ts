import type { DeliveriesAnswer, DeliveryRow } from '@effectstroom/contracts';
import type { Cell, Column, Table } from '../tables/table.ts';

const COLUMNS: readonly Column[] = [
  ...['organisation', 'source', 'name', 'rhythm'].map((name): Column => ({ name, kind: 'text' })),
  { name: 'graceDays', kind: 'count' },
  ...['from', 'to', 'lastDelivery', 'due', 'onTime'].map((name): Column => ({ name, kind: 'text' })),
  { name: 'quarantined', kind: 'count' },
  { name: 'refused', kind: 'count' },
  { name: 'shareAssessed', kind: 'quotient' },
];

/**
 * The deliveries as a table: one row a source, in columns named as the members of the JSON answer. Those of
 * months, the same month of last year behind each, are named as `2022-03.assessed`.
 */
export function deliveriesTable({ year, asOf, rows, next }: DeliveriesAnswer): Table {
  const months = Array.from({ length: 12 }, (_, place) => String(place + 1).padStart(2, '0'));
  const columns = months.flatMap((month) =>
    [year, year - 1].flatMap((one) => [`${one}-${month}.registered`, `${one}-${month}.assessed`]),
  );
  return {
    name: `deliveries-${year}`,
    columns: [
      ...COLUMNS,
      ...columns.map((name): Column => ({ name, kind: 'count' })),
      { name: 'asOf', kind: 'text' },
    ],
    rows: rows.map((row) => [...cellsOf(row), ...monthCells(row), asOf]),
    next,
  };
}

function cellsOf(row: DeliveryRow): Cell[] {
  const { organisation, source, name, rhythm, graceDays, from, to, lastDelivery, due, onTime } = row;
  const isOnTime = onTime === null ? null : String(onTime);
  const expected = [organisation, source, name, rhythm, graceDays, from, to, lastDelivery, due, isOnTime];
  return [...expected, row.quarantined, row.refused, row.shareAssessed];
}

function monthCells({ months }: DeliveryRow): Cell[] {
  return months.flatMap((month) => [
    ...[month.registered, month.assessed],
    ...[month.lastYear.registered, month.lastYear.assessed],
  ]);
}
