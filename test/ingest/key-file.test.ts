import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { becomesTrue } from '@effectstroom/infra';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { IngestStack } from './ingest-stack.ts';
import { registered } from './sent-events.ts';

const stack = new IngestStack();

beforeAll(() => stack.startNats());
afterAll(() => stack.end());

describe('a key file', () => {
  const file = join(stack.folder, 'keys.json');
  const entry = (name: string, sha256: string) => {
    return {
      name,
      sha256,
      scopes: ['ingest'],
      organisations: ['meerwaarde'],
      sources: ['urn:nld:kvknr:41224547:*'],
    };
  };
  // SHA-256 of the texts "first" and "second".
  const first = 'a7937b64b8caa58f03721bb6bacf5c78cb235febe0e70b1b84cd99541461a08e';
  const second = '16367aacb67a4a017c8da8ab95682ccb390863780f7114dda0a0e0c55644c7c4';

  it('holds keys to their organisations and sources, and is read again', async () => {
    writeFileSync(file, JSON.stringify({ keys: [entry('first', first)] }));
    await stack.startIngest({ LOCAL_KEYS: 'false', KEYS_FILE: file });
    const send = (key: string, event: unknown) => stack.sendEvents(event, { authorization: `Bearer ${key}` });
    expect((await send('first', registered())).status).toBe(202);
    expect((await send('local-ingest', registered())).status).toBe(401);
    const others = [registered(), registered({ organisation: 'ander' }, { source: 'urn:nld:kvknr:1' })];
    const { status, body } = await send('first', others);
    expect([status, body.errors?.map(({ index, pointer, code }) => [index, pointer, code])]).toEqual([
      403,
      [
        [1, '/data/organisation', 'not-permitted'],
        [1, '/source', 'not-permitted'],
      ],
    ]);
    writeFileSync(file, JSON.stringify({ keys: [entry('second', second)] }));
    expect(await becomesTrue(async () => (await send('second', registered())).status === 202, 20_000)).toBe(
      true,
    );
    expect((await send('first', registered())).status).toBe(401);
  });
});
