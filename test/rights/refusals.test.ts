/** What was refused leaves a record, and the record holds nothing of what was sent. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { REFUSAL_STREAM, type Refusal } from '@effectstroom/contracts';
import { becomesTrue } from '@effectstroom/infra';
import { jetstreamManager } from '@nats-io/jetstream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type HeaderChanges, IngestStack } from '../ingest/ingest-stack.ts';
import { assessed, PRICE_LIST, PROGRAMME, registered } from '../ingest/sent-events.ts';
import { askWith, INGEST_KEY, type MadeKey, makeKey } from './key-client.ts';

const stack = new IngestStack();
let own: MadeKey;
let other: MadeKey;

beforeAll(async () => {
  await stack.startNats();
  await stack.startIngest({ LOG_LEVEL: 'trace' });
  own = await makeKey(stack, INGEST_KEY);
  other = await makeKey(stack, { ...INGEST_KEY, organisations: ['ander'] });
});
afterAll(() => stack.end());

async function refusals(query: string, key = 'local-admin'): Promise<Refusal[]> {
  const answer = await askWith(stack, key, 'GET', `/v1/refusals${query}`);
  if (answer.status !== 200) throw new Error(`${answer.status} ${answer.text}`);
  return JSON.parse(answer.text).rows;
}
/** The refusals of a key, once there are so many. */
async function refusalsOf(id: string, count: number): Promise<Refusal[]> {
  let found: Refusal[] = [];
  const isThere = async () => {
    found = await refusals(`?key=${encodeURIComponent(id)}`);
    return found.length >= count;
  };
  expect(await becomesTrue(isThere, 10_000)).toBe(true);
  return found;
}
const sendWith = (key: string, event: unknown, changes: HeaderChanges = {}) =>
  stack.sendEvents(event, { authorization: `Bearer ${key}`, ...changes });

