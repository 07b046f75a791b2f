import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { becomesTrue } from '@effectstroom/infra';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { IngestStack } from '../ingest/ingest-stack.ts';
import { registered } from '../ingest/sent-events.ts';
import { askWith, INGEST_KEY, type MadeKey, makeKey } from './key-client.ts';

const stack = new IngestStack();

beforeAll(async () => {
  await stack.startNats();
  await stack.startIngest();
});
afterAll(() => stack.end());

const send = async (key: string) =>
  (await stack.sendEvents(registered(), { authorization: `Bearer ${key}` })).status;
const ask = (method: string, path: string, body?: unknown, key = 'local-admin') =>
  askWith(stack, key, method, path, body);

/** Everything that a folder holds, as one text of bytes. */
function bytesIn(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((name) => statSync(name).isFile())
    .map((name) => readFileSync(name, 'latin1'))
    .join('\n');
}

describe('a key', () => {
  it('works at once, is shown once, and is kept as a hash', async () => {
    const made = await ask('POST', '/v1/keys', INGEST_KEY);
    expect(made.status).toBe(201);
    const { id, key, ...rest }: MadeKey = JSON.parse(made.text);
    expect(made.headers.get('location')).toBe(`/v1/keys/${id}`);
    expect(key).toMatch(/^efs_[\w-]{43}$/);
    expect(rest).toMatchObject({
      ...INGEST_KEY,
      state: 'active',
      createdBy: 'local-admin',
      lastUsedOn: null,
    });
    expect(await send(key)).toBe(202);

    const shown = await ask('GET', `/v1/keys/${id}`);
    expect(JSON.parse(shown.text)).toMatchObject({ id, requestsPerMinute: 6000, revokedAt: null });
    const listed = await ask('GET', '/v1/keys');
    const all = bytesIn(stack.folder);
    const hash = createHash('sha256').update(key).digest('hex');
    expect(all).toContain(hash);
    for (const text of [all, shown.text, listed.text]) expect(text).not.toContain(key.slice(4));
    expect(shown.text + listed.text).not.toContain(hash);
  });

  it('shows the day of its last use', async () => {
    const { id, key } = await makeKey(stack, INGEST_KEY);
    await send(key);
    const isShown = async () =>
      JSON.parse((await ask('GET', `/v1/keys/${id}`)).text).lastUsedOn ===
      new Date().toISOString().slice(0, 10);
    expect(await becomesTrue(isShown, 5_000)).toBe(true);
    expect(await send(key)).toBe(202);
  });

  it('is rotated with an overlap', async () => {
    const { id, key: first } = await makeKey(stack, INGEST_KEY);
    const second: MadeKey = JSON.parse((await ask('POST', `/v1/keys/${id}/rotate`)).text);
    expect(second.id).toBe(id);
    expect(Date.parse(String(second.overlapsUntil)) - Date.now()).toBeGreaterThan(23 * 3_600_000);
    expect([await send(first), await send(second.key)]).toEqual([202, 202]);
    const third: MadeKey = JSON.parse((await ask('POST', `/v1/keys/${id}/rotate`, { overlapHours: 0 })).text);
    expect([await send(first), await send(second.key), await send(third.key)]).toEqual([401, 401, 202]);
    const refused = await stack.sendEvents(registered(), { authorization: `Bearer ${second.key}` });
    expect(refused.body.detail).toContain('rotated');
    expect(third.overlapsUntil).toBeNull();
  });

  it('keeps a bounded number of texts', async () => {
    const { id } = await makeKey(stack, INGEST_KEY);
    const statuses: number[] = [];
    for (let i = 0; i < 9; i++) statuses.push((await ask('POST', `/v1/keys/${id}/rotate`)).status);
    expect(statuses).toEqual([...Array(7).fill(200), 409, 409]);
    expect((await ask('POST', `/v1/keys/${id}/rotate`, { overlapHours: 721 })).status).toBe(400);
  });

  it('is revoked at once, and stays so', async () => {
    const { id, key } = await makeKey(stack, INGEST_KEY);
    expect((await ask('DELETE', `/v1/keys/${id}`)).status).toBe(204);
    const refused = await stack.sendEvents(registered(), { authorization: `Bearer ${key}` });
    expect([refused.status, refused.body.detail]).toEqual([401, expect.stringContaining('revoked')]);
    expect((await ask('DELETE', `/v1/keys/${id}`)).status).toBe(204);
    expect((await ask('POST', `/v1/keys/${id}/rotate`)).status).toBe(409);
    expect(JSON.parse((await ask('GET', `/v1/keys/${id}`)).text).state).toBe('revoked');
  });

  it('expires', async () => {
    const expiresAt = new Date(Date.now() + 1500).toISOString();
    const { key } = await makeKey(stack, { ...INGEST_KEY, expiresAt });
    expect(await send(key)).toBe(202);
    expect(await becomesTrue(async () => (await send(key)) === 401, 10_000)).toBe(true);
    expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(expiresAt));
    const refused = await stack.sendEvents(registered(), { authorization: `Bearer ${key}` });
    expect(refused.body.detail).toContain('expired');
  });

  it('is changed by one at a time', async () => {
    const { id } = await makeKey(stack, INGEST_KEY);
    const answers = await Promise.all([1, 2, 3, 4].map(() => ask('POST', `/v1/keys/${id}/rotate`)));
    const keys = answers.filter(({ status }) => status === 200).map(({ text }): MadeKey => JSON.parse(text));
    expect(keys.length).toBeGreaterThan(0);
    for (const { key } of keys) expect(await send(key)).toBe(202);
    expect(answers.every(({ status }) => status === 200 || status === 503)).toBe(true);
  });

  it.each<[string, unknown, string[]]>([
    ['nothing', {}, ['required /name', 'required /organisations', 'required /scopes', 'required /sources']],
    ['a text', '"x"', ['type ']],
    ['an unknown field', { ...INGEST_KEY, admin: true }, ['unknown-field /admin']],
    ['an unknown scope', { ...INGEST_KEY, scopes: ['root'] }, ['enum /scopes/0']],
    ['no organisation', { ...INGEST_KEY, organisations: [] }, ['length /organisations']],
    [
      'an organisation that is none',
      { ...INGEST_KEY, organisations: ['a b', '**'] },
      ['format /organisations/0', 'format /organisations/1'],
    ],
    ['no source', { ...INGEST_KEY, sources: [] }, ['length /sources']],
    ['the past', { ...INGEST_KEY, expiresAt: '2020-01-01T00:00:00Z' }, ['range /expiresAt']],
    ['a far future', { ...INGEST_KEY, expiresAt: '2120-01-01T00:00:00Z' }, ['range /expiresAt']],
    ['no requests', { ...INGEST_KEY, requestsPerMinute: 0 }, ['range /requestsPerMinute']],
    ['a BSN', { ...INGEST_KEY, name: '123456782' }, ['bsn /name']],
  ])('is not made from %s', async (_what, rights, faults) => {
    const answer = await ask('POST', '/v1/keys', rights);
    expect(answer.status).toBe(400);
    const found = answer.body.errors?.map(({ code, pointer }) => `${code} ${pointer}`).sort();
    expect(found).toEqual(faults.sort());
  });
});

