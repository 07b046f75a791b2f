/**
 * What one might do instead of an import: a script that reads the file and puts each row in PostgreSQL, where
 * a case that is known is replaced.
 */
import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';
import { pooled } from './fresh-database.ts';
import { tenthsOf } from './import-file.ts';
import { PEER_CONNECTIONS } from './peers/peer.ts';

/** As many as the bare insert takes at once. */
export const ROWS_OF_BATCH = 1_000;

const UPSERT = `INSERT INTO script_case SELECT * FROM unnest($1::text[], $2::integer[], $3::jsonb[])
  ON CONFLICT (id) DO UPDATE SET quantity = excluded.quantity, payload = excluded.payload`;

/**
 * @param rowsAtOnce of a statement, which is a transaction
 * @returns rows a second over some seconds, from reading to committed
 * @throws Error where not every row is there afterwards
 */
export async function upsertRows(
  databaseUrl: string,
  file: string,
  { rowsAtOnce, seconds }: { rowsAtOnce: number; seconds: number },
): Promise<number> {
  const pool = pooled(databaseUrl, PEER_CONNECTIONS);
  const rows = createReadStream(file).pipe(parse({ bom: true, columns: true, delimiter: ';' }));
  try {
    await pool.query('DROP TABLE IF EXISTS script_case');
    await pool.query('CREATE TABLE script_case (id text PRIMARY KEY, quantity integer, payload jsonb)');
    const reading = rows[Symbol.asyncIterator]() as AsyncIterator<Record<string, string>>;
    let [count, quantities] = [0, 0];
    const startedAt = performance.now();
    const lane = async () => {
      while (performance.now() - startedAt < seconds * 1_000) {
        const part: Record<string, string>[] = [];
        while (part.length < rowsAtOnce) {
          const { value: row, done } = await reading.next();
          if (done) break;
          part.push(row);
        }
        if (part.length === 0) return;
        const tenths = part.map((row) => tenthsOf(row['Aantal'] ?? ''));
        const values = [
          part.map((row) => row['Casusnummer']),
          tenths,
          part.map((row) => JSON.stringify(row)),
        ];
        await pool.query({ name: 'upsert', text: UPSERT, values });
        count += part.length;
        quantities += tenths.reduce((sum, one) => sum + one, 0);
      }
    };
    await Promise.all(Array.from({ length: PEER_CONNECTIONS }, lane));
    const rate = (count * 1_000) / (performance.now() - startedAt);
    const kept = await pool.query(
      'SELECT count(*)::integer AS count, sum(quantity)::integer AS quantities FROM script_case',
    );
    if (kept.rows[0].count !== count || kept.rows[0].quantities !== quantities)
      throw new Error('The script lost a row');
    return rate;
  } finally {
    rows.destroy();
    await pool.end();
  }
}