describe('a refused request', () => {
  it('is recorded with its faults, its organisation and its source', async () => {
    const { id, key } = await makeKey(stack, INGEST_KEY);
    await sendWith(key, [registered({ theme: '?' }), registered({ nameOfMine: 1 }), registered()]);
    await sendWith(key, registered({ organisation: 'ander', theme: '?' }));
    await sendWith(key, registered({}, { source: 'urn:nld:kvknr:9' }));
    await sendWith(key, 'x', { 'content-type': 'text/plain' });
    await sendWith(key, '{', { 'content-type': 'application/cloudevents+json' });
    await sendWith(key, Array(501).fill(registered()));
    await askWith(stack, key, 'PUT', '/v1/programmes/GM0394/meerwaarde/main', PROGRAMME);
    const found = await refusalsOf(id, 7);
    const organisation = 'meerwaarde';
    const source = 'urn:nld:kvknr:41224547:systeem:test';
    const route = 'POST /v1/events';
    expect(found.map(({ time: _time, ...rest }) => rest)).toEqual([
      {
        ...{ key: id, route, status: 400, organisation, source, count: 3 },
        faults: [
          { index: 0, pointer: '/data/theme', code: 'format' },
          { index: 1, pointer: '/data', code: 'unknown-field' },
        ],
      },
      {
        key: id,
        route,
        status: 400,
        source,
        count: 1,
        faults: [{ index: 0, pointer: '/data/theme', code: 'format' }],
      },
      {
        ...{ key: id, route, status: 403, organisation, count: 1 },
        faults: [{ index: 0, pointer: '/source', code: 'not-permitted' }],
      },
      { key: id, route, status: 415, count: 1, faults: [] },
      { key: id, route, status: 400, count: 1, faults: [{ pointer: '', code: 'not-well-formed' }] },
      { key: id, route, status: 413, organisation, source, count: 501, faults: [] },
      {
        ...{ key: id, route: 'PUT /v1/programmes/{municipality}/{organisation}/{programme}', status: 403 },
        ...{ organisation, count: 1, faults: [] },
      },
    ]);
    expect(found.every(({ time }) => Math.abs(Date.now() - Date.parse(time)) < 60_000)).toBe(true);
  });

  it('is seen by its own key, by who governs it, and by nobody else', async () => {
    await sendWith(own.key, registered({ theme: '?' }));
    await sendWith(other.key, registered({ theme: '?' }));
    await sendWith('local-ingest', registered({ theme: '?' }));
    await refusalsOf(own.id, 1);
    await refusalsOf(other.id, 1);
    await refusalsOf('local-ingest', 1);
    const admin = await makeKey(stack, { ...INGEST_KEY, scopes: ['admin'] });
    const keysIn = async (key: string) => new Set((await refusals('?limit=1000', key)).map((one) => one.key));
    expect(await keysIn(own.key)).toEqual(new Set([own.id]));
    expect(await keysIn(other.key)).toEqual(new Set([other.id]));
    const governed = await keysIn(admin.key);
    const all = await keysIn('local-admin');
    expect([governed.has(own.id), governed.has(other.id), governed.has('local-ingest')]).toEqual([
      true,
      false,
      false,
    ]);
    expect([own.id, other.id, 'local-ingest'].every((id) => all.has(id))).toBe(true);
    const status = async (key: string, id: string) =>
      (await askWith(stack, key, 'GET', `/v1/refusals?key=${id}`)).status;
    expect(await status(own.key, other.id)).toBe(403);
    expect(await status(own.key, own.id)).toBe(200);
    expect(await status(admin.key, other.id)).toBe(403);
    expect(await status('local-read', own.id)).toBe(403);
  });

  it('is found by its day, page after page', async () => {
    const { id, key } = await makeKey(stack, INGEST_KEY);
    for (let i = 0; i < 5; i++) await sendWith(key, registered({ theme: '?' }));
    await refusalsOf(id, 5);
    const seen: Refusal[] = [];
    let pages = 0;
    for (let after = ''; ; pages++) {
      const answer = await askWith(stack, key, 'GET', `/v1/refusals?limit=2${after}`);
      const { rows, next } = JSON.parse(answer.text);
      seen.push(...rows);
      if (next === null) break;
      after = `&after=${next}`;
    }
    expect([seen.length, pages]).toEqual([5, 2]);
    const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
    expect((await refusals(`?from=${day(-1)}&to=${day(1)}`, key)).length).toBe(5);
    expect((await refusals(`?to=${day(-2)}`, key)).length).toBe(0);
    expect((await refusals(`?from=${day(2)}`, key)).length).toBe(0);
    expect((await askWith(stack, key, 'GET', '/v1/refusals?from=yesterday&x=1')).status).toBe(400);
  });

  it('with a key that works no more is recorded under that key, and a flood is not', async () => {
    const { id, key } = await makeKey(stack, INGEST_KEY);
    await askWith(stack, 'local-admin', 'DELETE', `/v1/keys/${id}`);
    for (let i = 0; i < 15; i++) await sendWith(key, registered());
    await sendWith(own.key, registered({ theme: '??' }));
    const found = await refusalsOf(id, 10);
    expect(found.length).toBe(10);
    expect(found[0]).toMatchObject({ status: 401, route: 'POST /v1/events', count: 1, faults: [] });
  });

  it('waits for nats-server where it is away, and no answer waits for it', async () => {
    const { id, key } = await makeKey(stack, INGEST_KEY);
    await sendWith(key, registered());
    await stack.killNats();
    const start = performance.now();
    for (let i = 0; i < 20; i++) expect((await sendWith(key, registered({ theme: '?' }))).status).toBe(400);
    expect(performance.now() - start).toBeLessThan(2000);
    await stack.startNats();
    const isThere = async () => (await refusalsOf(id, 20)).length === 20;
    expect(await becomesTrue(() => isThere().catch(() => false), 20_000)).toBe(true);
  });
});

const MARKER = 'zoekmij';
const BSN = '123456782';
/** What somebody could send by mistake, everywhere it could stand. */
const MARKED = [
  `${MARKER}-1`,
  `Jan de Vries ${MARKER}`,
  `${MARKER}@example.nl`,
  `06-12345678 ${MARKER}`,
  BSN,
];

