import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely';
import { isOutdated } from '../prepared-statements.ts';
import type { Database } from '../tables.ts';

/**
 * Runs reads in one snapshot: they all see the same moment, and cannot write. They are run once more where a
 * newer version has changed the tables since they were asked before.
 */
export async function inSnapshot<T>(
  db: Kysely<Database>,
  read: (tx: Transaction<Database>) => Promise<T>,
): Promise<T> {
  const snapshot = db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only');
  try {
    return await snapshot.execute(read);
  } catch (error) {
    if (!isOutdated(error)) throw error;
    return snapshot.execute(read);
  }
}

/** A timestamptz as RFC 3339 text in UTC, in microseconds: PostgreSQL's precision, which a Date has not. */
export function utcText(column: RawBuilder<unknown>): RawBuilder<string> {
  return sql<string>`to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
}
