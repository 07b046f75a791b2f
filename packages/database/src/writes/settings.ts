/** The versions of programmes and price lists. */
import { type Kysely, sql, type Transaction } from 'kysely';
import type { Database, SettingsTable } from '../tables.ts';
import { type Micros, timestamp } from './batch.ts';

export interface SettingsVersion {
  number: bigint;
  kind: SettingsTable['kind'];
  key: string;
  body: unknown;
}

/** The newest version of each programme and price list of those not after `number`. */
export async function readSettings(db: Kysely<Database>, number: bigint): Promise<SettingsVersion[]> {
  const { rows } =
    await sql<SettingsVersion>`SELECT DISTINCT ON (kind, key) number, kind, key, body FROM settings
    WHERE number <= ${number} ORDER BY kind, key, number DESC`.execute(db);
  return rows;
}

/** Number of the newest version of a programme or price list; undefined where there is none. */
export async function readNewestValuing(db: Kysely<Database>): Promise<bigint | undefined> {
  const row = await db
    .selectFrom('settings')
    .select(({ fn }) => fn.max('number').as('number'))
    .where('kind', 'in', ['programme', 'price-list'])
    .executeTakeFirst();
  return row?.number ?? undefined;
}

/** All versions after one number and before another, in order. */
export async function readSettingsBetween(
  db: Kysely<Database>,
  after: bigint,
  before: bigint,
): Promise<(SettingsVersion & { knownAt: Micros })[]> {
  const { rows } = await sql<SettingsVersion & { knownAt: Micros }>`SELECT number, kind, key, body,
      (extract(epoch FROM known_at) * 1000000)::bigint AS "knownAt"
    FROM settings WHERE number > ${after} AND number < ${before} ORDER BY number`.execute(db);
  return rows;
}

/**
 * Records a settings message once, by its id. @returns false where it was recorded under another number before:
 * then it was applied long ago, and newer settings may have replaced it.
 */
export async function recordSettingsMessage(
  tx: Transaction<Database>,
  id: string,
  number: bigint,
): Promise<boolean> {
  await sql`INSERT INTO settings_message (id, number) VALUES (${id}, ${number}) ON CONFLICT (id) DO NOTHING`.execute(
    tx,
  );
  const known = await tx
    .selectFrom('settings_message')
    .select('number')
    .where('id', '=', id)
    .executeTakeFirst();
  return known?.number === number;
}

/** Records a version once: every partition meets the same message. */
export async function recordSettings(
  tx: Transaction<Database>,
  version: SettingsVersion,
  knownAt: Micros,
): Promise<void> {
  await sql`INSERT INTO settings (number, kind, key, known_at, body)
    VALUES (${version.number}, ${version.kind}, ${version.key}, ${timestamp(knownAt)}, ${JSON.stringify(version.body)}::jsonb)
    ON CONFLICT (number) DO NOTHING`.execute(tx);
}
