import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createKeyRing } from './keys.ts';

const log = pino({ level: 'silent' });
let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keys-'));
  file = join(folder, 'keys.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

function entry(key: string, change: Record<string, unknown> = {}) {
  const sha256 = createHash('sha256').update(key).digest('hex');
  return {
    name: key,
    sha256,
    scopes: ['ingest'],
    organisations: ['meerwaarde'],
    sources: ['urn:a:*', 'urn:b'],
    ...change,
  };
}
function write(...keys: unknown[]): void {
  writeFileSync(file, JSON.stringify({ keys }));
}

describe('a key ring', () => {
  it('knows what each key may do', () => {
    write(entry('one'), entry('all', { scopes: ['admin'], organisations: ['*'], sources: ['*'] }));
    const keys = createKeyRing(log, file, false);
    const one = keys.find('one', false);
    expect([one?.hasScope('ingest'), one?.hasScope('read'), one?.hasScope('admin')]).toEqual([
      true,
      false,
      false,
    ]);
    expect([one?.coversOrganisation('meerwaarde'), one?.coversOrganisation('ander')]).toEqual([true, false]);
    expect(['urn:a:x', 'urn:b', 'urn:b:x', 'urn:c'].map((source) => one?.coversSource(source))).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(one?.organisations).toEqual(['meerwaarde']);
    const all = keys.find('all', false);
    expect([all?.hasScope('ingest'), all?.hasScope('read'), all?.coversSource('x')]).toEqual([
      true,
      true,
      true,
    ]);
    expect(all?.organisations).toBeUndefined();
    expect(keys.find('two', true)).toBeUndefined();
    keys.close();
  });

  it('has the local keys only where they are on, for this machine', () => {
    const on = createKeyRing(log, undefined, true);
    expect(on.find('local-ingest', true)?.name).toBe('local-ingest');
    expect(on.find('local-admin', true)?.hasScope('read')).toBe(true);
    expect(on.find('local-ingest', false)).toBeUndefined();
    expect(createKeyRing(log, undefined, false).find('local-ingest', true)).toBeUndefined();
  });

  it('reads a changed file again, and not half a file', () => {
    write(entry('one'));
    const keys = createKeyRing(log, file, false);
    writeFileSync(file, '{"keys":[{"name":');
    keys.reload();
    expect(keys.find('one', false)).toBeDefined();
    writeFileSync(file, JSON.stringify({ keys: [{ name: 'two' }] }));
    keys.reload();
    expect(keys.find('one', false)).toBeDefined();
    write(entry('two'));
    keys.reload();
    expect([keys.find('one', false), keys.find('two', false)?.name]).toEqual([undefined, 'two']);
    keys.close();
  });

  it('does not start with a file that is wrong, and does not repeat it', () => {
    expect(() => createKeyRing(log, file, false)).toThrow(/cannot be read/);
    write(entry('one', { sha256: 'my-secret-key' }));
    expect(() => createKeyRing(log, file, false)).toThrow('the key file is not right at /keys/0/sha256');
  });
});