describe('an admin key of one organisation', () => {
  const own = { ...INGEST_KEY, name: 'admin', scopes: ['admin'] };
  const refusedPlaces = async (rights: unknown, key: string) => {
    const answer = await ask('POST', '/v1/keys', rights, key);
    return [answer.status, ...(answer.body.errors ?? []).map(({ pointer }) => pointer)];
  };

  it('gives no right that it lacks', async () => {
    const { key } = await makeKey(stack, own);
    expect(await refusedPlaces({ ...INGEST_KEY, organisations: ['meerwaarde', 'ander'] }, key)).toEqual([
      403,
      '/organisations/1',
    ]);
    expect(await refusedPlaces({ ...INGEST_KEY, organisations: ['*'] }, key)).toEqual([
      403,
      '/organisations/0',
    ]);
    expect(await refusedPlaces({ ...INGEST_KEY, sources: ['*'] }, key)).toEqual([403, '/sources/0']);
    expect(await refusedPlaces({ ...INGEST_KEY, sources: ['urn:nld:kvknr:4*'] }, key)).toEqual([
      403,
      '/sources/0',
    ]);
    expect(await refusedPlaces(own, key)).toEqual([201]);
    expect(await refusedPlaces({ ...INGEST_KEY, sources: ['urn:nld:kvknr:41224547:x:*'] }, key)).toEqual([
      201,
    ]);
    const reader = await makeKey(stack, { ...INGEST_KEY, scopes: ['read'] }, key);
    expect(await refusedPlaces(INGEST_KEY, reader.key)).toEqual([403]);
  });

  it('sees and changes only keys within it', async () => {
    const { key } = await makeKey(stack, own);
    const within = await makeKey(stack, INGEST_KEY);
    const others = [
      await makeKey(stack, { ...INGEST_KEY, organisations: ['ander'] }),
      await makeKey(stack, { ...INGEST_KEY, organisations: ['*'] }),
      await makeKey(stack, { ...INGEST_KEY, sources: ['*'] }),
    ];
    const ids: string[] = [];
    for (let after = ''; ; ) {
      const { rows, next } = JSON.parse((await ask('GET', `/v1/keys?limit=5${after}`, undefined, key)).text);
      ids.push(...rows.map(({ id }: MadeKey) => id));
      if (next === null) break;
      after = `&after=${next}`;
    }
    expect(ids).toContain(within.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { id } of others) {
      expect(ids).not.toContain(id);
      expect((await ask('GET', `/v1/keys/${id}`, undefined, key)).status).toBe(404);
      expect((await ask('POST', `/v1/keys/${id}/rotate`, {}, key)).status).toBe(404);
      expect((await ask('DELETE', `/v1/keys/${id}`, undefined, key)).status).toBe(404);
    }
    expect((await ask('DELETE', `/v1/keys/${within.id}`, undefined, key)).status).toBe(204);
    expect((await ask('DELETE', '/v1/keys/nobody', undefined, key)).status).toBe(404);
  });
});

describe('too many requests', () => {
  it('of one key wait, and nobody else does', async () => {
    const { key } = await makeKey(stack, { ...INGEST_KEY, requestsPerMinute: 3 });
    const other = await makeKey(stack, INGEST_KEY);
    const statuses = [await send(key), await send(key), await send(key)];
    const refused = await stack.sendEvents(registered(), { authorization: `Bearer ${key}` });
    expect([...statuses, refused.status]).toEqual([202, 202, 202, 429]);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(refused.headers.get('content-type')).toBe('application/problem+json');
    expect(await send(other.key)).toBe(202);
  });

  it('with keys that are not known wait, and those with known ones do not', async () => {
    const { key } = await makeKey(stack, INGEST_KEY);
    const found = new Set<number>();
    for (let i = 0; i < 80; i++) found.add(await send(`efs_guess-${i}`));
    expect(found).toEqual(new Set([401, 429]));
    const refused = await stack.sendEvents(registered(), { authorization: 'Bearer efs_guess' });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await send(key)).toBe(202);
    expect(await send('local-ingest')).toBe(202);
  });
});
