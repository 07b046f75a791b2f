/** Rows as the parameters of one statement. */
import { type RawBuilder, sql } from 'kysely';
import { arrayOfEach } from './binary.ts';
import type { Element, ElementType } from './binary-writer.ts';

const SQL_TYPE: Record<ElementType, string> = {
  int2: 'smallint',
  int4: 'integer',
  int8: 'bigint',
  numeric: 'numeric',
  text: 'text',
  date: 'date',
};

/** A column of rows that are sent: its type, and a row's value in it. */
type Column<Row> = {
  [T in ElementType]: readonly [type: T, value: (row: Row) => Element<T> | null | undefined];
}[ElementType];

/**
 * Rows as `unnest(…) AS alias(column, …)`, one binary array a column, for the FROM of a statement. The columns have
 * the names of `columns`, in its order.
 */
export function unnestRows<Row>(
  alias: string,
  rows: readonly Row[],
  columns: Readonly<Record<string, Column<Row>>>,
): RawBuilder<unknown> {
  const arrays = Object.values(columns).map(
    ([type, value]) => sql`${arrayOfEach(type, rows, value)}::${sql.raw(SQL_TYPE[type])}[]`,
  );
  const names = Object.keys(columns).map((name) => sql.ref(name));
  return sql`unnest(${sql.join(arrays)}) AS ${sql.ref(alias)}(${sql.join(names)})`;
}
