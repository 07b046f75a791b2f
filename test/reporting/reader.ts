/** Questions in SQL, asked as Grafana does: as the role, with whatever its sessions start with. */
import { createReportingRole, type Database, reportingUrl } from '@effectstroom/database';
import type { Kysely } from 'kysely';
import pg from 'pg';

const PASSWORD = "a password of 't tests";

export interface Reader {
  /** Rows as PostgreSQL writes them: every value is text, or null. */
  rows(text: string, values?: readonly unknown[]): Promise<Record<string, string | null>[]>;
  /** Takes another day for today in this session. */
  setToday(day: string): Promise<void>;
  close(): Promise<void>;
}

/** Makes the role and signs in with it. @param url of a superuser */
export async function openReader(db: Kysely<Database>, url: string): Promise<Reader> {
  await createReportingRole(db, PASSWORD);
  return readerAt(reportingUrl(url, PASSWORD));
}

/** Signs in at an address of the role. */
export async function readerAt(url: string): Promise<Reader> {
  const types = { getTypeParser: () => String } as unknown as pg.ClientConfig['types'];
  const client = new pg.Client({ connectionString: url, types });
  await client.connect();
  return {
    rows: async (text, values = []) => (await client.query(text, [...values])).rows,
    setToday: async (day) => {
      await client.query(`SELECT set_config('effectstroom.today', $1, false)`, [day]);
    },
    close: () => client.end(),
  };
}
