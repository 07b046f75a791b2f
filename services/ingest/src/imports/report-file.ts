import { chmodSync, existsSync } from 'node:fs';
import { DatabaseSync, type SQLOutputValue, type StatementSync } from 'node:sqlite';
import { type ReportRow, ROW_STATUSES, type RowStatus } from '@effectstroom/contracts';
import { CHECKPOINT_PAGES, inTransaction } from '../delivery/store.ts';

/** Where and why a row is refused; never what stands in the cell. */
export type CellFault = ReportRow['faults'][number];

/** The faults of one kind together. */
export interface FaultKind {
  column: string;
  code: string;
  detail: string;
  rows: number;
  firstCell: string;
}

/** Milliseconds that reading waits for a file that is being closed. */
const BUSY_MS = 500;
/** Kinds of faults that a summary names. */
const MOST_KINDS = 200;

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS row (
    status INTEGER NOT NULL,
    row INTEGER NOT NULL,
    case_id TEXT,
    PRIMARY KEY (status, row)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS fault (
    row INTEGER NOT NULL,
    place INTEGER NOT NULL,
    cell TEXT NOT NULL,
    column_name TEXT NOT NULL,
    code TEXT NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (row, place)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS kind (
    column_name TEXT NOT NULL,
    code TEXT NOT NULL,
    detail TEXT NOT NULL,
    rows INTEGER NOT NULL,
    first_cell TEXT NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS vanished (case_id TEXT NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID`;

/** What became of the rows of one import, in an SQLite file of its own: it goes with one file. */
export class ReportWriter {
  readonly #db: DatabaseSync;
  readonly #row: StatementSync;
  readonly #fault: StatementSync;

  constructor(file: string) {
    this.#db = new DatabaseSync(file);
    chmodSync(file, 0o600);
    this.#db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
      PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES}; ${SCHEMA}`);
    this.#row = this.#db.prepare('INSERT OR REPLACE INTO row VALUES (?, ?, ?)');
    this.#fault = this.#db.prepare('INSERT OR REPLACE INTO fault VALUES (?, ?, ?, ?, ?, ?)');
  }

  /** Writes rows, durably. Those that a crash may have left there already take their place. */
  write(rows: readonly ReportRow[], mayBeThere: boolean): void {
    inTransaction(this.#db, () => {
      if (mayBeThere) this.#forget(rows);
      for (const { row, caseId, status, faults } of rows) {
        this.#row.run(ROW_STATUSES.indexOf(status), row, caseId);
        for (const [place, { cell, column, code, detail }] of faults.entries()) {
          this.#fault.run(row, place, cell, column, code, detail);
        }
      }
    });
  }

  #forget(rows: readonly ReportRow[]): void {
    const forgetRow = this.#db.prepare('DELETE FROM row WHERE status = ? AND row = ?');
    const forgetFaults = this.#db.prepare('DELETE FROM fault WHERE row = ?');
    for (const { row } of rows) {
      for (const status of ROW_STATUSES.keys()) forgetRow.run(status, row);
      forgetFaults.run(row);
    }
  }

  /** Sums up the faults by kind. */
  sumUp(): void {
    inTransaction(this.#db, () => {
      this.#db.exec(`DELETE FROM kind;
        INSERT INTO kind SELECT column_name, code, detail, rows, cell FROM (
          SELECT column_name, code, detail, count(DISTINCT row) AS rows, cell, min(row) FROM fault
          GROUP BY column_name, code, detail ORDER BY rows DESC LIMIT ${MOST_KINDS})`);
    });
  }

  /**
   * Finds the cases of an origin and mapping that were delivered and do not stand among the staged rows.
   * `store` and `staged` are files. @returns how many
   */
  findVanished(store: string, staged: string, origin: number, mapping: string): number {
    this.#db.prepare('ATTACH ? AS store').run(store);
    this.#db.prepare('ATTACH ? AS staged').run(staged);
    this.#db.exec('DELETE FROM vanished');
    // In no transaction that writes: it would hold up writing to the store.
    this.#db
      .prepare(`INSERT INTO vanished SELECT case_id FROM (
          SELECT case_id, is_withdrawn, mapping, max(revision) FROM store.delivered WHERE origin = ?
          GROUP BY case_id) AS delivered
        WHERE is_withdrawn = 0 AND mapping = ? AND NOT EXISTS (
          SELECT 1 FROM staged.staged AS there WHERE there.case_id = delivered.case_id)`)
      .run(origin, mapping);
    this.#db.exec('DETACH store; DETACH staged');
    return Number(this.#db.prepare('SELECT count(*) AS n FROM vanished').get()?.['n']);
  }

  /** Some of the vanished cases. */
  vanished(limit: number): string[] {
    const rows = this.#db.prepare('SELECT case_id FROM vanished ORDER BY case_id LIMIT ?').all(limit);
    return rows.map((row) => String(row['case_id']));
  }

  /** These cases are no longer vanished: they are withdrawn. */
  forgetVanished(caseIds: readonly string[]): void {
    const forget = this.#db.prepare('DELETE FROM vanished WHERE case_id = ?');
    inTransaction(this.#db, () => {
      for (const caseId of caseIds) forget.run(caseId);
    });
  }

  /** Leaves one file, or where somebody reads in it just now one with its companions. */
  close(): void {
    try {
      this.#db.exec('PRAGMA journal_mode = DELETE');
    } catch {
      // It is right as it is.
    }
    this.#db.close();
  }
}

/** The report of an import, to read. Close it after use. */
export class ReportReader {
  readonly #db: DatabaseSync;

  private constructor(file: string) {
    this.#db = new DatabaseSync(file, { readOnly: true, timeout: BUSY_MS });
  }

  /** Undefined where there is no report, or none yet. */
  static open(file: string): ReportReader | undefined {
    if (!existsSync(file)) return undefined;
    const reader = new ReportReader(file);
    const isMade = reader.#db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'vanished'").get();
    if (isMade !== undefined) return reader;
    reader.close();
    return undefined;
  }

  /** At most `limit` rows after a row, in the order of the file; of one status, where it is given. */
  page(status: RowStatus | undefined, after: number, limit: number): ReportRow[] {
    const find = this.#db.prepare(
      'SELECT row, case_id FROM row WHERE status = ? AND row > ? ORDER BY row LIMIT ?',
    );
    const statuses = status === undefined ? ROW_STATUSES : [status];
    const found = statuses.flatMap((one) =>
      find
        .all(ROW_STATUSES.indexOf(one), after, limit)
        .map((row) => ({ status: one, ...this.#reported(row) })),
    );
    const rows = found.sort((one, other) => one.row - other.row).slice(0, limit);
    return rows.map((row) => ({ ...row, faults: row.status === 'refused' ? this.#faultsOf(row.row) : [] }));
  }

  #reported(row: Record<string, SQLOutputValue>): { row: number; caseId: string | null } {
    return { row: Number(row['row']), caseId: row['case_id'] === null ? null : String(row['case_id']) };
  }

  #faultsOf(row: number): CellFault[] {
    const rows = this.#db
      .prepare('SELECT cell, column_name, code, detail FROM fault WHERE row = ? ORDER BY place')
      .all(row);
    return rows.map((fault) => ({
      row,
      cell: String(fault['cell']),
      column: String(fault['column_name']),
      code: String(fault['code']),
      detail: String(fault['detail']),
    }));
  }

  /** The kinds of faults, the most frequent first; none before the import has ended. */
  kinds(): FaultKind[] {
    const rows = this.#db.prepare('SELECT * FROM kind ORDER BY rows DESC').all();
    return rows.map((kind) => ({
      column: String(kind['column_name']),
      code: String(kind['code']),
      detail: String(kind['detail']),
      rows: Number(kind['rows']),
      firstCell: String(kind['first_cell']),
    }));
  }

  /** How many cases vanished and were not withdrawn. */
  get vanishedCount(): number {
    return Number(this.#db.prepare('SELECT count(*) AS n FROM vanished').get()?.['n']);
  }

  /** At most `limit` vanished cases after a case. */
  vanished(after: string, limit: number): string[] {
    const find = this.#db.prepare('SELECT case_id FROM vanished WHERE case_id > ? ORDER BY case_id LIMIT ?');
    return find.all(after, limit).map((row) => String(row['case_id']));
  }

  close(): void {
    this.#db.close();
  }
}
