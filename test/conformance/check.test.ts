/** `POST /v1/events/check`: the same judgement as `/v1/events`, with advice, and without any trace. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CloudEvent, type CloudEventV1, HTTP } from 'cloudevents';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, type HeaderChanges, IngestStack } from '../ingest/ingest-stack.ts';
import { assessed, registered } from '../ingest/sent-events.ts';

const PATH = '/v1/events/check';
const SINGLE = 'application/cloudevents+json';
const BATCH = 'application/cloudevents-batch+json';
const BSN = '123456782';
const examples = new URL('../../packages/contracts/examples/', import.meta.url);
const stack = new IngestStack();

/** What is answered. */
interface Check {
  accepted: number;
  errors: { index?: number; pointer: string; code: string }[];
  advice: { index: number; pointer: string; rule: string; level: string; detail: string }[];
}

const NARROW_KEY = {
  name: 'narrow',
  // SHA-256 of the text "narrow".
  sha256: '5eda958e9ddee7721fb71e7a7618c64dbf20cc77b06ba4e4d2269d6c3e50655b',
  scopes: ['ingest'],
  organisations: ['meerwaarde'],
  sources: ['urn:nld:kvknr:41224547:*'],
};

beforeAll(async () => {
  await stack.startNats();
  const file = join(stack.folder, 'keys.json');
  writeFileSync(file, JSON.stringify({ keys: [NARROW_KEY] }));
  await stack.startIngest({ KEYS_FILE: file });
});
afterAll(() => stack.end());

function send(path: string, body: unknown, changes: HeaderChanges = {}): Promise<Answer> {
  const type = Array.isArray(body) ? BATCH : SINGLE;
  return stack.send('POST', path, body, {
    authorization: 'Bearer local-ingest',
    'content-type': type,
    ...changes,
  });
}

async function check(body: unknown, changes: HeaderChanges = {}): Promise<Check> {
  const answer = await send(PATH, body, changes);
  expect([answer.status, answer.text]).toEqual([200, expect.any(String)]);
  return answer.body as unknown as Check;
}

/** An event with which all is well, logged now. */
function right(id = '3f1f2c9e-6b1a-4c57-9a53-0d3c1e7a9b10'): Record<string, unknown> {
  const dataschema = 'https://ingest.example/v1/schemas/case-assessed-data.json';
  return assessed({}, { id, time: new Date().toISOString(), dataschema });
}

describe('a check', () => {
  it('has nothing to say where all is well', async () => {
    expect(await check(right())).toEqual({ accepted: 1, errors: [], advice: [] });
  });

  it('publishes nothing', async () => {
    await check(right());
    await check([right('an-id-of-one'), right('an-id-of-two')]);
    expect(await stack.lastSequence()).toBe(0);
  });

  it.each(readdirSync(examples).filter((name) => name.startsWith('case-')))(
    'takes %s, without a "must"',
    async (name) => {
      const { accepted, errors, advice } = await check(readFileSync(new URL(name, examples)));
      expect({ accepted, errors }).toEqual({ accepted: 1, errors: [] });
      expect(advice.filter(({ level }) => level === 'must')).toEqual([]);
    },
  );

  it('reads binary mode too', async () => {
    const { headers, body } = HTTP.binary(new CloudEvent(right() as Partial<CloudEventV1<unknown>>));
    expect(await check(body, headers as HeaderChanges)).toMatchObject({ accepted: 1, errors: [] });
  });

  it('gives advice with its place', async () => {
    const source = 'https://example.nl/zaken';
    const odd = registered({}, { id: 'doc2021033441', source, subject: 'x', time: new Date().toISOString() });
    const { accepted, advice } = await check([right(), odd]);
    expect(accepted).toBe(2);
    expect(advice.map(({ index, rule, level, pointer }) => [index, rule, level, pointer])).toEqual([
      [1, 'source-urn', 'should', '/source'],
      [1, 'subject', 'should', '/subject'],
    ]);
  });

  it('names every error of every event, also of rights, and would accept none', async () => {
    const others = [
      right(),
      assessed({ theme: '?', organisation: 'ander' }, { source: 'urn:nld:kvknr:4122454:x' }),
      7,
    ];
    const { accepted, errors } = await check(others, { authorization: 'Bearer narrow' });
    expect(accepted).toBe(0);
    expect(errors.map(({ index, code, pointer }) => `${index} ${code} ${pointer}`)).toEqual([
      '1 format /data/theme',
      '1 not-permitted /data/organisation',
      '1 not-permitted /source',
      '2 type ',
    ]);
  });

  it('repeats nothing that was sent', async () => {
    const { text } = await send(
      PATH,
      assessed({ caseId: BSN, team: 'SENT TEXT' }, { id: BSN, subject: 'SENT TEXT' }),
    );
    expect(text).toContain('"code":"bsn"');
    expect(text).not.toMatch(/123456782|SENT TEXT/);
  });

  const FAULTY: [string, unknown][] = [
    ['half a body', '{"id":'],
    ['a member twice', JSON.stringify(registered()).replace('"theme"', '"theme":"4","theme"')],
    ['an empty batch', []],
    ['no data', { ...registered(), data: undefined }],
    ['a BSN', registered({ caseId: BSN })],
  ];
  it.each(FAULTY)('says what /v1/events says: %s', async (_what, body) => {
    const type = { 'content-type': Array.isArray(body) ? BATCH : SINGLE };
    const { errors } = await check(body, type);
    const refused = await send('/v1/events', body, type);
    expect(refused.status).toBe(400);
    expect(errors).toEqual(refused.body.errors);
  });

  it.each<[string, unknown, HeaderChanges, number]>([
    ['no key', right(), { authorization: undefined }, 401],
    ['a key that only reads', right(), { authorization: 'Bearer local-read' }, 403],
    ['another content type', right(), { 'content-type': 'text/plain' }, 415],
    ['501 events', Array(501).fill(right()), {}, 413],
  ])('is refused with %s', async (_what, body, changes, status) => {
    expect((await send(PATH, body, changes)).status).toBe(status);
  });
});
