import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { ClientFault, WrongUse } from './faults.ts';
import { isOpenToOthers, keySource, readAddress } from './settings.ts';

const folder = mkdtempSync(join(tmpdir(), 'effectstroom-client-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('the address may have a path, and is by default that of the local stack', () => {
  expect(readAddress({})).toBe('http://127.0.0.1:8080');
  expect(readAddress({ EFFECTSTROOM_URL: 'https://example.nl/in/' })).toBe('https://example.nl/in');
  for (const EFFECTSTROOM_URL of [
    'example.nl',
    'ftp://example.nl',
    'http://user:x@example.nl',
    'http://a?b',
  ]) {
    expect(() => readAddress({ EFFECTSTROOM_URL })).toThrow(WrongUse);
  }
});

test('only this machine is reached without others seeing the key', () => {
  const open = ['http://example.nl', 'http://10.0.0.1:8080', 'http://127.0.0.1.example.nl'];
  const closed = ['https://example.nl', 'http://localhost:1', 'http://127.0.0.1', 'http://[::1]:8080'];
  expect(open.map(isOpenToOthers)).toEqual([true, true, true]);
  expect(closed.map(isOpenToOthers)).toEqual([false, false, false, false]);
});

test('the key comes from the environment, or each time anew from a file', () => {
  const file = join(folder, 'key');
  writeFileSync(file, 'first\n');
  const key = keySource({ EFFECTSTROOM_KEY: 'other' }, file);
  expect(key()).toBe('first');
  writeFileSync(file, 'second\n');
  expect(key()).toBe('second');
  expect(keySource({ EFFECTSTROOM_KEY: 'other' }, undefined)()).toBe('other');
});

test('no key, or something else than a key, is said so without showing it', () => {
  expect(() => keySource({}, undefined)).toThrow(WrongUse);
  expect(() => keySource({}, join(folder, 'nothing'))()).toThrow(ClientFault);
  expect(() => keySource({ EFFECTSTROOM_KEY: 'two words' }, undefined)).toThrow(/^((?!words).)*$/s);
});
