/** Pieces of SQL put together. */
import { type RawBuilder, sql } from 'kysely';

/** A comma list. */
export function list(...elements: RawBuilder<unknown>[]): RawBuilder<unknown> {
  return sql.join(elements, sql`, `);
}

/** All the rows of several queries. */
export function union(rows: RawBuilder<unknown>[]): RawBuilder<unknown> {
  return sql.join(rows, sql` UNION ALL `);
}

/** All of these conditions; true where there are none. */
export function allOf(conditions: readonly RawBuilder<unknown>[]): RawBuilder<unknown> {
  return conditions.length === 0 ? sql`true` : sql.join([...conditions], sql` AND `);
}
