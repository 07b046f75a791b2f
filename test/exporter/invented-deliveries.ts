/** Rows of sources as the calculator would have written them, straight into the tables. */
import type { Database } from '@effectstroom/database';
import { type Kysely, sql } from 'kysely';

export interface InventedSource {
  organisation: string;
  source: string;
  /** What is expected of it; absent where nothing is. */
  expected?: { rhythm: string; graceDays: number; from: string; to?: string };
  /** Days on which it delivered, at noon in UTC. */
  days: readonly string[];
  cases: readonly { municipality: string; month: string; registered: number; assessed: number }[];
}

export async function writeSources(db: Kysely<Database>, sources: readonly InventedSource[]): Promise<void> {
  for (const { organisation, source, days, cases } of sources) {
    await sql`INSERT INTO organisation (code) VALUES (${organisation}) ON CONFLICT DO NOTHING`.execute(db);
    await sql`INSERT INTO source (uri) VALUES (${source}) ON CONFLICT DO NOTHING`.execute(db);
    const key = sql`(SELECT id FROM organisation WHERE code = ${organisation}),
      (SELECT id FROM source WHERE uri = ${source})`;
    for (const day of days)
      await sql`INSERT INTO source_delivery
        SELECT ${key}, ${day}::date, ${`${day}T11:00:00Z`}, ${`${day}T12:00:00Z`}, 0, 1`.execute(db);
    for (const { municipality, month, registered, assessed } of cases)
      await sql`INSERT INTO source_total
        SELECT ${key}, ${municipality}, ${`${month}-01`}::date, ${registered}, ${assessed}`.execute(db);
  }
  const expecting = Map.groupBy(sources, ({ organisation }) => organisation);
  for (const [place, [organisation, own]] of [...expecting].entries()) {
    const expected = own.flatMap(({ source, expected }) =>
      expected ? [{ source, name: '', ...expected }] : [],
    );
    const body = JSON.stringify({ organisation, sources: expected });
    await sql`INSERT INTO settings (number, kind, key, known_at, body)
      VALUES (${1_000 + place}, 'deliveries', ${organisation}, now(), ${body}::jsonb)`.execute(db);
  }
}
