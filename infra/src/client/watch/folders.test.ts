import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ClientFault } from '../faults.ts';
import { findFiles, namePattern } from './find-files.ts';
import { WatchedFolder } from './folders.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'effectstroom-folder-'));
});
afterEach(() => rmSync(root, { recursive: true }));

const NOW = new Date(2026, 10, 22, 4, 5, 41);
const put = (name: string, text = 'x') => writeFileSync(join(root, name), text);
const found = (...patterns: string[]) => findFiles(root, namePattern(patterns));

test('names that are still coming in, other names, folders and links are left alone', () => {
  const left = ['.a.csv', 'a.csv.part', 'a.csv.filepart', 'a.csv.tmp', 'a.csv~', 'a.csv.ready', 'a.doc'];
  for (const name of [...left, 'a.csv', 'B.CSV', 'a(1).csv']) put(name);
  mkdirSync(join(root, 'folder.csv'));
  symlinkSync('/etc/hostname', join(root, 'link.csv'));
  expect(
    found('*.csv')
      .map(({ name }) => name)
      .sort(),
  ).toEqual(['B.CSV', 'a(1).csv', 'a.csv']);
  expect(found('a(?).csv').map(({ name }) => name)).toEqual(['a(1).csv']);
  expect(namePattern(['*'])('a.csv.part')).toBe(false);
});

test('a marker counts only when it is not older than its file', () => {
  for (const name of ['a.csv', 'a.csv.ready', 'b.csv', 'b.csv.ok']) put(name);
  utimesSync(join(root, 'b.csv.ok'), 1, 1);
  const markers = found('*.csv').map(({ name, marker }) => [name, marker]);
  expect(markers.sort()).toEqual([
    ['a.csv', 'a.csv.ready'],
    ['b.csv', undefined],
  ]);
});

test('a file goes through busy under a name of its own', () => {
  const folder = new WatchedFolder(root);
  put('a.csv');
  put('a.csv.ready');
  const [first] = found('*.csv');
  const claimed = first && folder.claim(first, NOW);
  expect(claimed).toBe('2026-11-22-040541-a.csv');
  expect(existsSync(join(root, 'a.csv.ready'))).toBe(false);
  expect(folder.busyFiles()).toEqual([claimed]);
  folder.finish(claimed ?? '', 'done');
  expect(folder.busyFiles()).toEqual([]);
  expect(readdirSync(join(root, 'done'))).toEqual([claimed]);
});

test('no file takes the place of another', () => {
  const folder = new WatchedFolder(root);
  const claims = ['done', 'busy'].map((ending) => {
    put('a.csv');
    const [file] = found('*.csv');
    const claimed = (file && folder.claim(file, NOW)) ?? '';
    if (ending === 'done') folder.finish(claimed, 'done');
    return claimed;
  });
  expect(claims).toEqual(['2026-11-22-040541-a.csv', '2026-11-22-040542-a.csv']);
});

test('a file that is gone is not claimed; a name that is very long leaves room', () => {
  const folder = new WatchedFolder(root);
  const gone = { name: 'gone.csv', bytes: 1, changedAt: 1, marker: undefined };
  expect(folder.claim(gone, NOW)).toBeUndefined();
  put(`${'é'.repeat(120)}.csv`);
  const [file] = found('*.csv');
  const claimed = (file && folder.claim(file, NOW)) ?? '';
  expect(Buffer.byteLength(`.${claimed}.report.html.part`)).toBeLessThan(255);
  expect(claimed).toMatch(/é\.csv$/);
});

test('what is kept about a finished file is removed, of others it stays', () => {
  const folder = new WatchedFolder(root);
  put('a.csv');
  const [file] = found('*.csv');
  const claimed = (file && folder.claim(file, NOW)) ?? '';
  for (const name of [claimed, '2020-01-01-000000-b.csv']) writeFileSync(folder.journalPath(name), '{}');
  folder.removeLeftJournals();
  expect(existsSync(folder.journalPath(claimed))).toBe(true);
  expect(existsSync(folder.journalPath('2020-01-01-000000-b.csv'))).toBe(false);
  expect(folder.busyFiles()).toEqual([claimed]);
});

test('a folder that is not there is said so', () => {
  expect(() => new WatchedFolder(join(root, 'nothing'))).toThrow(ClientFault);
});
