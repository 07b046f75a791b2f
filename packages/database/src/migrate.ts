/** Migrations: numbered .sql files, forward only, applied once, in order, by one migrator at a time. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type Kysely, sql, type Transaction } from 'kysely';
import type { Database } from './tables.ts';

const FOLDER = fileURLToPath(new URL('../migrations/', import.meta.url));

/** Any fixed number: migrators of this product wait for one another on it. */
const MIGRATION_LOCK = 7_246_001;

/** The database and this code do not belong together; waiting does not help. */
export class SchemaMismatch extends Error {}

interface Migration {
  name: string;
  sql: string;
  checksum: string;
}

async function readMigrations(): Promise<Migration[]> {
  const names = (await readdir(FOLDER)).filter((name) => name.endsWith('.sql')).sort();
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(FOLDER + name, 'utf8');
      return { name, sql: text, checksum: createHash('sha256').update(text).digest('hex') };
    }),
  );
}

async function applied(tx: Transaction<Database>): Promise<Map<string, string>> {
  await sql`CREATE TABLE IF NOT EXISTS migration (
    name text PRIMARY KEY, checksum text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())`.execute(
    tx,
  );
  const { rows } = await sql<{
    name: string;
    checksum: string;
  }>`SELECT name, checksum FROM migration`.execute(tx);
  return new Map(rows.map((row) => [row.name, row.checksum]));
}

/**
 * Brings the schema to the newest version. Safe to call from many processes at once.
 * @returns the names of the migrations that this call applied.
 * @throws SchemaMismatch where an applied migration was changed afterwards, or the database is newer than this code.
 */
export async function migrate(db: Kysely<Database>): Promise<string[]> {
  const migrations = await readMigrations();
  return db.transaction().execute(async (tx) => {
    await sql`SELECT pg_advisory_xact_lock(${MIGRATION_LOCK})`.execute(tx);
    const done = await applied(tx);
    const known = new Set(migrations.map((migration) => migration.name));
    const newer = [...done.keys()].filter((name) => !known.has(name));
    if (newer.length > 0)
      throw new SchemaMismatch(
        `The database has migrations that this version does not know: ${newer.join(', ')}. Start a newer version.`,
      );
    const fresh: string[] = [];
    for (const migration of migrations) {
      const checksum = done.get(migration.name);
      if (checksum === migration.checksum) continue;
      if (checksum !== undefined)
        throw new SchemaMismatch(
          `Migration ${migration.name} was changed after it was applied. Restore it and add a new migration.`,
        );
      await sql.raw(migration.sql).execute(tx);
      await sql`INSERT INTO migration (name, checksum) VALUES (${migration.name}, ${migration.checksum})`.execute(
        tx,
      );
      fresh.push(migration.name);
    }
    return fresh;
  });
}

/** Whether the schema is as new as this code: readers wait for it. */
export async function isMigrated(db: Kysely<Database>): Promise<boolean> {
  const names = (await readMigrations()).map((migration) => migration.name);
  const { rows } = await sql<{ name: string | null }>`SELECT to_regclass('migration')::text AS name`.execute(
    db,
  );
  if (rows[0]?.name === null) return false;
  const done = await sql<{ name: string }>`SELECT name FROM migration`.execute(db);
  const have = new Set(done.rows.map((row) => row.name));
  return names.every((name) => have.has(name));
}
