import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createKeyRing } from './key-ring.ts';
import { governs, type Key, keyOfGrant } from './keys.ts';

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
/** The key of this text, as somebody on this machine or elsewhere sends it. */
function find(keys: ReturnType<typeof createKeyRing>, text: string, isLocal: boolean): Key | undefined {
  const found = keys.find(text, isLocal);
  return 'then' in found ? undefined : found.key;
}
function write(...keys: unknown[]): void {
  writeFileSync(file, JSON.stringify({ keys }));
}

describe('a key ring', () => {
  it('knows what each key may do', () => {
    write(entry('one'), entry('all', { scopes: ['admin'], organisations: ['*'], sources: ['*'] }));
    const keys = createKeyRing(log, { KEYS_FILE: file });
    const one = find(keys, 'one', false);
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
    const all = find(keys, 'all', false);
    expect([all?.hasScope('ingest'), all?.hasScope('read'), all?.coversSource('x')]).toEqual([
      true,
      true,
      true,
    ]);
    expect(all?.organisations).toBeUndefined();
    expect(find(keys, 'two', true)).toBeUndefined();
    keys.close();
  });

  it('has the local keys only where they are on, for this machine', () => {
    const on = createKeyRing(log, { LOCAL_KEYS: true });
    expect(find(on, 'local-ingest', true)?.name).toBe('local-ingest');
    expect(find(on, 'local-admin', true)?.hasScope('read')).toBe(true);
    expect(find(on, 'local-read', true)?.scopes).toEqual(['read', 'detail']);
    expect(find(on, 'local-detail', true)).toBeUndefined();
    expect(find(on, 'local-ingest', false)).toBeUndefined();
    expect(find(createKeyRing(log, {}), 'local-ingest', true)).toBeUndefined();
  });

  it('reads a changed file again, and not half a file', () => {
    write(entry('one'));
    const keys = createKeyRing(log, { KEYS_FILE: file });
    writeFileSync(file, '{"keys":[{"name":');
    keys.reload();
    expect(find(keys, 'one', false)).toBeDefined();
    writeFileSync(file, JSON.stringify({ keys: [{ name: 'two' }] }));
    keys.reload();
    expect(find(keys, 'one', false)).toBeDefined();
    write(entry('two'));
    keys.reload();
    expect([find(keys, 'one', false), find(keys, 'two', false)?.name]).toEqual([undefined, 'two']);
    keys.close();
  });

  it('does not start with a file that is wrong, and does not repeat it', () => {
    expect(() => createKeyRing(log, { KEYS_FILE: file })).toThrow(/cannot be read/);
    write(entry('one', { sha256: 'my-secret-key' }));
    expect(() => createKeyRing(log, { KEYS_FILE: file })).toThrow(
      'the key file is not right at /keys/0/sha256',
    );
  });
});

describe('an admin key', () => {
  const key = (
    organisations: string[],
    sources: string[],
    scopes: ('admin' | 'read' | 'ingest')[] = ['admin'],
  ) => keyOfGrant({ id: 'a', name: 'a', scopes, organisations, sources });
  const all = key(['*'], ['*']);
  const own = key(['eigen'], ['urn:a:*', 'urn:b']);

  it.each<[string, Key, Key, boolean]>([
    ['all, itself', all, all, true],
    ['all, one', all, own, true],
    ['one, all', own, all, false],
    ['one, all organisations', own, key(['*'], ['urn:b']), false],
    ['one, all sources', own, key(['eigen'], ['*']), false],
    ['one, less of a source', own, key(['eigen'], ['urn:a:x:*', 'urn:a:y']), true],
    ['one, more of a source', own, key(['eigen'], ['urn:*']), false],
    ['one, the start of an exact source', own, key(['eigen'], ['urn:b*']), false],
    ['one, no source', own, key(['eigen'], [], ['read']), true],
    ['one, another organisation', own, key(['eigen', 'ander'], []), false],
    ['what reads, what reads', key(['*'], ['*'], ['read']), key(['eigen'], [], ['read']), false],
  ])('governs what lies within it: %s', (_what, admin, other, isGoverned) => {
    const { scopes, sources, organisations = ['*'] } = other;
    expect(governs(admin, { scopes, sources, organisations })).toBe(isGoverned);
  });
});
