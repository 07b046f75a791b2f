/**
 * Data that an earlier version made, kept in a file: for where there is no history that could make it anew.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Database } from '@effectstroom/database';
import { repository } from '@effectstroom/infra';
import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { SentEvent, SentPriceList, SentProgramme } from '../../harness/sent.ts';

export const KEPT_FILE = join(repository, 'test', 'upgrade', 'previous', '0004-trust.json.gz');

export interface KeptData {
  /** The version that made it. */
  commit: string;
  /** Of its schema, in order. */
  migrations: string[];
  /** Of each table its rows, as PostgreSQL writes a row as text. */
  tables: Record<string, string[]>;
  /** What it had accepted: the first of each identity comes first. */
  events: SentEvent[];
  programmes: [string, SentProgramme][];
  priceLists: [string, SentPriceList][];
}

export function packed(data: KeptData): Buffer {
  return gzipSync(JSON.stringify(data), { level: 9 });
}

export function readKeptData(): KeptData {
  return JSON.parse(gunzipSync(readFileSync(KEPT_FILE)).toString('utf8')) as KeptData;
}

/** Every table as it stands. */
export async function readTables(db: Kysely<Database>): Promise<Record<string, string[]>> {
  const tables: Record<string, string[]> = {};
  const names = await sql<{ name: string }>`
    SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`.execute(db);
  for (const { name } of names.rows) {
    const { rows } = await sql<{ row: string }>`SELECT t::text AS row FROM ${sql.table(name)} AS t`.execute(
      db,
    );
    tables[name] = rows.map(({ row }) => row);
  }
  return tables;
}

/** Makes an empty database what it was. The migrations of that time must still be the same. */
export async function restore(db: Kysely<Database>, { migrations, tables }: KeptData): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await sql`CREATE TABLE migration (
      name text PRIMARY KEY, checksum text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())`.execute(
      tx,
    );
    for (const name of migrations) {
      const path = join(repository, 'packages', 'database', 'migrations', name);
      await sql.raw(readFileSync(path, 'utf8')).execute(tx);
    }
    for (const [name, rows] of Object.entries(tables)) {
      const table = sql.table(name);
      // A migration may have made rows itself.
      await sql`DELETE FROM ${table}`.execute(tx);
      await sql`INSERT INTO ${table} OVERRIDING SYSTEM VALUE
        SELECT (one.r).* FROM (SELECT unnest(${rows}::text[])::${table} AS r) AS one`.execute(tx);
    }
    // Numbers that were given out are not given out again.
    const { rows } = await sql<{ table: string; column: string; sequence: string }>`
      SELECT table_name AS table, column_name AS column,
        pg_get_serial_sequence(quote_ident(table_name), column_name) AS sequence
      FROM information_schema.columns WHERE table_schema = 'public' AND is_identity = 'YES'`.execute(tx);
    for (const { table, column, sequence } of rows)
      await sql`SELECT setval(${sequence}::regclass, coalesce(max(${sql.ref(column)}), 0) + 1, false)
        FROM ${sql.table(table)}`.execute(tx);
  });
}
