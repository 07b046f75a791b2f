import { hash, randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { Mapping, ReportRow } from '@effectstroom/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DeliveredCases } from '../delivery/delivered-cases.ts';
import { inTransaction, openStore } from '../delivery/store.ts';
import { ImportFiles } from '../imports/import-files.ts';
import { ImportStore } from '../imports/import-store.ts';
import { ReportWriter } from '../imports/report-file.ts';
import { ZaakStore } from '../zaken/zaak-store.ts';
import { eraseLocally } from './erase-locally.ts';

const SOURCE = 'urn:nld:kvknr:1';
const ORGANISATION = 'meerwaarde';
const ERASED = 'erased-case-77';
const NOTHING = { delivered: 0, reportRows: 0, vanished: 0, zaken: 0, importsEnded: 0 };

const mapping: Mapping = {
  ...{ code: 'regix', name: 'RegiX', municipality: 'GM0394', organisation: ORGANISATION, programme: 'main' },
  ...{ source: SOURCE, table: {}, rows: 'case', lines: [] },
  case: { caseId: { column: 'Nummer' }, date: { column: 'Datum' }, theme: { column: 'Thema' } },
};

let folder: string;
let db: DatabaseSync;
let imports: ImportStore;
let files: ImportFiles;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'erasure-'));
  db = openStore(folder);
  imports = new ImportStore(db);
  files = new ImportFiles(folder);
});
afterEach(() => {
  db.close();
  rmSync(folder, { recursive: true });
});

const erase = (organisation = ORGANISATION) => eraseLocally(folder, { organisation, caseId: ERASED });

function addImport(): string {
  const id = randomUUID();
  const rest = { key: 'k', keyId: 'k', mapping, version: 1, createdAt: 1, dryRun: false, full: true };
  imports.add({ id, name: undefined, ...rest });
  return id;
}

function doneImport(rows: ReportRow[]): string {
  const id = addImport();
  imports.begin(1);
  const report = new ReportWriter(files.path(id, 'report'));
  report.write(rows, false);
  report.close();
  const after = { caseId: ERASED, revision: 0, row: 3 };
  const rowCounts = { accepted: 0, unchanged: 0, refused: 0, unreadable: 0 };
  imports.count(id, { rows: rowCounts, cases: { accepted: 0, unchanged: 0, refused: 0 }, after });
  imports.finish(id, 2);
  return id;
}

/** Delivers cases in an order in which SQLite splits pages everywhere. */
function deliver(organisation: string, caseIds: readonly string[]): void {
  const delivered = new DeliveredCases(db);
  const [origin, place] = [delivered.originOf(organisation, SOURCE), delivered.placeOf('GM0394', 'main')];
  inTransaction(db, () => {
    for (const caseId of caseIds) {
      const rest = { revision: 1, given: null, hash: new Uint8Array(16), isWithdrawn: false };
      delivered.keep({ origin, place, caseId, ...rest });
    }
  });
}

function filesThatHold(text: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && readFileSync(join(entry.parentPath, entry.name)).includes(text))
    .map(({ name }) => name);
}

describe('a case that is erased', () => {
  it('stands in no file of the folder any more, not even in parts that are not in use', () => {
    const others = Array.from({ length: 2_000 }, (_, number) => hash('sha256', `${number}`).slice(0, 24));
    deliver(ORGANISATION, [...others.slice(0, 1_000), ERASED, ...others.slice(1_000)]);
    const rows = [ERASED, 'other'].map((caseId, row): ReportRow => {
      return { row, caseId, status: 'accepted', faults: [] };
    });
    doneImport(rows);
    const zaken = new ZaakStore(db, 'proef');
    zaken.ask('99999999-aaaa-4aaa-8aaa-aaaaaaaaaaa1', 1, false);
    const [zaak] = zaken.due(1, 1);
    const identity = {
      municipality: 'GM0394',
      organisation: ORGANISATION,
      programme: 'main',
      source: SOURCE,
    };
    if (zaak !== undefined)
      zaken.done(zaak, { digest: new Uint8Array(4), identity: { ...identity, caseId: ERASED } }, 2);
    expect(filesThatHold(ERASED)).not.toEqual([]);
    expect(erase()).toEqual({ ...NOTHING, delivered: 1, reportRows: 1, zaken: 1 });
    expect(filesThatHold(ERASED)).toEqual([]);
    expect(filesThatHold(others[5] ?? '-')).not.toEqual([]);
    expect(Number(db.prepare('SELECT count(*) AS n FROM delivered').get()?.['n'])).toBe(2_000);
    expect(erase()).toEqual(NOTHING);
  });

  it('goes from the list of vanished cases, which is counted anew', () => {
    deliver(ORGANISATION, [ERASED, 'other']);
    const id = doneImport([]);
    const report = new ReportWriter(files.path(id, 'report'));
    const staged = files.path(id, 'staged');
    const empty = openStore(join(folder, 'empty'));
    empty.exec(`ATTACH '${staged}' AS staged; CREATE TABLE staged.staged (case_id TEXT)`);
    empty.close();
    db.exec("UPDATE delivered SET mapping = 'regix'");
    const origin = new DeliveredCases(db).originOf(ORGANISATION, SOURCE);
    expect(report.findVanished(join(folder, 'ingest.sqlite'), staged, origin, 'regix')).toBe(2);
    report.close();
    expect(erase()).toEqual({ ...NOTHING, delivered: 1, vanished: 1 });
    expect(imports.find(id)?.vanished).toBe(1);
  });

  it('has only those files written anew from which it went, also when that was not done the last time', () => {
    const others = Array.from({ length: 2_000 }, (_, number) => hash('sha256', `${number}`).slice(0, 24));
    deliver(ORGANISATION, [...others, ERASED]);
    const free = () => Number(db.prepare('PRAGMA freelist_count').get()?.['freelist_count']);
    const removeSome = () => db.exec("DELETE FROM delivered WHERE case_id BETWEEN '0' AND '8'");
    removeSome();
    const before = free();
    expect(before).toBeGreaterThan(0);
    expect(eraseLocally(folder, { organisation: ORGANISATION, caseId: '1' })).toEqual(NOTHING);
    expect(free()).toBe(before);
    expect(erase()).toEqual({ ...NOTHING, delivered: 1 });
    expect(free()).toBe(0);
    deliver(ORGANISATION, others);
    removeSome();
    db.exec(`PRAGMA application_id = ${0x6572_6173}`); // as a crash leaves it
    expect(erase()).toEqual(NOTHING);
    expect(free()).toBe(0);
  });

  it('stays where it is another organisation’s', () => {
    deliver('ander', [ERASED]);
    expect(erase()).toEqual(NOTHING);
    expect(erase('ander')).toEqual({ ...NOTHING, delivered: 1 });
  });

  it('waits for an import of its organisation, and ends those that are stopped', () => {
    const id = addImport();
    writeFileSync(files.path(id, 'upload'), `nummer\n${ERASED}\n`);
    expect(erase()).toEqual({ underWay: id });
    expect(erase('ander')).toEqual(NOTHING);
    imports.stop(id);
    expect(erase()).toEqual({ ...NOTHING, importsEnded: 1 });
    expect(existsSync(files.path(id, 'upload'))).toBe(false);
    expect(imports.find(id)).toMatchObject({ state: 'failed', failure: { code: 'erased' } });
  });
});
