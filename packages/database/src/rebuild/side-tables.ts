/** Tables beside the ones in use, in which everything is made anew from the record. */
import { type Kysely, sql } from 'kysely';
import type { Database } from '../tables.ts';

/** First on the search path of who writes to the side tables; what is not there is that of the record. */
export const SIDE_SCHEMA = 'rebuild';

/** Tables that follow from the record, and the positions that the work itself moves. */
export const SIDE_TABLES = [
  ...['case_state', 'ledger', 'quarantine', 'quarantine_entry', 'source_delivery'],
  ...['case_total', 'saving_total', 'case_year', 'saving_year', 'source_total', 'partition_position'],
] as const;

/**
 * Makes the side tables, empty; those that a rebuild left that was killed go first. They survive no crash of
 * PostgreSQL, so that they cost half.
 */
export async function makeSideTables(db: Kysely<Database>, partitions: number): Promise<void> {
  await dropSideTables(db);
  await db.transaction().execute(async (tx) => {
    const side = sql.ref(SIDE_SCHEMA);
    await sql`CREATE SCHEMA ${side}`.execute(tx);
    for (const name of SIDE_TABLES)
      await sql`CREATE UNLOGGED TABLE ${sql.table(`${SIDE_SCHEMA}.${name}`)} (LIKE ${sql.table(name)} INCLUDING ALL)`.execute(
        tx,
      );
    await sql`INSERT INTO ${sql.table(`${SIDE_SCHEMA}.partition_position`)}
      (partition, epoch, sequence, stored_at, known_at, valuation)
      SELECT place, 0, 0, timestamptz 'epoch', timestamptz 'epoch', 0
      FROM generate_series(0, ${partitions}::integer - 1) AS place`.execute(tx);
  });
}

/** Takes the side tables away. */
export async function dropSideTables(db: Kysely<Database>): Promise<void> {
  await sql`SET client_min_messages = warning`.execute(db);
  await sql`DROP SCHEMA IF EXISTS ${sql.ref(SIDE_SCHEMA)} CASCADE`.execute(db);
}

/** What PostgreSQL must know of the side tables to compare them quickly, and the days on which sources delivered. */
export async function finishSideTables(db: Kysely<Database>): Promise<void> {
  await sql`INSERT INTO ${sql.table(`${SIDE_SCHEMA}.source_delivery`)}
    SELECT organisation, source, (known_at AT TIME ZONE 'Europe/Amsterdam')::date AS day,
      min(known_at), max(known_at), min(number), max(number)
    FROM event GROUP BY 1, 2, 3`.execute(db);
  for (const name of SIDE_TABLES) await sql`ANALYZE ${sql.table(`${SIDE_SCHEMA}.${name}`)}`.execute(db);
}
