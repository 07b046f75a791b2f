import { type Kysely, sql } from 'kysely';
import type { Database } from '../tables.ts';
import { utcText } from './snapshot.ts';

/** The last moment of a civil date in Europe/Amsterdam, some days after a date: RFC 3339 in UTC. */
export async function readEndOfDay(db: Kysely<Database>, date: string, daysAfter: number): Promise<string> {
  const next = sql`(${date}::date + ${daysAfter}::integer + 1)::timestamp AT TIME ZONE 'Europe/Amsterdam'`;
  const { rows } = await sql<{ moment: string }>`
    SELECT ${utcText(sql`(${next} - interval '1 microsecond')`)} AS moment`.execute(db);
  const moment = rows[0]?.moment;
  if (moment === undefined) throw new Error('PostgreSQL gave no moment');
  return moment;
}
