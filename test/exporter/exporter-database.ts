import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type Database, migrate } from '@effectstroom/database';
import { type Postgres, startPostgres } from '@effectstroom/infra';
import { type Kysely, sql } from 'kysely';

/** A PostgreSQL of the test's own, without the product's schema. */
export class ExporterDatabase {
  readonly #folder = mkdtempSync(join(tmpdir(), 'exporter-test-'));
  #postgres: Postgres | undefined;

  /** Starts it, or starts it again with the same data at the same address. */
  async start(): Promise<void> {
    // Nothing needs to survive a power failure here.
    const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };
    const port = this.#postgres === undefined ? {} : { port: this.#postgres.port };
    this.#postgres = await startPostgres({ folder: join(this.#folder, 'postgres'), settings, ...port });
  }

  get url(): string {
    if (this.#postgres === undefined) throw new Error('PostgreSQL was not started');
    return this.#postgres.url;
  }

  async stop(): Promise<void> {
    await this.#postgres?.stop();
  }

  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** Does something with a connection that is closed afterwards. */
  async use<T>(work: (db: Kysely<Database>) => Promise<T>): Promise<T> {
    const db = connect({ url: this.url, applicationName: 'exporter-test', connectionsMax: 2 });
    try {
      return await work(db);
    } finally {
      await db.destroy();
    }
  }

  /** An empty schema of the newest version. */
  migrateAnew(): Promise<void> {
    return this.use(async (db) => {
      await sql`DROP SCHEMA public CASCADE`.execute(db);
      await sql`CREATE SCHEMA public`.execute(db);
      await migrate(db);
    });
  }
}
