import { closeSync, existsSync, mkdtempSync, rmSync, statSync, truncateSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { boundLog, lastLines, openLog } from './log-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'effectstroom-log-'));

afterAll(() => rmSync(folder, { recursive: true }));

test('the last lines are those of this run', () => {
  const path = join(folder, 'part.log');
  const earlier = openLog(path);
  writeSync(earlier.descriptor, 'earlier\n');
  closeSync(earlier.descriptor);
  const log = openLog(path);
  writeSync(log.descriptor, 'one\ntwo\nthree\n');
  closeSync(log.descriptor);
  expect(lastLines(path, log.from)).toBe('one\ntwo\nthree');
  expect(lastLines(path, log.from, 2)).toBe('two\nthree');
});

test('a log that grew too big moves aside, and its writer goes on', () => {
  const path = join(folder, 'big.log');
  const log = openLog(path);
  truncateSync(path, 10_000_001);
  boundLog(path);
  writeSync(log.descriptor, 'after\n');
  closeSync(log.descriptor);
  expect(statSync(`${path}.1`).size).toBe(10_000_001);
  expect(lastLines(path, log.from)).toBe('after');
  boundLog(join(folder, 'absent.log'));
  expect(existsSync(join(folder, 'absent.log'))).toBe(false);
});
