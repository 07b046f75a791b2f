/** The rows of new groups, and the ids that PostgreSQL gives them. */
import { type Kysely, sql } from 'kysely';
import type { Database } from '../tables.ts';

/** A group without its id. */
export interface Waiting {
  group: { id: number };
  organisation: number;
  key: string;
  /** The row's other columns, by name. */
  columns: Record<string, string | number | boolean | undefined>;
}

/** Dimensions of a group of an organisation as the column `key` has them. */
export function groupKey(organisation: number, values: (string | undefined)[]): string {
  return `${organisation}\u001f${joinedDimensions(values)}`;
}

/** Values as one text. None holds a control character; a value that is absent differs from one that is empty. */
export function joinedDimensions(values: (string | undefined)[]): string {
  let text = '';
  for (const value of values) text += value === undefined ? '\u001f' : `${value}\u001e\u001f`;
  return text;
}

/** Inserts those that are not there yet, and gives every one its id. */
export async function insertGroups(
  db: Kysely<Database>,
  table: string,
  waiting: readonly Waiting[],
): Promise<void> {
  const rows = JSON.stringify(
    waiting.map(({ organisation, key, columns }) => ({ organisation, key, ...columns })),
  );
  const names = sql.join(
    ['organisation', 'key', ...Object.keys(waiting[0]?.columns ?? {})].map((name) => sql.ref(name)),
  );
  const target = sql.table(table);
  // Ordered, so that workers that add the same groups at once wait for one another in one order.
  await sql`INSERT INTO ${target} (${names})
    SELECT ${names} FROM jsonb_populate_recordset(NULL::${target}, ${rows}::jsonb)
    ORDER BY organisation, key ON CONFLICT (organisation, key) DO NOTHING`.execute(db);
  const found = await sql<{ place: bigint; id: number }>`SELECT k.place, g.id
    FROM jsonb_array_elements(${rows}::jsonb) WITH ORDINALITY AS k(row, place)
    JOIN ${target} g ON g.organisation = (k.row->>'organisation')::integer AND g.key = k.row->>'key'`.execute(
    db,
  );
  for (const { place, id } of found.rows) {
    const entry = waiting[Number(place) - 1];
    if (entry !== undefined) entry.group.id = id;
  }
  if (waiting.some(({ group }) => group.id === 0)) throw new Error(`A new ${table} got no id`);
}
