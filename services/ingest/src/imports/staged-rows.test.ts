import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { StagedRows } from './staged-rows.ts';

const START = { caseId: '', revision: 0, row: 0 };
let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'staged-'));
  file = join(folder, 'x.staged');
});
afterEach(() => rmSync(folder, { recursive: true }));

function stage(rows: readonly [caseId: string, revision: number, row: number][]): StagedRows {
  const staged = StagedRows.create(file, ['A', 'B']);
  for (const [caseId, revision, row] of rows) staged.add(caseId, revision, { row, cells: [`cel ${row}`, 1] });
  expect(staged.finish()).toBe(rows.length);
  staged.close();
  return StagedRows.open(file);
}

it('gives rows by case and revision, wherever they stood', () => {
  const staged = stage([
    ['b', 0, 2],
    ['a', 7, 3],
    ['b', 0, 4],
    ['', 0, 5],
    ['a', 1, 6],
    ['', 0, 7],
  ]);
  expect(staged.columns).toEqual(['A', 'B']);
  const cases = [...staged.cases(START)];
  expect(cases.map(({ caseId, revision, rows }) => [caseId, revision, rows.map(({ row }) => row)])).toEqual([
    ['', 0, [5]],
    ['', 0, [7]],
    ['a', 1, [6]],
    ['a', 7, [3]],
    ['b', 0, [2, 4]],
  ]);
  expect(cases[0]?.rows[0]?.cells).toEqual(['cel 5', 1]);
  const rest = [...staged.cases({ caseId: 'a', revision: 1, row: 6 })];
  expect(rest.map(({ caseId, isTooLarge }) => [caseId, isTooLarge])).toEqual([
    ['a', false],
    ['b', false],
  ]);
  staged.close();
});

it('gives a case with far too many rows in parts that say so, also to who goes on halfway', () => {
  const rows = Array.from({ length: 5000 }, (_, row) => ['a', 0, row + 1] as [string, number, number]);
  const staged = stage([...rows, ['b', 0, 6000]]);
  const cases = [...staged.cases(START)];
  expect(cases.filter(({ caseId }) => caseId === 'a').every(({ isTooLarge }) => isTooLarge)).toBe(true);
  expect(cases.flatMap((one) => one.rows).length).toBe(5001);
  expect(Math.max(...cases.map((one) => one.rows.length))).toBeLessThanOrEqual(500);
  const rest = [...staged.cases({ caseId: 'a', revision: 0, row: 4990 })];
  expect(rest.map(({ isTooLarge, rows: left }) => [isTooLarge, left.length])).toEqual([
    [true, 10],
    [false, 1],
  ]);
  staged.close();
});
