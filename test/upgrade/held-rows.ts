/**
 * What a migration does to tables that others use: which it locks against them, and how many rows it goes
 * through.
 */
import type { Client } from 'pg';

/** A table that a migration holds up, and why. */
export interface HeldUp {
  table: string;
  /** Who has to wait until the migration is done. */
  who: 'readers and writers' | 'writers' | 'writers of its rows';
  /** Rows that it reads or writes meanwhile. */
  rows: number;
}

/** So many rows are gone through before anybody notices. */
const ROWS_MAX = 1_000;

/** Modes that others wait for, by who; from PostgreSQL's table of conflicting locks (18, 13.3). */
const STOPS: Readonly<Record<string, HeldUp['who']>> = {
  AccessExclusiveLock: 'readers and writers',
  ExclusiveLock: 'writers',
  ShareRowExclusiveLock: 'writers',
  ShareLock: 'writers',
};

/** A table as the transaction has it: its file on disk, the locks on it, and rows gone through so far. */
interface Seen {
  oid: string;
  name: string;
  file: string;
  size: number;
  modes: string[];
  read: number;
  written: number;
}

/**
 * Runs a migration in a transaction, as the product does, and looks before it is committed.
 * @returns the tables of before that hold rows and are held up for longer than it takes to change the
 * catalogue
 */
export async function heldUpBy(client: Client, migration: string): Promise<HeldUp[]> {
  await client.query('BEGIN');
  const before = (await look(client)).filter(({ size }) => size > ROWS_MAX);
  await client.query(migration);
  const after = new Map((await look(client)).map((table) => [table.oid, table]));
  await client.query('COMMIT');
  await client.query('ANALYZE'); // a table that was written anew has no size until then
  return before.flatMap((was) => {
    const is = after.get(was.oid);
    return is === undefined ? [] : heldUp(was, is);
  });
}

function heldUp(was: Seen, is: Seen): HeldUp[] {
  const written = is.written - was.written;
  const rows = Math.max(is.read - was.read, written, is.file === was.file ? 0 : was.size);
  if (rows <= ROWS_MAX) return [];
  const [who] = Object.entries(STOPS).flatMap(([mode, stopped]) =>
    is.modes.includes(mode) ? [stopped] : [],
  );
  if (who !== undefined) return [{ table: was.name, who, rows }];
  return written > ROWS_MAX ? [{ table: was.name, who: 'writers of its rows', rows }] : [];
}

/** The counters go on from transaction to transaction. */
async function look(client: Client): Promise<Seen[]> {
  const { rows } = await client.query<Seen>(
    `SELECT c.oid::text AS oid, c.relname AS name, c.relfilenode::text AS file, c.reltuples::float8 AS size,
       ARRAY(SELECT DISTINCT l.mode FROM pg_locks l
         WHERE l.pid = pg_backend_pid() AND l.relation = c.oid AND l.granted) AS modes,
       (coalesce(s.seq_tup_read, 0) + coalesce(s.idx_tup_fetch, 0))::float8 AS read,
       (coalesce(s.n_tup_ins, 0) + coalesce(s.n_tup_upd, 0) + coalesce(s.n_tup_del, 0))::float8 AS written
     FROM pg_class c LEFT JOIN pg_stat_xact_user_tables s ON s.relid = c.oid
     WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace`,
  );
  return rows;
}
