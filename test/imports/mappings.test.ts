/** Mappings and imports of others: who may see and change what. */
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { IngestStack } from '../ingest/ingest-stack.ts';
import { ImportClient } from './import-client.ts';
import { exportOf, mappingOf, numbered, SOURCE } from './simple-export.ts';

const stack = new IngestStack();
let url = '';
const local = new ImportClient(() => url);
const admin = local.as('local-admin');
const [own, foreign, otherSource] = ['own', 'foreign', 'other-source'].map((key) => local.as(key));

beforeAll(async () => {
  const keys = [
    { name: 'own', scopes: ['ingest', 'admin'], organisations: ['meerwaarde'], sources: [SOURCE] },
    { name: 'foreign', scopes: ['ingest', 'admin'], organisations: ['ander'], sources: ['*'] },
    { name: 'other-source', scopes: ['ingest'], organisations: ['meerwaarde'], sources: ['urn:nld:kvknr:1'] },
  ].map((key) => ({ ...key, sha256: createHash('sha256').update(key.name).digest('hex') }));
  const file = `${stack.folder}/keys.json`;
  writeFileSync(file, JSON.stringify({ keys }));
  await stack.startNats();
  await stack.startIngest({ DATA_FOLDER: `${stack.folder}/data`, KEYS_FILE: file }, (address) => {
    url = address;
  });
});
afterAll(() => stack.end());

describe('a mapping', () => {
  it('has versions, of which an identical one makes no new one', async () => {
    expect(await local.putMapping('a.b', mappingOf())).toEqual({ code: 'a.b', version: 1 });
    expect(await local.putMapping('a.b', mappingOf())).toEqual({ code: 'a.b', version: 1 });
    expect(await local.putMapping('a.b', mappingOf({ name: 'Anders' }))).toEqual({ code: 'a.b', version: 2 });
    expect(await local.putMapping('a', mappingOf())).toEqual({ code: 'a', version: 1 });
    const newest = await local.ask('GET', '/v1/mappings/a.b');
    expect(newest.body).toMatchObject({
      code: 'a.b',
      version: 2,
      name: 'Anders',
      organisation: 'meerwaarde',
    });
    const first = await local.ask('GET', '/v1/mappings/a.b?version=1');
    expect(first.body).toMatchObject({ version: 1, name: 'Hulpvragen' });
    // What was answered can be sent again, without its version.
    const { version, ...body } = first.body;
    expect(await local.putMapping('a.b', body)).toEqual({ code: 'a.b', version: version + 2 });
    expect((await local.ask('GET', '/v1/mappings/a.b?version=9')).status).toBe(404);
    expect((await local.ask('GET', '/v1/mappings/none')).status).toBe(404);
    const { rows } = (await local.ask('GET', '/v1/mappings')).body;
    expect(rows.map(({ code, version }: { code: string; version: number }) => [code, version])).toEqual([
      ['a', 1],
      ['a.b', 3],
    ]);
  });

  it('made several times at once gets each version once', async () => {
    const names = ['een', 'twee', 'drie', 'vier'];
    const made = await Promise.all(names.map((name) => local.putMapping('together', mappingOf({ name }))));
    expect(made.map(({ version }) => version).sort()).toEqual([1, 2, 3, 4]);
  });

  it('is refused with all its faults', async () => {
    const { status, body } = await admin.json('PUT', '/v1/mappings/x', { rows: 'none', case: {}, other: 1 });
    expect(status).toBe(400);
    const pointers = body.errors.map(({ pointer }: { pointer: string }) => pointer);
    expect(pointers).toEqual(expect.arrayContaining(['/name', '/rows', '/case/caseId', '/other']));
  });

  it('is of the organisation and source that the key covers', async () => {
    const put = async (client: ImportClient | undefined, code: string, mapping = mappingOf()) =>
      (await client?.json('PUT', `/v1/mappings/${code}`, mapping))?.status;
    expect(await put(own, 'owned')).toBe(200);
    expect(await put(local, 'owned')).toBe(403);
    expect(await put(foreign, 'stolen')).toBe(403);
    expect(await put(foreign, 'owned', mappingOf({ organisation: 'ander' }))).toBe(403);
    expect(await put(own, 'owned', mappingOf({ source: 'urn:nld:kvknr:9' }))).toBe(403);
    expect((await foreign?.ask('GET', '/v1/mappings/owned'))?.status).toBe(404);
    expect((await foreign?.ask('GET', '/v1/mappings'))?.body.rows).toEqual([]);
    expect((await own?.ask('GET', '/v1/mappings/owned'))?.status).toBe(200);
    expect((await local.as('local-read').ask('GET', '/v1/mappings')).status).toBe(403);
  });
});

describe('an import of another organisation or source', () => {
  it('is not there', async () => {
    await local.putMapping('theirs', mappingOf());
    const id = await own?.start('mapping=theirs&full=true', exportOf(numbered(0, 5)));
    await own?.ended(id ?? '');
    for (const client of [foreign, otherSource]) {
      const ask = async (method: string, path: string, init?: RequestInit) =>
        (await client?.ask(method, path, init))?.status;
      expect(await ask('GET', `/v1/imports/${id}`)).toBe(404);
      expect(await ask('GET', `/v1/imports/${id}/report`)).toBe(404);
      expect(await ask('GET', `/v1/imports/${id}/vanished`)).toBe(404);
      expect(await ask('POST', `/v1/imports/${id}/stop`)).toBe(404);
      expect(await ask('POST', `/v1/imports/${id}/resume`)).toBe(404);
      const body = JSON.stringify({ count: 1, reason: 'error' });
      const headers = { 'content-type': 'application/json' };
      expect(await ask('POST', `/v1/imports/${id}/vanished/withdraw`, { body, headers })).toBe(404);
      expect((await client?.upload('mapping=theirs', 'x'))?.status).toBe(404);
      expect((await client?.ask('GET', '/v1/imports'))?.body.rows).toEqual([]);
    }
    expect((await own?.ask('GET', '/v1/imports'))?.body.rows.length).toBe(1);
  });
});

describe('without a folder', () => {
  it('there are mappings, and no imports', async () => {
    const bare = new IngestStack();
    try {
      let address = '';
      await bare.startIngest({ NATS_URL: stack.nats.url }, (one) => {
        address = one;
      });
      const client = new ImportClient(() => address);
      expect((await client.ask('GET', '/v1/mappings')).status).toBe(200);
      const { status, body } = await client.ask('GET', '/v1/imports');
      expect([status, body.detail]).toEqual([404, expect.stringContaining('DATA_FOLDER')]);
      expect((await client.upload('mapping=a', 'x')).status).toBe(404);
    } finally {
      await bare.end();
    }
  });
});