/** The same value with one text, or the name of one member, replaced: one for every place in it. */
function replacements(value: unknown, text: string): unknown[] {
  if (Array.isArray(value)) {
    return value.flatMap((item, place) =>
      replacements(item, text).map((changed) => value.with(place, changed)),
    );
  }
  if (typeof value !== 'object' || value === null) return [text, { [text]: text }, [text]];
  const members = Object.entries(value);
  return [
    { ...value, [text]: 1 },
    ...members.flatMap(([name, member]) =>
      replacements(member, text).map((changed) => ({ ...value, [name]: changed })),
    ),
  ];
}

function bytesIn(folder: string): Buffer[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((name) => statSync(name).isFile())
    .map((name) => readFileSync(name));
}

describe('what was sent and refused', () => {
  it('stands nowhere: not in the record, the files of nats-server or the log', {
    timeout: 180_000,
  }, async () => {
    const { key, id } = await makeKey(stack, INGEST_KEY);
    let refused = 0;
    const sent = async (answer: Promise<{ status: number; text: string }>): Promise<void> => {
      const { status, text } = await answer;
      expect([status >= 400 && status < 500, status, text]).toEqual([true, status, text]);
      refused++;
      // An answer may repeat the name of an unknown field: it goes to who sent it.
      expect(text).not.toContain(BSN);
    };
    // Wrong in two places, so that none is taken whichever place is replaced.
    const event = { ...assessed({ theme: '?', goal: '?' }), subject: 'x', dataschema: 'urn:x' };
    for (const text of MARKED) {
      const events = replacements(event, text);
      for (const one of events) await sent(sendWith(key, one));
      await sent(sendWith(key, events.slice(0, 50)));
      await sent(sendWith(key, JSON.stringify(event).replace('"id"', `"${text}":1,"${text}":2,"id"`)));
      await sent(sendWith(key, `{"${text}": ${text}`, { 'content-type': 'application/cloudevents+json' }));
      await sent(sendWith(key, event, { 'content-type': `application/${MARKER}`, 'x-note': MARKER }));
      const headers = {
        'content-type': 'application/json',
        'ce-source': `urn:${MARKER}`,
        [`ce-${MARKER}`]: MARKER,
      };
      await sent(sendWith(key, { theme: text }, headers));
      await sent(sendWith(`${MARKER}${key}`, event));
      for (const path of [
        `/v1/programmes/GM0394/${MARKER}!/main`,
        `/v1/price-lists/${MARKER}!`,
        `/v1/keys/${MARKER}`,
      ]) {
        await sent(askWith(stack, 'local-admin', path.includes('keys') ? 'DELETE' : 'PUT', path, {}));
      }
      for (const one of replacements({ ...PROGRAMME, method: '?' }, text)) {
        await sent(askWith(stack, 'local-admin', 'PUT', '/v1/programmes/GM0394/meerwaarde/main', one));
      }
      for (const one of replacements({ ...PRICE_LIST, code: '?' }, text)) {
        await sent(askWith(stack, 'local-admin', 'PUT', '/v1/price-lists/lijst', one));
      }
      for (const one of replacements({ ...INGEST_KEY, expiresAt: '?' }, text)) {
        await sent(askWith(stack, 'local-admin', 'POST', '/v1/keys', one));
      }
    }
    expect(refused).toBeGreaterThan(500);
    await refusalsOf(id, 100);
    const recorded = await stack.withConnection(async (connection) => {
      const { state } = await (await jetstreamManager(connection)).streams.info(REFUSAL_STREAM);
      return state.messages;
    });
    expect(recorded).toBeGreaterThan(500);
    const files = bytesIn(stack.folder);
    expect(files.some((bytes) => bytes.includes('"route":"POST /v1/events"'))).toBe(true);
    expect(files.some((bytes) => bytes.includes('"audit":'))).toBe(true);
    for (const text of [MARKER, BSN, 'Vries', own.key.slice(4), key.slice(4)]) {
      expect(
        files.some((bytes) => bytes.includes(text)),
        text,
      ).toBe(false);
    }
  });
});
