/** The log of a real service: a line with the six fields for every act that matters, and nothing secret in it. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { becomesTrue, type Nats, type Service, startNats, startService } from '@effectstroom/infra';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PRICE_LIST, PROGRAMME, registered } from '../ingest/sent-events.ts';
import { INGEST_KEY, type MadeKey } from './key-client.ts';

interface AuditLine {
  action: string;
  object: string;
  result: string;
  origin: string;
  actor: string;
  timestamp: string;
}

const folder = mkdtempSync(join(tmpdir(), 'effectstroom-audit-'));
let nats: Nats;
let ingest: Service;

beforeAll(async () => {
  const secret = join(folder, 'resident-key');
  writeFileSync(secret, 'a secret of tests, of enough bytes');
  nats = await startNats({ folder: join(folder, 'nats') });
  const env = {
    NATS_URL: nats.url,
    RESIDENT_KEY_SECRET_FILE: secret,
    LOCAL_KEYS: 'true',
    LOG_LEVEL: 'error',
  };
  ingest = await startService({ name: 'ingest', folder, env });
});
afterAll(async () => {
  await ingest.stop();
  await nats.stop();
  rmSync(folder, { recursive: true });
});

async function ask(
  method: string,
  path: string,
  body: unknown,
  key?: string,
  more: Record<string, string> = {},
) {
  const type = path === '/v1/events' ? 'application/cloudevents+json' : 'application/json';
  const headers = { 'content-type': type, ...(key && { authorization: `Bearer ${key}` }), ...more };
  const answer = await fetch(ingest.url + path, { method, headers, body: JSON.stringify(body) });
  const text = await answer.text();
  return { status: answer.status, text };
}

const logText = () => readFileSync(join(folder, 'ingest.log'), 'utf8');
function auditLines(): AuditLine[] {
  return logText()
    .split('\n')
    .filter((line) => line.includes('"audit":{'))
    .map((line) => JSON.parse(line).audit);
}
const shown = ({ action, object, result, actor }: AuditLine) => [action, object, result, actor].join(' | ');

it('names each act, on what, with what result, from where, by whom and when', async () => {
  const made = await ask('POST', '/v1/keys', INGEST_KEY, 'local-admin');
  const { id, key }: MadeKey = JSON.parse(made.text);
  const programme = '/v1/programmes/GM0394/meerwaarde/main';
  await ask('PUT', programme, PROGRAMME, 'local-admin');
  await ask('PUT', programme, { ...PROGRAMME, name: 'zoekmij@example.nl' }, 'local-admin');
  await ask('PUT', '/v1/price-lists/zoekmij!', PRICE_LIST, 'local-admin');
  await ask('PUT', programme, PROGRAMME, key);
  await ask('POST', '/v1/events', registered({ organisation: 'zoekmij' }), key);
  await ask('POST', '/v1/events', registered(), key);
  const rotated = await ask('POST', `/v1/keys/${id}/rotate`, {}, 'local-admin');
  await ask('DELETE', `/v1/keys/${id}`, {}, 'local-admin');
  await ask('POST', '/v1/events', registered(), key);
  await ask('POST', '/v1/events', registered(), 'zoekmij', { 'x-forwarded-for': 'zoekmij, 203.0.113.9' });
  await ask('POST', '/v1/events', registered());

  expect(await becomesTrue(() => auditLines().length >= 11, 5_000)).toBe(true);
  const lines = auditLines();
  const refusedEvents = 'POST /v1/events';
  const putProgramme = 'PUT /v1/programmes/{municipality}/{organisation}/{programme}';
  expect(lines.map(shown)).toEqual([
    `create key | /v1/keys/${id} | done | local-admin`,
    `put programme | ${programme} | done | local-admin`,
    `put programme | ${putProgramme} | refused: 400 | local-admin`,
    'put price list | PUT /v1/price-lists/{code} | refused: 400 | local-admin',
    `authorise | ${putProgramme} | refused: no right to admin | ${id}`,
    `authorise | ${refusedEvents} | refused: not covered by this key | ${id}`,
    `rotate key | /v1/keys/${id}/rotate | done | local-admin`,
    `revoke key | /v1/keys/${id} | done | local-admin`,
    `authenticate | ${refusedEvents} | refused: revoked key | ${id}`,
    `authenticate | ${refusedEvents} | refused: unknown key | unknown`,
    `authenticate | ${refusedEvents} | refused: no key | unknown`,
  ]);
  const origins = lines.map(({ origin }) => origin);
  expect(origins.filter((origin) => origin === '127.0.0.1').length).toBe(10);
  expect(origins.at(-2)).toBe('127.0.0.1, for 203.0.113.9');
  for (const line of lines) {
    expect(Object.keys(line)).toEqual(['action', 'object', 'result', 'origin', 'actor', 'timestamp']);
    expect(Math.abs(Date.now() - Date.parse(line.timestamp))).toBeLessThan(60_000);
  }
  const texts = [key, JSON.parse(rotated.text).key, 'zoekmij'];
  for (const text of texts) expect(logText()).not.toContain(text.slice(4));
});

it('has ten lines a minute of refused access from one place, and then how many more', async () => {
  const before = auditLines().length;
  for (let i = 0; i < 100; i++) await ask('POST', '/v1/events', registered(), `guess-${i}`);
  expect(auditLines().length - before).toBeLessThanOrEqual(10);
  await ingest.stop();
  const last = auditLines().at(-1);
  expect(last).toMatchObject({ action: 'refuse access', origin: '127.0.0.1', actor: 'several' });
  expect(last?.result).toMatch(/^refused \d+ more times$/);
  expect(logText()).not.toContain('guess-');
});
