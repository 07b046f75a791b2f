import { closeSync, fsyncSync, openSync, rmSync } from 'node:fs';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { SourceRow } from '../tables/table.ts';
import type { Place } from './import-record.ts';

/** The rows of one case, and of one revision where the file has revisions. */
export interface StagedCase {
  /** Empty where the row names no case that can be read; such a row stands alone. */
  caseId: string;
  revision: number;
  rows: SourceRow[];
  /** The case has more rows than any case can have; these are some of them. */
  isTooLarge: boolean;
}

/** Most rows of one case: more than an event has lines. */
const MOST_ROWS = 500;
const PAGE_ROWS = 2000;
/** Memory for pages, in kibibytes; SQLite counts them as a negative number. */
const CACHE_KIBIBYTES = 16 * 1024;

/**
 * The rows of a file, in an SQLite file of their own from which they are taken by case: the rows of a case
 * may stand anywhere in the file, and memory does not grow with it.
 */
export class StagedRows {
  readonly #file: string;
  readonly #db: DatabaseSync;
  #insert: StatementSync | undefined;

  private constructor(file: string) {
    this.#file = file;
    this.#db = new DatabaseSync(file);
    // Until `finish` a crash leaves nothing of use, and after it nothing is written.
    this.#db.exec(`PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;
      PRAGMA cache_size = -${CACHE_KIBIBYTES}`);
  }

  /** Starts anew; rows that were staged before are forgotten. `columns`: headers of the table. */
  static create(file: string, columns: readonly string[]): StagedRows {
    rmSync(file, { force: true });
    closeSync(openSync(file, 'wx', 0o600));
    const staged = new StagedRows(file);
    staged.#db.exec(`
      CREATE TABLE staged (case_id TEXT NOT NULL, revision INTEGER NOT NULL, row INTEGER NOT NULL,
        cells TEXT NOT NULL) STRICT;
      CREATE TABLE columns (headers TEXT NOT NULL) STRICT;
      BEGIN`);
    staged.#db.prepare('INSERT INTO columns VALUES (?)').run(JSON.stringify(columns));
    return staged;
  }

  /** Opens what `finish` ended. */
  static open(file: string): StagedRows {
    return new StagedRows(file);
  }

  /** Headers of the table. */
  get columns(): string[] {
    return JSON.parse(String(this.#db.prepare('SELECT headers FROM columns').get()?.['headers']));
  }

  add(caseId: string, revision: number, { row, cells }: SourceRow): void {
    this.#insert ??= this.#db.prepare('INSERT INTO staged VALUES (?, ?, ?, ?)');
    this.#insert.run(caseId, revision, row, JSON.stringify(cells));
  }

  /** Ends the staging: from now on it survives a crash. @returns the number of rows */
  finish(): number {
    this.#db.exec('COMMIT; CREATE INDEX by_case ON staged (case_id, revision, row)');
    const descriptor = openSync(this.#file, 'r+');
    fsyncSync(descriptor);
    closeSync(descriptor);
    return Number(this.#db.prepare('SELECT count(*) AS n FROM staged').get()?.['n']);
  }

  /**
   * The cases after a place. What comes after the last row of a case is the next case: rows of the same case
   * that are left are those of a case that is too large.
   */
  *cases(after: Place): Generator<StagedCase> {
    let current: StagedCase | undefined;
    for (const { caseId, revision, row, cells } of this.#rows(after)) {
      const isSame = caseId !== '' && current?.caseId === caseId && current.revision === revision;
      if (current !== undefined && !isSame) {
        yield current;
        current = undefined;
      } else if (current !== undefined && current.rows.length >= MOST_ROWS) {
        yield { ...current, isTooLarge: true };
        current = { ...current, rows: [], isTooLarge: true };
      }
      const isLeftOver = caseId !== '' && caseId === after.caseId && revision === after.revision;
      current ??= { caseId, revision, rows: [], isTooLarge: isLeftOver };
      current.rows.push({ row, cells: JSON.parse(cells) });
    }
    if (current !== undefined) yield current;
  }

  *#rows(after: Place): Generator<Place & { cells: string }> {
    const page = this.#db.prepare(`SELECT case_id, revision, row, cells FROM staged INDEXED BY by_case
      WHERE (case_id, revision, row) > (?, ?, ?) ORDER BY case_id, revision, row LIMIT ${PAGE_ROWS}`);
    let { caseId, revision, row } = after;
    for (;;) {
      const rows = page.all(caseId, revision, row);
      for (const one of rows) {
        [caseId, revision, row] = [String(one['case_id']), Number(one['revision']), Number(one['row'])];
        yield { caseId, revision, row, cells: String(one['cells']) };
      }
      if (rows.length < PAGE_ROWS) return;
    }
  }

  close(): void {
    this.#db.close();
  }
}
