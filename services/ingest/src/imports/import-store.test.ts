import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { Mapping } from '@effectstroom/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../delivery/store.ts';
import { ImportStore } from './import-store.ts';

const mapping: Mapping = {
  ...{ code: 'regix', name: 'RegiX', municipality: 'GM0394', organisation: 'meerwaarde', programme: 'main' },
  ...{ source: 'urn:nld:kvknr:1', table: {}, rows: 'case', lines: [] },
  case: { caseId: { column: 'Nummer' }, date: { column: 'Datum' }, theme: { column: 'Thema' } },
};

let folder: string;
let db: DatabaseSync;
let store: ImportStore;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'imports-'));
  db = openStore(folder);
  store = new ImportStore(db);
});
afterEach(() => {
  db.close();
  rmSync(folder, { recursive: true });
});

function add(createdAt: number, changes: { dryRun?: boolean } = {}): string {
  const id = randomUUID();
  const kind = { dryRun: false, full: false, ...changes };
  store.add({ id, name: undefined, key: 'k', keyId: 'k', mapping, version: 1, createdAt, ...kind });
  return id;
}

describe('the queue of imports', () => {
  it('begins the one that waits longest, one at a time', () => {
    const [first, second] = [add(1), add(2)];
    expect(store.waiting).toBe(2);
    expect(store.begin(3)).toMatchObject({ id: first, state: 'reading', startedAt: 3, starts: 1 });
    store.stop(second);
    expect(store.begin(4)).toBeUndefined();
    store.resume(second, 5);
    expect(store.begin(6)?.id).toBe(second);
  });

  it('gives up an import that ended ingest several times without getting anywhere', () => {
    const id = add(1);
    for (let start = 1; start <= 5; start++) {
      expect(store.begin(start)?.starts).toBe(start);
      store.recover(start);
    }
    expect(store.find(id)).toMatchObject({ state: 'failed', failure: { code: 'crashed' } });
    expect(store.begin(9)).toBeUndefined();
  });

  it('lets an import that stopped stay stopped, whatever its thread still does', () => {
    const id = add(1);
    store.begin(2);
    store.staged(id, 10);
    expect(store.stop(id)).toBe(true);
    expect(store.finish(id, 3)).toBe(false);
    expect(store.find(id)).toMatchObject({ state: 'stopped', task: 'deliver', rows: { total: 10 } });
  });

  it('tells where a newer one may have delivered', () => {
    const old = add(1);
    const record = () => {
      const found = store.find(old);
      if (found === undefined) throw new Error('gone');
      return found;
    };
    add(2, { dryRun: true });
    expect(store.hasNewer(record())).toBe(false);
    const newer = add(3);
    expect(store.hasNewer(record())).toBe(true);
    store.stop(newer);
    expect(store.hasNewer(record())).toBe(false);
  });
});
