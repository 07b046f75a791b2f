/** One programme or price list, as in force. */
import { type Kysely, sql } from 'kysely';
import type { Database, SettingsTable } from '../tables.ts';
import { type SettingsRecord, settingsRecord } from './settings-history.ts';

/** The newest version of some settings; undefined where there never were any. */
export async function readNewestSettings(
  db: Kysely<Database>,
  kind: SettingsTable['kind'],
  key: string,
): Promise<SettingsRecord | undefined> {
  const { rows } = await sql<SettingsRecord>`SELECT ${settingsRecord} FROM settings
    WHERE kind = ${kind} AND key = ${key} ORDER BY number DESC LIMIT 1`.execute(db);
  return rows[0];
}
