/** Migrations: numbered .sql files, forward only, applied once, in order, by one migrator at a time. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Kysely, sql, type Transaction } from 'kysely';
import type { Database } from './tables.ts';

const FOLDER = fileURLToPath(new URL('../migrations/', import.meta.url));

/** Any fixed number: migrators of this product wait for one another on it. */
const MIGRATION_LOCK = 7_246_001;

/**
 * A migration that waits for a table makes everybody behind it wait: it gives up after this, and tries again after a
 * pause in which they go on.
 */
const LOCK_MS = 2_000;
const PAUSE_MS = 1_000;
const ATTEMPTS = 300;
const LOCK_NOT_AVAILABLE = '55P03';

/** The database and this code do not belong together; waiting does not help. */
export class SchemaMismatch extends Error {}

interface Migration {
  name: string;
  sql: string;
  checksum: string;
  /** Number of the newest migration that a version must know to go on working after this one; see {@link WORKS_WITH}. */
  worksWith: string | undefined;
}

/**
 * The first line of a migration that leaves all as a version of before knows it, as `-- Works with 0011 and newer.`:
 * where that is so, versions run beside one another, and new ones can take the place of old ones one by one.
 */
const WORKS_WITH = /^-- Works with (\d{4}) and newer\.\n/;

async function readMigrations(folder: string): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(folder, name), 'utf8');
      const checksum = createHash('sha256').update(text).digest('hex');
      return { name, sql: text, checksum, worksWith: WORKS_WITH.exec(text)?.[1] };
    }),
  );
}

interface Applied {
  name: string;
  checksum: string;
  works_with: string | null;
}

async function applied(db: Kysely<Database>): Promise<Applied[]> {
  await sql`CREATE TABLE IF NOT EXISTS migration (
    name text PRIMARY KEY, checksum text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now(),
    works_with text)`.execute(db);
  const { rows } = await sql<{ has: boolean }>`SELECT EXISTS (SELECT FROM pg_attribute
    WHERE attrelid = 'migration'::regclass AND attname = 'works_with' AND NOT attisdropped) AS has`.execute(
    db,
  );
  const widen = sql`ALTER TABLE migration ADD COLUMN works_with text`;
  if (!rows[0]?.has) await patiently(db, (tx) => widen.execute(tx));
  const done = await sql<Applied>`SELECT name, checksum, works_with FROM migration`.execute(db);
  return done.rows;
}

/**
 * Brings the schema to the newest version, in a transaction for each migration. Safe to call from many processes at
 * once, and beside a newer version whose migrations work with this one.
 *
 * @param folder of the migrations, where they are not this package's own
 * @returns the names of the migrations that this call applied.
 * @throws SchemaMismatch where an applied migration was changed afterwards, or the database is newer than this code and
 * does not work with it.
 */
export function migrate(db: Kysely<Database>, folder = FOLDER): Promise<string[]> {
  return db.connection().execute(async (connection) => {
    await sql`SELECT pg_advisory_lock(${MIGRATION_LOCK})`.execute(connection);
    try {
      return await migrateAlone(connection, await readMigrations(folder));
    } finally {
      // A connection that was lost has let go of it.
      await sql`SELECT pg_advisory_unlock(${MIGRATION_LOCK})`.execute(connection).catch(() => undefined);
    }
  });
}

async function migrateAlone(db: Kysely<Database>, migrations: readonly Migration[]): Promise<string[]> {
  const rows = await applied(db);
  requireThatWork(rows, migrations);
  const done = new Map(rows.map((row) => [row.name, row.checksum]));
  const fresh: string[] = [];
  for (const migration of migrations) {
    const checksum = done.get(migration.name);
    if (checksum === migration.checksum) continue;
    if (checksum !== undefined)
      throw new SchemaMismatch(
        `Migration ${migration.name} was changed after it was applied. Restore it and add a new migration.`,
      );
    await patiently(db, (tx) => apply(tx, migration));
    fresh.push(migration.name);
  }
  return fresh;
}

/** @throws SchemaMismatch naming the migrations that this version knows nothing of and cannot work with */
function requireThatWork(rows: readonly Applied[], migrations: readonly Migration[]): void {
  const known = new Set(migrations.map(({ name }) => name));
  const newest = migrations.at(-1)?.name.slice(0, 4) ?? '';
  const foreign = rows
    .filter(({ name, works_with: from }) => !known.has(name) && (from === null || from > newest))
    .map(({ name }) => name);
  if (foreign.length > 0)
    throw new SchemaMismatch(
      `The database has migrations that this version does not work with: ${foreign.join(', ')}. Start a newer version.`,
    );
}

/** Changes the schema in a transaction that holds nobody up for long: see {@link LOCK_MS}. */
async function patiently(
  db: Kysely<Database>,
  change: (tx: Transaction<Database>) => Promise<unknown>,
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await db.transaction().execute(async (tx) => {
        await sql.raw(`SET LOCAL lock_timeout = ${LOCK_MS}`).execute(tx);
        await change(tx);
      });
      return;
    } catch (error) {
      const isHeldUp = (error as { code?: unknown }).code === LOCK_NOT_AVAILABLE;
      if (!isHeldUp || attempt === ATTEMPTS) throw error;
      await sleep(PAUSE_MS);
    }
  }
}

async function apply(tx: Transaction<Database>, { name, checksum, worksWith, ...migration }: Migration) {
  await sql.raw(migration.sql).execute(tx);
  await sql`INSERT INTO migration (name, checksum, works_with)
    VALUES (${name}, ${checksum}, ${worksWith ?? null})`.execute(tx);
}

/** Whether the schema is as new as this code: readers wait for it. A newer one has all that they read. */
export async function isMigrated(db: Kysely<Database>): Promise<boolean> {
  const names = (await readMigrations(FOLDER)).map((migration) => migration.name);
  const { rows } = await sql<{ name: string | null }>`SELECT to_regclass('migration')::text AS name`.execute(
    db,
  );
  if (rows[0]?.name === null) return false;
  const done = await sql<{ name: string }>`SELECT name FROM migration`.execute(db);
  const have = new Set(done.rows.map((row) => row.name));
  return names.every((name) => have.has(name));
}
