import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { MIGRATIONS } from './schema.ts';

/** Name of the file in ingest's own folder. */
export const STORE_FILE = 'ingest.sqlite';
/** Milliseconds that a write waits for another thread's write. */
const BUSY_MS = 5000;
/** Pages of 4 KiB that are written to the file at a time; fewer would wait for the disk more often. */
export const CHECKPOINT_PAGES = 4000;
/** Kibibytes of pages that a connection keeps; SQLite counts them as a negative number. */
const CACHE_KIBIBYTES = 8 * 1024;

/**
 * Opens `ingest.sqlite` in ingest's own folder, and makes it where it is not there yet. Each thread opens its
 * own connection. What was committed survives a crash of the process and of the machine. Throws where the
 * file is of a newer version of ingest.
 */
export function openStore(folder: string): DatabaseSync {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, STORE_FILE);
  const db = new DatabaseSync(file, { timeout: BUSY_MS });
  chmodSync(file, 0o600);
  db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -${CACHE_KIBIBYTES};
    PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
  migrate(db);
  return db;
}

/** Does something in one transaction. What it throws undoes all of it. */
export function inTransaction<Result>(db: DatabaseSync, work: () => Result): Result {
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

function migrate(db: DatabaseSync): void {
  inTransaction(db, () => {
    const version = Number(db.prepare('PRAGMA user_version').get()?.['user_version']);
    if (version > MIGRATIONS.length) {
      throw new Error('ingest.sqlite was made by a newer version of ingest: start that one');
    }
    for (const migration of MIGRATIONS.slice(version)) db.exec(migration);
    db.exec(`PRAGMA user_version = ${MIGRATIONS.length}`);
  });
}
