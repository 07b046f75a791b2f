import { readdirSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { IngestStack } from './ingest-stack.ts';
import { registered } from './sent-events.ts';

const stack = new IngestStack();
const examples = new URL('../../packages/contracts/examples/', import.meta.url);
let url = '';

beforeAll(async () => {
  await stack.startNats();
  await stack.startIngest({}, (address) => {
    url = address;
  });
});
afterAll(() => stack.end());

const binary = (event: Record<string, unknown>): [string, string][] =>
  Object.entries(event)
    .filter(([name]) => name !== 'data')
    .map(([name, value]) => [`ce-${name}`, encodeURIComponent(String(value))]);

describe('the three modes', () => {
  it('publish the same event', async () => {
    const event = registered({}, { id: 'same', subject: 'Café %' });
    const { data } = event;
    const key = { authorization: 'Bearer local-ingest' };
    const headers = {
      ...key,
      'content-type': 'application/json; charset=utf-8',
      ...Object.fromEntries(binary(event)),
    };
    const typed = { ...event, datacontenttype: 'application/json; charset=utf-8' };
    expect((await stack.sendEvents(typed)).body).toEqual({ accepted: 1 });
    const last = await stack.lastSequence();
    expect((await stack.sendEvents([typed])).body).toEqual({ accepted: 1 });
    expect((await stack.send('POST', '/v1/events', data, headers)).body).toEqual({ accepted: 1 });
    // The same text has the same message id: JetStream keeps it once.
    expect(await stack.lastSequence()).toBe(last);
    expect((await stack.publishedEvents()).get('same')).toMatchObject({
      subject: 'Café %',
      data: { caseId: 'c-1' },
    });
  });

  it('refuse a header that is given twice', async () => {
    const status = await new Promise((resolve, reject) => {
      const headers = [
        ...['authorization', 'Bearer local-ingest', 'content-type', 'application/json'],
        ...binary(registered()).flat(),
        ...['ce-id', 'another'],
      ];
      const sent = request(`${url}/v1/events`, { method: 'POST', headers }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      });
      sent.on('error', reject);
      sent.end(JSON.stringify(registered()['data']));
    });
    expect(status).toBe(400);
  });

  it.each(readdirSync(examples).filter((name) => name.startsWith('case-')))('take %s', async (name) => {
    const body = readFileSync(new URL(name, examples));
    expect((await stack.sendEvents(body, { 'content-type': 'application/cloudevents+json' })).status).toBe(
      202,
    );
  });

  it.each([
    ['programme.json', '/v1/programmes/GM0394/meerwaarde/main'],
    ['price-list.json', '/v1/price-lists/kostenhandleiding'],
  ])('settings take %s', async (name, path) => {
    const headers = { authorization: 'Bearer local-admin', 'content-type': 'application/json' };
    expect((await stack.send('PUT', path, readFileSync(new URL(name, examples)), headers)).status).toBe(202);
  });
});

describe('the description of the interface', () => {
  it('is OpenAPI, open to all', async () => {
    const { status, body } = await stack.ask('/v1/openapi.json', { method: 'GET' });
    expect(status).toBe(200);
    expect(body).toMatchObject({ openapi: '3.1.0' });
    expect(Object.keys((body as { paths: object }).paths)).toContain('/v1/events');
  });
});
