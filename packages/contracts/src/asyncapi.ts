import { z } from 'zod';
import { CASE_TYPES } from './case-event.ts';
import { caseEventSchemas } from './case-event-schema.ts';
import { type JsonDocument, toJsonSchema } from './json-schemas.ts';
import { LIMITS } from './limits.ts';
import { caseEventSchema } from './openapi-events.ts';
import { settingsEventSchema } from './settings-schema.ts';
import { SETTINGS_SUBJECT, STREAM } from './stream.ts';

const DEFINITIONS = '#/definitions/';
const COMPONENTS = '#/components/schemas/';

const CASES_SAY =
  'One or more case events of one partition as NDJSON: one CloudEvent a line, as the payload describes, ' +
  'normalised (defaults filled, decimal strings, time in UTC, resident keys hashed).';

/** The schemas of this document, and a payload that refers to them. */
class Schemas {
  readonly all: Record<string, unknown> = {};

  /** The JSON Schema of a payload; what has a name of its own stands in `components`. */
  payload(schema: z.ZodType): JsonDocument {
    const text = JSON.stringify(toJsonSchema(schema, 'draft-7')).replaceAll(DEFINITIONS, COMPONENTS);
    const { $schema, definitions = {}, ...payload } = JSON.parse(text);
    Object.assign(this.all, definitions);
    return payload;
  }
}

/** A message for each kind of event, and for each way in which it travels. */
function messagesOf(schemas: Schemas) {
  const cases = Object.entries(CASE_TYPES).map(([name, type]) => {
    const payload = schemas.payload(caseEventSchemas[type]);
    return [`case-${name}`, { name: type, contentType: 'application/x-ndjson', summary: CASES_SAY, payload }];
  });
  const settings = settingsEventSchema.options.map((option) => {
    const [type = ''] = option.shape.type.values;
    const name = `settings-${type.slice(type.lastIndexOf('.') + 1)}`;
    const summary = 'Settings, as one CloudEvent';
    return [
      name,
      { name: type, contentType: 'application/cloudevents+json', summary, payload: schemas.payload(option) },
    ];
  });
  const http = {
    'http-event': {
      contentType: 'application/cloudevents+json',
      summary: 'One case event, structured mode',
      payload: schemas.payload(caseEventSchema),
    },
    'http-batch': {
      contentType: 'application/cloudevents-batch+json',
      summary: `A batch of 1 to ${LIMITS.eventsPerRequest} case events`,
      payload: schemas.payload(z.array(caseEventSchema).min(1).max(LIMITS.eventsPerRequest)),
    },
    'http-binary': {
      contentType: 'application/json',
      summary: 'One case event, binary mode: attributes as ce- headers, data as body',
      headers: { type: 'object', required: ['ce-specversion', 'ce-id', 'ce-source', 'ce-type', 'ce-time'] },
      payload: { type: 'object', description: 'data of the event: see /v1/schemas/case-assessed-data.json' },
    },
    'http-accepted': {
      contentType: 'application/json',
      summary: 'All events of the request are durable',
      payload: { type: 'object', required: ['accepted'], properties: { accepted: { type: 'integer' } } },
      bindings: { http: { statusCode: 202, bindingVersion: '0.3.0' } },
    },
  };
  return {
    cases: Object.fromEntries(cases),
    settings: Object.fromEntries(settings),
    http,
  };
}

function references(kind: string, messages: object): Record<string, { $ref: string }> {
  return Object.fromEntries(Object.keys(messages).map((name) => [name, { $ref: `#/${kind}/${name}` }]));
}

function channelMessages(channel: string, names: readonly string[]): { $ref: string }[] {
  return names.map((name) => ({ $ref: `#/channels/${channel}/messages/${name}` }));
}

let document: JsonDocument | undefined;

/**
 * The AsyncAPI 3.0 document of ingest, made from the schemas that check what comes in: what it takes over HTTP,
 * and what it publishes to the stream, for those who subscribe inside.
 */
export function asyncApi(): JsonDocument {
  document ??= createAsyncApi();
  return document;
}

function createAsyncApi(): JsonDocument {
  const schemas = new Schemas();
  const messages = messagesOf(schemas);
  const { cases, settings, http } = messages;
  return {
    asyncapi: '3.0.0',
    id: 'urn:effectstroom:ingest',
    info: {
      title: 'Effectstroom events',
      version: '1.0.0',
      description:
        `Case events come in over HTTP and are published, with settings, in the JetStream stream ${STREAM}. ` +
        'Subscribe with an ordered consumer; the identity of an event is (data.organisation, source, id), and ' +
        'one that repeats changes nothing.',
      license: { name: 'EUPL-1.2' },
    },
    defaultContentType: 'application/cloudevents+json',
    servers: {
      ingest: { host: '127.0.0.1:8080', protocol: 'http', description: 'ingest, as the local stack has it' },
      stream: { host: '127.0.0.1:4222', protocol: 'nats', description: 'nats-server with JetStream, inside' },
    },
    channels: channelsOf(messages),
    operations: operationsOf(messages),
    components: { schemas: schemas.all, messages: { ...http, ...cases, ...settings } },
  };
}

type Messages = ReturnType<typeof messagesOf>;

function channelsOf({ cases, settings, http }: Messages): JsonDocument {
  return {
    events: {
      address: '/v1/events',
      servers: [{ $ref: '#/servers/ingest' }],
      messages: references('components/messages', http),
    },
    cases: {
      address: 'cases.{partition}',
      servers: [{ $ref: '#/servers/stream' }],
      parameters: {
        partition: {
          description:
            'From 0; FNV-1a 32 of "organisation.caseId" modulo the partitions of the stream. ' +
            'All events of a case are in one, in order.',
        },
      },
      messages: references('components/messages', cases),
    },
    settings: {
      address: SETTINGS_SUBJECT,
      servers: [{ $ref: '#/servers/stream' }],
      messages: references('components/messages', settings),
    },
  };
}

function operationsOf({ cases, settings, http }: Messages): JsonDocument {
  const answer = 'http-accepted';
  const requests = Object.keys(http).filter((name) => name !== answer);
  return {
    takeEvents: {
      action: 'receive',
      channel: { $ref: '#/channels/events' },
      messages: channelMessages('events', requests),
      bindings: { http: { method: 'POST', bindingVersion: '0.3.0' } },
      reply: {
        channel: { $ref: '#/channels/events' },
        messages: channelMessages('events', [answer]),
      },
    },
    publishCases: {
      action: 'send',
      summary: 'After the check; the answer to the sender waits for the acknowledgement',
      channel: { $ref: '#/channels/cases' },
      messages: channelMessages('cases', Object.keys(cases)),
    },
    publishSettings: {
      action: 'send',
      channel: { $ref: '#/channels/settings' },
      messages: channelMessages('settings', Object.keys(settings)),
    },
  };
}
