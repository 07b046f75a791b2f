/** The bucket of keys: seen by every service within a second, through restarts and when it is made anew. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { becomesTrue } from '@effectstroom/infra';
import { jetstreamManager } from '@nats-io/jetstream';
import { Kvm } from '@nats-io/kv';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { IngestStack } from '../ingest/ingest-stack.ts';
import { registered } from '../ingest/sent-events.ts';
import { askWith, INGEST_KEY, makeKey } from './key-client.ts';

let stack: IngestStack;
let other: IngestStack;

beforeEach(async () => {
  stack = new IngestStack();
  other = new IngestStack();
  await stack.startNats();
  await Promise.all([stack.startIngest(), other.startIngest({ NATS_URL: stack.nats.url })]);
});
afterEach(() => Promise.all([stack.end(), other.end()]));

const send = async (to: IngestStack, key: string) =>
  (await to.sendEvents(registered(), { authorization: `Bearer ${key}` })).status;
/** Milliseconds until another service answers so. */
async function untilOther(key: string, status: number): Promise<number> {
  const start = performance.now();
  expect(await becomesTrue(async () => (await send(other, key)) === status, 10_000)).toBe(true);
  return performance.now() - start;
}
/** Waits until the keys can be changed again. */
async function untilConnected(): Promise<void> {
  const canList = async () => (await askWith(stack, 'local-admin', 'GET', '/v1/keys')).status === 200;
  expect(await becomesTrue(canList, 20_000)).toBe(true);
}
const withManager = <Result>(
  use: (manager: Awaited<ReturnType<typeof jetstreamManager>>) => Promise<Result>,
) => stack.withConnection(async (connection) => use(await jetstreamManager(connection)));

describe('a key', () => {
  it('is seen by other services within a second, as is what becomes of it', async () => {
    const { id, key } = await makeKey(stack, INGEST_KEY);
    expect(await untilOther(key, 202)).toBeLessThan(1000);
    const rotated = await askWith(stack, 'local-admin', 'POST', `/v1/keys/${id}/rotate`, { overlapHours: 0 });
    expect(await untilOther(JSON.parse(rotated.text).key, 202)).toBeLessThan(1000);
    expect(await send(other, key)).toBe(401);
    await askWith(stack, 'local-admin', 'DELETE', `/v1/keys/${id}`);
    expect(await untilOther(JSON.parse(rotated.text).key, 401)).toBeLessThan(1000);
  });

  it('survives a crash of nats-server, and is judged while it is away', async () => {
    const { key } = await makeKey(stack, INGEST_KEY);
    await untilOther(key, 202);
    await stack.killNats();
    expect(await send(other, key)).toBe(503);
    expect(await send(other, 'efs_nobody')).toBe(401);
    expect((await askWith(other, 'local-admin', 'POST', '/v1/keys', INGEST_KEY)).status).toBe(503);
    expect((await askWith(other, 'local-admin', 'GET', '/v1/keys')).status).toBe(503);
    await stack.startNats();
    await untilOther(key, 202);
    await untilConnected();
    const later = await makeKey(stack, INGEST_KEY);
    await untilOther(later.key, 202);
  });

  it('cannot be judged by a service that has never seen nats-server', async () => {
    const { key } = await makeKey(stack, INGEST_KEY);
    await stack.killNats();
    const late = new IngestStack();
    let url = '';
    try {
      const started = late.startIngest({ NATS_URL: stack.nats.url }, (address) => {
        url = address;
      });
      const ask = (text: string) =>
        fetch(`${url}/v1/events`, { method: 'POST', headers: { authorization: `Bearer ${text}` } });
      const isUp = async () => (await fetch(`${url}/health/live`).catch(() => undefined))?.status === 200;
      expect(await becomesTrue(isUp, 20_000)).toBe(true);
      const unjudged = await ask(key);
      expect([unjudged.status, unjudged.headers.get('retry-after')]).toEqual([503, '1']);
      expect((await ask('local-ingest')).status).toBe(415);
      expect((await ask('nobody')).status).toBe(401);
      const ready = await fetch(`${url}/health/ready`);
      expect([ready.status, await ready.text()]).toEqual([
        503,
        expect.stringContaining('keys were not read'),
      ]);
      await stack.startNats();
      await started;
      expect((await ask(key)).status).toBe(415);
    } finally {
      await late.end();
    }
  });
});

describe('the bucket', () => {
  it('that is deleted opens nothing, and is made anew by the next key', async () => {
    const { key } = await makeKey(stack, INGEST_KEY);
    const kept = await makeKey(stack, INGEST_KEY);
    await untilOther(kept.key, 202);
    await withManager((manager) => manager.streams.delete('KV_KEYS'));
    await untilOther(key, 401);
    const anew = await makeKey(stack, INGEST_KEY);
    await untilOther(anew.key, 202);
    expect([await send(stack, key), await send(other, key)]).toEqual([401, 401]);
  });

  it('that lost its files with nats-server is read anew', async () => {
    const { key } = await makeKey(stack, INGEST_KEY);
    const more = await makeKey(stack, INGEST_KEY);
    await untilOther(more.key, 202);
    await stack.killNats();
    rmSync(join(stack.folder, 'nats', 'jetstream'), { recursive: true });
    await stack.startNats();
    await untilOther(key, 401);
    await untilConnected();
    const anew = await makeKey(stack, INGEST_KEY);
    await untilOther(anew.key, 202);
    expect([await send(stack, key), await send(other, key)]).toEqual([401, 401]);
  });

  it('of which one entry goes, or all, is followed', async () => {
    const first = await makeKey(stack, INGEST_KEY);
    const second = await makeKey(stack, INGEST_KEY);
    await untilOther(second.key, 202);
    await stack.withConnection(async (connection) => {
      await (await new Kvm(connection).open('KEYS')).delete(first.id);
    });
    await untilOther(first.key, 401);
    expect(await send(other, second.key)).toBe(202);
    const third = await makeKey(stack, INGEST_KEY);
    await untilOther(third.key, 202);
    await withManager((manager) => manager.streams.purge('KV_KEYS'));
    await untilOther(third.key, 401);
    expect(await send(other, second.key)).toBe(401);
  });

  it('holds what is no key, and other keys work on', async () => {
    const { key } = await makeKey(stack, INGEST_KEY);
    await stack.withConnection(async (connection) => {
      const bucket = await new Kvm(connection).open('KEYS');
      await bucket.put('broken', '{"id":"broken"');
      await bucket.put('another', JSON.stringify({ id: 'one-that-it-is-not' }));
    });
    const later = await makeKey(stack, INGEST_KEY);
    await untilOther(later.key, 202);
    expect(await send(other, key)).toBe(202);
  });

  it('stands beside the key file, which needs no bucket', async () => {
    const file = join(stack.folder, 'keys.json');
    // SHA-256 of "first".
    const sha256 = 'a7937b64b8caa58f03721bb6bacf5c78cb235febe0e70b1b84cd99541461a08e';
    const rights = { scopes: ['admin'], organisations: ['*'], sources: ['*'] };
    writeFileSync(file, JSON.stringify({ keys: [{ name: 'first admin', sha256, ...rights }] }));
    const installed = new IngestStack();
    try {
      await installed.startIngest({ NATS_URL: stack.nats.url, LOCAL_KEYS: 'false', KEYS_FILE: file });
      const made = await makeKey(installed, INGEST_KEY, 'first');
      expect(made.createdBy).toBe('first admin');
      expect(await send(installed, made.key)).toBe(202);
      await untilOther(made.key, 202);
    } finally {
      await installed.end();
    }
  });
});
