/** Removes a case from ingest's own folder: what was delivered of it, what imports reported, links to zaken. */
import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { RemovedAtIngest } from '@effectstroom/contracts';
import { inTransaction, openStore } from '../delivery/store.ts';
import { ImportFiles } from '../imports/import-files.ts';

/** Milliseconds that a write waits for another thread's write. */
const BUSY_MS = 5000;
/** What the header of a file says from which something was removed, until it is written anew: also after a crash. */
const TO_WRITE_ANEW = 0x6572_6173;

/** A case. */
export interface CaseToErase {
  organisation: string;
  caseId: string;
}

/** An import of the organisation is under way: its rows would bring the case back. */
export interface UnderWay {
  underWay: string;
}

/**
 * Removes a case from the folder; afterwards no file that held it holds the case's id. Imports of the organisation
 * that are stopped cannot go on: their files may hold the case. A second time it changes nothing.
 * @returns what was removed, or the import to wait for: then nothing was. Throws what SQLite throws where the store
 * stays in use.
 */
export function eraseLocally(folder: string, one: CaseToErase): RemovedAtIngest | UnderWay {
  const db = openStore(folder);
  try {
    const busy = db
      .prepare("SELECT id FROM import WHERE organisation = ? AND state IN ('queued', 'reading', 'running')")
      .get(one.organisation);
    if (busy !== undefined) return { underWay: String(busy['id']) };
    const removed = inTransaction(db, () => eraseFromStore(db, one));
    const files = new ImportFiles(folder);
    const { ended, ...counts } = removed;
    for (const id of ended) files.remove(id, 'upload', 'staged');
    const reports = eraseFromReports(db, files, one);
    compact(db);
    return { ...counts, ...reports, importsEnded: ended.length };
  } finally {
    db.close();
  }
}

function eraseFromStore(db: DatabaseSync, { organisation, caseId }: CaseToErase) {
  const delivered = db
    .prepare(
      'DELETE FROM delivered WHERE case_id = ? AND origin IN (SELECT id FROM origin WHERE organisation = ?)',
    )
    .run(caseId, organisation);
  const zaken = db
    .prepare("DELETE FROM zaak WHERE case_id = ? AND identity ->> 'organisation' = ?")
    .run(caseId, organisation);
  const after = db
    .prepare("UPDATE import SET after_case = '' WHERE organisation = ? AND after_case = ?")
    .run(organisation, caseId);
  if (delivered.changes || zaken.changes || after.changes) toWriteAnew(db);
  const ended = db
    .prepare(`UPDATE import SET state = 'failed', ended_at = ?, failure_code = 'erased', failure_detail = ?
      WHERE organisation = ? AND state = 'stopped' RETURNING id`)
    .all(Date.now(), ENDED, organisation);
  return {
    ...{ delivered: Number(delivered.changes), zaken: Number(zaken.changes) },
    ended: ended.map(({ id }) => String(id)),
  };
}

const ENDED = 'a case of this organisation was erased: remove it from the file and send the file again';

function eraseFromReports(db: DatabaseSync, files: ImportFiles, { organisation, caseId }: CaseToErase) {
  const removed = { reportRows: 0, vanished: 0 };
  const count = db.prepare('UPDATE import SET vanished = ? WHERE id = ?');
  for (const { id } of db.prepare('SELECT id FROM import WHERE organisation = ?').all(organisation)) {
    const file = files.path(String(id), 'report');
    if (!existsSync(file)) continue;
    const { reportRows, vanished, left } = eraseFromReport(file, caseId);
    removed.reportRows += reportRows;
    removed.vanished += vanished;
    if (vanished > 0) count.run(left, String(id));
  }
  return removed;
}

/** `left`: how many cases the report still lists as vanished. */
function eraseFromReport(file: string, caseId: string) {
  const report = new DatabaseSync(file, { timeout: BUSY_MS });
  try {
    const isMade = report.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'vanished'").get();
    if (isMade === undefined) return { reportRows: 0, vanished: 0, left: 0 };
    const removed = inTransaction(report, () => {
      const rows = report.prepare('UPDATE row SET case_id = NULL WHERE case_id = ?').run(caseId).changes;
      const vanished = report.prepare('DELETE FROM vanished WHERE case_id = ?').run(caseId).changes;
      if (rows || vanished) toWriteAnew(report);
      const left = Number(report.prepare('SELECT count(*) AS n FROM vanished').get()?.['n']);
      return { reportRows: Number(rows), vanished: Number(vanished), left };
    });
    compact(report);
    return removed;
  } finally {
    report.close();
  }
}

/** To be called in the transaction that removes something. */
function toWriteAnew(db: DatabaseSync): void {
  db.exec(`PRAGMA application_id = ${TO_WRITE_ANEW}`);
}

/**
 * Empties the write-ahead log of a file, and writes the file anew where something was removed from it: SQLite leaves
 * what it removes in place until it needs the room.
 */
function compact(db: DatabaseSync): void {
  emptyLog(db);
  if (db.prepare('PRAGMA application_id').get()?.['application_id'] !== TO_WRITE_ANEW) return;
  db.exec('VACUUM');
  db.exec('PRAGMA application_id = 0');
  emptyLog(db);
}

function emptyLog(db: DatabaseSync): void {
  const checkpoint = db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get();
  if (checkpoint?.['busy'] === 1) throw new Error('the write-ahead log stays in use');
}
