import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { Mapping } from '@effectstroom/contracts';
import { type Failure, type ImportRecord, type Place, recordOf } from './import-record.ts';

/** A new import. */
export interface NewImport {
  id: string;
  name: string | undefined;
  key: string;
  keyId: string;
  mapping: Mapping;
  version: number;
  dryRun: boolean;
  full: boolean;
  createdAt: number;
}

/** What one batch adds to an import. */
export interface BatchCounts {
  rows: { accepted: number; unchanged: number; refused: number; unreadable: number };
  cases: { accepted: number; unchanged: number; refused: number };
  after: Place;
}

/** An import that ended its start this often without getting anywhere is not started again. */
const MOST_STARTS = 5;

const RUNS = "state IN ('reading', 'running')";

/**
 * The imports in `ingest.sqlite`. The main thread decides that one starts, stops or failed with its thread;
 * the thread moves one that still runs, and only that.
 */
export class ImportStore {
  readonly db: DatabaseSync;
  readonly #find: StatementSync;
  readonly #count: StatementSync;

  /** `db`: as `openStore` gives it. */
  constructor(db: DatabaseSync) {
    this.db = db;
    this.#find = db.prepare('SELECT * FROM import WHERE id = ?');
    this.#count = db.prepare(`UPDATE import SET starts = 0,
      rows_accepted = rows_accepted + ?, rows_unchanged = rows_unchanged + ?,
      rows_refused = rows_refused + ?, rows_unreadable = rows_unreadable + ?,
      cases_accepted = cases_accepted + ?, cases_unchanged = cases_unchanged + ?,
      cases_refused = cases_refused + ?, after_case = ?, after_revision = ?, after_row = ? WHERE id = ?`);
  }

  /** Adds an import at the end of the queue. */
  add({ id, name, key, keyId, mapping, version, dryRun, full, createdAt }: NewImport): void {
    const values = {
      ...{
        id,
        name: name ?? null,
        key,
        key_id: keyId,
        created_at: createdAt,
        queued_at: createdAt,
        state: 'queued',
        task: 'read',
      },
      ...{ organisation: mapping.organisation, source: mapping.source },
      ...{ mapping_code: mapping.code, mapping_version: version, mapping: JSON.stringify(mapping) },
      ...{ dry_run: Number(dryRun), is_full: Number(full) },
    };
    const names = Object.keys(values);
    const places = names.map(() => '?').join(', ');
    this.db
      .prepare(`INSERT INTO import (${names.join(', ')}) VALUES (${places})`)
      .run(...Object.values(values));
  }

  /** One import; undefined where there is none. */
  find(id: string): ImportRecord | undefined {
    const row = this.#find.get(id);
    return row && recordOf(row);
  }

  /** The mapping of an import, as it was when it was sent. */
  mappingOf(id: string): Mapping {
    return JSON.parse(String(this.#find.get(id)?.['mapping']));
  }

  /** Imports with a lower number, newest first, one at a time. */
  *before(number: number): Generator<ImportRecord> {
    const rows = this.db
      .prepare('SELECT * FROM import WHERE number < ? ORDER BY number DESC')
      .iterate(number);
    for (const row of rows) yield recordOf(row);
  }

  /** How many wait for their turn. */
  get waiting(): number {
    return Number(this.db.prepare("SELECT count(*) AS n FROM import WHERE state = 'queued'").get()?.['n']);
  }

  /** Starts the import that waits longest and gives it; undefined where none waits. */
  begin(now: number): ImportRecord | undefined {
    const row = this.db
      .prepare(`UPDATE import SET state = iif(task = 'read', 'reading', 'running'), starts = starts + 1,
          started_at = coalesce(started_at, ?), ended_at = NULL, failure_code = NULL, failure_detail = NULL
        WHERE number = (SELECT number FROM import WHERE state = 'queued' ORDER BY queued_at, number LIMIT 1)
        RETURNING *`)
      .get(now);
    return row && recordOf(row);
  }

  /** Puts imports that ran when their thread ended back in their places in the queue. */
  recover(now: number): void {
    this.db
      .prepare(`UPDATE import SET state = 'failed', ended_at = ?, failure_code = 'crashed',
          failure_detail = 'ingest ended several times while it worked on this file: send it in parts'
        WHERE ${RUNS} AND starts >= ${MOST_STARTS}`)
      .run(now);
    this.db.prepare(`UPDATE import SET state = 'queued' WHERE ${RUNS}`).run();
  }

  /** Puts an import that still runs back in its place, as one that is interrupted in good order. */
  putBack(id: string): void {
    this.#move(id, "state = 'queued', starts = 0", [], RUNS);
  }

  /** @returns whether it was stopped: false where it has ended */
  stop(id: string): boolean {
    return this.#move(id, "state = 'stopped'", [], `(state = 'queued' OR ${RUNS})`);
  }

  /** @returns whether it was put at the end of the queue: false where it is not stopped */
  resume(id: string, now: number): boolean {
    return this.#move(id, "state = 'queued', queued_at = ?, starts = 0", [now], "state = 'stopped'");
  }

  /** Puts an import that is done back in the queue, to withdraw what vanished. */
  withdraw(id: string, reason: string, now: number): boolean {
    const set = `state = 'queued', task = 'withdraw', queued_at = ?, starts = 0, withdrawal_reason = ?,
      withdrawal_at = ?`;
    return this.#move(id, set, [now, reason, now], "state = 'done'");
  }

  /** Whether a newer import of the same organisation and source may have delivered, or will. */
  hasNewer({ number, organisation, source }: ImportRecord): boolean {
    const row = this.db
      .prepare(`SELECT 1 FROM import WHERE organisation = ? AND source = ? AND number > ? AND dry_run = 0
        AND (state IN ('queued', 'reading', 'running', 'done') OR cases_accepted > 0) LIMIT 1`)
      .get(organisation, source, number);
    return row !== undefined;
  }

  /** The file has been read: its rows are staged. @returns whether it still runs */
  staged(id: string, total: number): boolean {
    return this.#move(id, "state = 'running', task = 'deliver', starts = 0, rows_total = ?", [total], RUNS);
  }

  /** Adds what a batch came to. To be called in the transaction that keeps what it delivered. */
  count(id: string, { rows, cases, after }: BatchCounts): void {
    this.#count.run(
      ...[rows.accepted, rows.unchanged, rows.refused, rows.unreadable],
      ...[cases.accepted, cases.unchanged, cases.refused],
      ...[after.caseId, after.revision, after.row, id],
    );
  }

  /** Adds withdrawn cases, as `count`. */
  countWithdrawn(id: string, withdrawn: number): void {
    this.db
      .prepare('UPDATE import SET starts = 0, cases_withdrawn = cases_withdrawn + ? WHERE id = ?')
      .run(withdrawn, id);
  }

  /** How many cases vanished; null where the file is no full export. */
  setVanished(id: string, vanished: number | null): void {
    this.db.prepare('UPDATE import SET vanished = ? WHERE id = ?').run(vanished, id);
  }

  /** @returns whether it still ran */
  finish(id: string, now: number): boolean {
    return this.#move(id, "state = 'done', ended_at = ?", [now], RUNS);
  }

  /** Stops an import that still runs by itself: it can go on later. */
  giveUp(id: string, { code, detail }: Failure): boolean {
    return this.#move(id, "state = 'stopped', failure_code = ?, failure_detail = ?", [code, detail], RUNS);
  }

  /** Ends an import that still runs: it cannot go on. */
  fail(id: string, { code, detail }: Failure, now: number): boolean {
    const set = "state = 'failed', ended_at = ?, failure_code = ?, failure_detail = ?";
    return this.#move(id, set, [now, code, detail], RUNS);
  }

  /** Ends an import that was stopped long ago. */
  expire(id: string, now: number): void {
    const set = `state = 'failed', ended_at = ?, failure_code = 'expired',
      failure_detail = 'it was stopped for too long: send the file again'`;
    this.#move(id, set, [now], "state = 'stopped'");
  }

  remove(id: string): void {
    this.db.prepare('DELETE FROM import WHERE id = ?').run(id);
  }

  #move(id: string, set: string, values: readonly SQLInputValue[], where: string): boolean {
    const { changes } = this.db
      .prepare(`UPDATE import SET ${set} WHERE id = ? AND ${where}`)
      .run(...values, id);
    return Number(changes) > 0;
  }
}
