/** Organisations and sources, each with a small number; the tables only grow. */
import { type Kysely, sql } from 'kysely';
import type { Database } from '../tables.ts';

/** Keeps the numbers of one code table. */
export class Codes {
  readonly #table: 'organisation' | 'source';
  readonly #column: 'code' | 'uri';
  readonly #ids = new Map<string, number>();

  constructor(table: 'organisation' | 'source') {
    this.#table = table;
    this.#column = table === 'organisation' ? 'code' : 'uri';
  }

  /** Makes sure that every code has a number. */
  async ensure(db: Kysely<Database>, codes: Iterable<string>): Promise<void> {
    const missing = [...new Set(codes)].filter((code) => !this.#ids.has(code)).sort();
    if (missing.length === 0) return;
    const table = sql.table(this.#table);
    const column = sql.ref(this.#column);
    await sql`INSERT INTO ${table} (${column}) SELECT unnest(${missing}::text[])
      ON CONFLICT (${column}) DO NOTHING`.execute(db);
    const { rows } = await sql<{ id: number; code: string }>`SELECT id, ${column} AS code FROM ${table}
      WHERE ${column} = ANY(${missing}::text[])`.execute(db);
    for (const { id, code } of rows) this.#ids.set(code, id);
  }

  /** Whether its number is known. */
  has(code: string): boolean {
    return this.#ids.has(code);
  }

  /** @throws Error where {@link ensure} was not called for the code. */
  id(code: string): number {
    const id = this.#ids.get(code);
    if (id === undefined) throw new Error(`${this.#table} has no number yet`);
    return id;
  }
}
