import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError } from '@effectstroom/runtime';
import { afterAll, describe, expect, it } from 'vitest';
import { readConnections } from './connection.ts';

const folder = mkdtempSync(join(tmpdir(), 'effectstroom-connection-'));
afterAll(() => rmSync(folder, { recursive: true }));
writeFileSync(join(folder, 'secret'), 'a secret\n');
writeFileSync(join(folder, 'empty'), '\n');

const MAPPING = {
  name: 'Zaken',
  municipality: 'GM0394',
  organisation: 'meerwaarde',
  source: 'urn:nld:oin:00000099000000001000:systeem:zaken',
  rows: 'case',
  case: {
    caseId: { column: 'identificatie' },
    date: { column: 'startdatum' },
    theme: { column: 'eigenschap:Thema' },
  },
};

const CONNECTION = {
  code: 'proef',
  mapping: MAPPING,
  zakenUrl: 'https://zaken.example.nl/zaken/api/v1',
  clientId: 'effectstroom',
  secretFile: 'secret',
  authorization: '0'.repeat(64),
};

function read(...connections: object[]) {
  const file = join(folder, 'zaken.json');
  writeFileSync(file, JSON.stringify({ connections }));
  return readConnections(file);
}

function faultsOf(...connections: object[]): string[] {
  try {
    read(...connections);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const [, ...lines] = error.message.split('\n');
    return lines.map((line) => line.trim());
  }
  return [];
}

describe('a connection', () => {
  it('has its defaults, and its secret beside the file', () => {
    const [connection] = read(CONNECTION);
    expect(connection).toMatchObject({
      zakenUrl: 'https://zaken.example.nl/zaken/api/v1/',
      catalogiUrl: undefined,
      secretFile: join(folder, 'secret'),
      zaaktypen: undefined,
      pollEvery: 3_600_000,
      recheckAfter: 86_400_000,
      timeout: 10_000,
      retryAfter: 5_000,
    });
    expect([...(connection?.needs ?? [])].toSorted()).toEqual(['eigenschappen', 'nothing']);
  });

  it('is told all its faults, of all connections', () => {
    const mapping = { ...MAPPING, rows: 'line', lines: [{ service: { column: 'omschrijving' } }] };
    const faults = faultsOf({ ...CONNECTION, mapping, secretFile: 'nowhere' }, CONNECTION);
    expect(faults).toEqual([
      'ZAKEN_FILE /connections/0/secretFile cannot be used: ENOENT',
      'ZAKEN_FILE /connections/0/mapping/rows must be "case": a zaak is one row',
      expect.stringContaining('ZAKEN_FILE /connections/0/mapping/lines/0/service/column must be a column'),
      'ZAKEN_FILE /connections/1/code must differ from the other codes',
    ]);
  });

  it.each([
    ['an http address elsewhere', { zakenUrl: 'http://zaken.example.nl/' }, '/zakenUrl'],
    ['an address with a query', { zakenUrl: 'https://zaken.example.nl/?a=b' }, '/zakenUrl'],
    ['an address with a password', { zakenUrl: 'https://a:geheim@zaken.example.nl/' }, '/zakenUrl'],
    ['another scheme', { zakenUrl: 'file:///etc/' }, '/zakenUrl'],
    ['a value in place of its hash', { authorization: 'Bearer geheim' }, '/authorization'],
    ['an empty secret', { secretFile: 'empty' }, '/secretFile'],
    ['zaaktypen without catalogue', { zaaktypen: ['HULPVRAAG'] }, '/catalogiUrl'],
    ['a member that does not exist', { geheim: 1 }, ''],
    ['polls without pause', { pollMinutes: 0 }, '/pollMinutes'],
  ])('is refused with %s, without what it holds', (_what, change, pointer) => {
    const faults = faultsOf({ ...CONNECTION, ...change });
    expect(faults.map((line) => line.split(' ')[1])).toEqual([`/connections/0${pointer}`]);
    expect(faults.join().replaceAll('"geheim"', '')).not.toContain('geheim');
  });

  it('may use http on this machine, and elsewhere where the file says so', () => {
    expect(faultsOf({ ...CONNECTION, zakenUrl: 'http://127.0.0.1:8000/' })).toEqual([]);
    expect(faultsOf({ ...CONNECTION, zakenUrl: 'http://zaken.intern/', allowHttp: true })).toEqual([]);
  });

  it('has columns of a zaak only: no free text', () => {
    for (const column of ['omschrijving', 'toelichting', 'rollen', 'kenmerken', 'eigenschap:']) {
      const mapping = { ...MAPPING, case: { ...MAPPING.case, theme: { column } } };
      expect(faultsOf({ ...CONNECTION, mapping })).toHaveLength(1);
    }
  });

  it('can be what the documentation shows', () => {
    const page = join(import.meta.dirname, '../../../../packages/contracts/vendors/zaaksystemen.md');
    const [, example = ''] = /```json\n([^`]+)```/.exec(readFileSync(page, 'utf8')) ?? [];
    const { connections } = JSON.parse(example);
    const own = { authorization: CONNECTION.authorization, secretFile: 'secret' };
    expect(faultsOf({ ...connections[0], ...own })).toEqual([]);
  });

  it('is read from a file that is there, and JSON', () => {
    expect(() => readConnections(join(folder, 'nowhere'))).toThrow('ZAKEN_FILE cannot be read: ENOENT');
    expect(() => readConnections(join(folder, 'secret'))).toThrow(
      'ZAKEN_FILE cannot be read: it is not JSON',
    );
  });
});
