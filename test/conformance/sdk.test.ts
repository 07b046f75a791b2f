/** The official CloudEvents SDK as a client of ingest, and as a reader of what ingest publishes. */
import { CloudEvent, type CloudEventV1, emitterFor, HTTP, httpTransport, Mode } from 'cloudevents';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { IngestStack } from '../ingest/ingest-stack.ts';
import { assessed, PRICE_LIST, PROGRAMME, registered, withdrawn } from '../ingest/sent-events.ts';

const KEY = { authorization: 'Bearer local-ingest' };
const stack = new IngestStack();
let url = '';

beforeAll(async () => {
  await stack.startNats();
  await stack.startIngest({}, (address) => {
    url = `${address}/v1/events`;
  });
});
afterAll(() => stack.end());

type Sent = CloudEvent<unknown>;

/** An event that the SDK made, and so checked against the specification. */
function made(event: Record<string, unknown>, changes: Record<string, unknown> = {}): Sent {
  return new CloudEvent(event as Partial<CloudEventV1<unknown>>).cloneWith({
    datacontenttype: 'application/json',
    ...changes,
  });
}

/** What `send` publishes, by id; nothing is stored for a second round of it. */
async function publishedBy(send: () => Promise<unknown>): Promise<Map<string, Record<string, unknown>>> {
  await send();
  const last = await stack.lastSequence();
  await send();
  expect(await stack.lastSequence()).toBe(last);
  return stack.publishedEvents();
}

async function post(message: { headers: object; body: unknown }): Promise<void> {
  const answer = await stack.send('POST', '/v1/events', message.body, { ...message.headers, ...KEY });
  expect([answer.status, answer.text]).toEqual([202, expect.stringContaining('accepted')]);
}

const KINDS: [string, (id: string) => Record<string, unknown>][] = [
  ['registered', (id) => registered({ caseId: `c-${id}` }, { id })],
  ['assessed', (id) => assessed({ caseId: `c-${id}` }, { id })],
  ['withdrawn', (id) => withdrawn({ caseId: `c-${id}`, reason: 'error' }, { id })],
];

describe.each(KINDS)('an event of the SDK: %s', (kind, event) => {
  it('is accepted in every mode, published alike, and once', async () => {
    const sent = made(event(`mode-${kind}`));
    const modes = [
      () => post(HTTP.structured(sent)),
      () => post(HTTP.binary(sent)),
      () => post({ headers: { 'content-type': 'application/cloudevents-batch+json' }, body: [sent] }),
      () => emitterFor(httpTransport(url), { binding: HTTP, mode: Mode.STRUCTURED })(sent, { headers: KEY }),
      () => emitterFor(httpTransport(url), { binding: HTTP, mode: Mode.BINARY })(sent, { headers: KEY }),
    ];
    const found = new Set<string>();
    for (const send of modes) found.add(JSON.stringify((await publishedBy(send)).get(sent.id)));
    expect(found.size).toBe(1);
    const lines = (await stack.messages()).filter(({ text }) => text.includes(`"mode-${kind}"`));
    expect(lines.length).toBe(1);
  });
});

describe('what the SDK sends', () => {
  it('keeps its extensions, in every mode', async () => {
    const extensions = {
      traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
      sampled: true,
    };
    const structured = made(registered({ caseId: 'c-x1' }, { id: 'x-structured' }), {
      ...extensions,
      partitionkey: 'zuid',
      priority: 7,
    });
    const published = await publishedBy(() => post(HTTP.structured(structured)));
    expect(published.get('x-structured')).toMatchObject({ ...extensions, partitionkey: 'zuid', priority: 7 });
    const binary = made(registered({ caseId: 'c-x2' }, { id: 'x-binary' }), extensions);
    // A header has no types: what the SDK writes there is a text.
    expect((await publishedBy(() => post(HTTP.binary(binary)))).get('x-binary')).toMatchObject({
      ...extensions,
      sampled: 'true',
    });
  });

  it('is published with the content it was sent with', async () => {
    const sent = made(assessed({ caseId: 'c-content', team: 'noord' }, { id: 'content' }));
    const published = (await publishedBy(() => post(HTTP.structured(sent)))).get('content');
    const { data: _data, ...attributes } = sent.toJSON();
    const { data, ...kept } = published ?? {};
    expect(kept).toEqual({ ...attributes, time: '2021-03-18T09:12:44Z' });
    expect(data).toMatchObject({
      caseId: 'c-content',
      team: 'noord',
      revision: 1,
      date: '2021-03-17',
      theme: '3',
    });
  });

  it('is taken as a batch of 500, and once', async () => {
    const batch = Array.from({ length: 500 }, (_, i) =>
      made(registered({ caseId: `c-batch-${i}` }, { id: `batch-${i}` })),
    );
    const published = await publishedBy(() =>
      post({ headers: { 'content-type': 'application/cloudevents-batch+json' }, body: batch }),
    );
    expect(batch.filter(({ id }) => !published.has(id))).toEqual([]);
  });

  it('is refused where the SDK, told not to check, sends what is no CloudEvent', async () => {
    const loose = new CloudEvent(
      { ...registered(), source: '', id: 'loose' } as Partial<CloudEventV1<unknown>>,
      false,
    );
    expect(() => loose.validate()).toThrow();
    const { headers, body } = HTTP.structured(loose);
    const answer = await stack.send('POST', '/v1/events', body, { ...(headers as object), ...KEY });
    expect([answer.status, answer.body.errors?.map(({ pointer }) => pointer)]).toEqual([400, ['/source']]);
  });
});

describe('what ingest publishes', () => {
  it('is read by the SDK as valid CloudEvents, cases and settings', async () => {
    const headers = { authorization: 'Bearer local-admin', 'content-type': 'application/json' };
    expect(
      (await stack.send('PUT', '/v1/programmes/GM0394/meerwaarde/main', PROGRAMME, headers)).status,
    ).toBe(202);
    expect((await stack.send('PUT', '/v1/price-lists/lijst', PRICE_LIST, headers)).status).toBe(202);
    const lines = (await stack.messages()).flatMap(({ text }) => text.split('\n'));
    expect(lines.length).toBeGreaterThan(500);
    const types = new Set<string>();
    for (const body of lines) {
      const event = HTTP.toEvent({ headers: { 'content-type': 'application/cloudevents+json' }, body });
      if (!(event instanceof CloudEvent)) throw new Error('one line is one event');
      expect(event.validate()).toBe(true);
      const { time, ...published } = JSON.parse(body);
      expect(event.toJSON()).toMatchObject(published);
      // The SDK writes a time in its own way.
      expect(new Date(String(event.time))).toEqual(new Date(time));
      types.add(event.type);
    }
    expect([...types].sort()).toEqual([
      'nl.effectstroom.case.assessed',
      'nl.effectstroom.case.registered',
      'nl.effectstroom.case.withdrawn',
      'nl.effectstroom.settings.price-list',
      'nl.effectstroom.settings.programme',
    ]);
  });
});
