import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type Database, migrate } from '@effectstroom/database';
import { startPostgres } from '@effectstroom/infra';
import type { Kysely } from 'kysely';

export interface TestDatabase {
  /** For whatever else a test keeps on disk. */
  folder: string;
  url: string;
  db: Kysely<Database>;
  stop(): Promise<void>;
}

/** A folder for the files of a test. */
export function temporaryFolder(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'portal-test-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** A PostgreSQL of its own with the product's schema, gone after `stop`. */
export async function startTestDatabase(): Promise<TestDatabase> {
  const folder = temporaryFolder();
  // Nothing needs to survive a power failure here.
  const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };
  const postgres = await startPostgres({ folder: join(folder.path, 'postgres'), settings });
  const db = connect({ url: postgres.url, applicationName: 'portal-test' });
  await migrate(db);
  return {
    folder: folder.path,
    url: postgres.url,
    db,
    stop: async () => {
      await db.destroy();
      await postgres.stop();
      folder.remove();
    },
  };
}
