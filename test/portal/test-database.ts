import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type Database, migrate } from '@effectstroom/database';
import { startPostgres } from '@effectstroom/infra';
import type { Kysely } from 'kysely';

export interface TestDatabase {
  url: string;
  db: Kysely<Database>;
  stop(): Promise<void>;
}

/** A PostgreSQL of its own with the product's schema, gone after `stop`. */
export async function startTestDatabase(): Promise<TestDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'portal-test-'));
  // Nothing needs to survive a power failure here.
  const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };
  const postgres = await startPostgres({ folder: join(folder, 'postgres'), settings });
  const db = connect({ url: postgres.url, applicationName: 'portal-test' });
  await migrate(db);
  return {
    url: postgres.url,
    db,
    stop: async () => {
      await db.destroy();
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
