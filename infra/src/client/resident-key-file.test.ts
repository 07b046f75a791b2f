import { mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { ClientFault } from './faults.ts';
import { rotateSecret } from './resident-key-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'effectstroom-secret-'));
afterAll(() => rmSync(folder, { recursive: true }));

const OLD = 'an old secret of more than 32 bytes';
const linesIn = (file: string) => readFileSync(file, 'utf8').trimEnd().split('\n');

test('a single secret becomes version 1, and keeps its text', () => {
  const file = join(folder, 'single');
  writeFileSync(file, `${OLD}\n`, { mode: 0o644 });
  expect(rotateSecret(file)).toBe(2);
  const [first, second, ...others] = linesIn(file);
  expect([first, others]).toEqual([`1 ${OLD}`, []]);
  expect(second).toMatch(/^2 [A-Za-z0-9+/]{43}=$/);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(rotateSecret(file)).toBe(3);
  expect(linesIn(file).slice(0, 2)).toEqual([first, second]);
});

test('a link is followed, and stays one', () => {
  const [file, link] = [join(folder, 'linked'), join(folder, 'link')];
  writeFileSync(file, `7 ${OLD}\n3 ${OLD}\n`);
  symlinkSync(file, link);
  expect(rotateSecret(link)).toBe(8);
  expect(linesIn(file)).toHaveLength(3);
});

test('something else is left as it is', () => {
  const file = join(folder, 'other');
  for (const text of ['', `1 ${OLD}\n1 ${OLD}\n`, `1 ${OLD}\n${OLD}\n`]) {
    writeFileSync(file, text);
    expect(() => rotateSecret(file)).toThrow(ClientFault);
    expect(readFileSync(file, 'utf8')).toBe(text);
  }
});

test('a rotation that is going on is not disturbed', () => {
  const file = join(folder, 'twice');
  writeFileSync(file, OLD);
  writeFileSync(`${file}.new`, '');
  expect(() => rotateSecret(file)).toThrow(ClientFault);
  expect(readFileSync(file, 'utf8')).toBe(OLD);
});
