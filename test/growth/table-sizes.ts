/** Bytes on disk by table, with its indexes apart. */
import type { Database } from '@effectstroom/database';
import { type Kysely, sql } from 'kysely';

export interface TableSize {
  table: string;
  rows: number;
  /** Of the rows, with what is stored apart because it is long. */
  bytes: number;
  indexBytes: number;
}

/** The largest first; rows as the last ANALYZE counted them. */
export async function tableSizes(db: Kysely<Database>): Promise<TableSize[]> {
  const { rows } = await sql<{ table: string; rows: number; bytes: bigint; indexes: bigint }>`
    SELECT relname AS table, greatest(reltuples, 0)::float8 AS rows, pg_table_size(oid) AS bytes,
      pg_indexes_size(oid) AS indexes
    FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
    ORDER BY pg_total_relation_size(oid) DESC`.execute(db);
  return rows.map(({ table, rows: count, bytes, indexes }) => ({
    ...{ table, rows: count, bytes: Number(bytes), indexBytes: Number(indexes) },
  }));
}
