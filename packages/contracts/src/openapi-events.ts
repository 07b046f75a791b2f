import { z } from 'zod';
import type { ZodOpenApiPathsObject } from 'zod-openapi';
import { CASE_TYPES } from './case-event.ts';
import { caseEventSchemas } from './case-event-schema.ts';
import { LIMITS } from './limits.ts';
import { NL_GOV_RULES } from './nl-gov-rules.ts';
import { BODY_PROBLEMS, faultSchema, jsonResponse, PUBLISH_RESPONSES } from './openapi-parts.ts';

/** One case event as it is sent. */
export const caseEventSchema = z
  .discriminatedUnion('type', [
    caseEventSchemas[CASE_TYPES.registered],
    caseEventSchemas[CASE_TYPES.assessed],
    caseEventSchemas[CASE_TYPES.withdrawn],
  ])
  .meta({ id: 'CaseEvent', description: 'CloudEvents 1.0 with the data of a case' });

const ruleNames = Object.keys(NL_GOV_RULES) as [string, ...string[]];

const adviceSchema = z
  .object({
    index: z.int().optional().meta({ description: 'place of the event in the request, from 0' }),
    pointer: z.string().meta({ description: "JSON Pointer (RFC 6901) from the event's root" }),
    rule: z.enum(ruleNames),
    level: z.enum(['must', 'should']),
    detail: z.string().meta({ description: 'what is asked; never a value that was sent' }),
  })
  .meta({ id: 'Advice', description: 'Where an event differs from the NL GOV profile for CloudEvents' });

/** What `POST /v1/events/check` answers. */
export const eventCheckSchema = z
  .object({
    accepted: z.int().meta({ description: 'what /v1/events would accept: all events, or 0 with any error' }),
    errors: z.array(faultSchema).meta({ description: 'every fault for which /v1/events would refuse' }),
    advice: z.array(adviceSchema).meta({ description: 'never a reason to refuse' }),
  })
  .meta({ id: 'EventCheck' });

const headerParameters = z.object({
  'ce-specversion': z.string().optional().meta({ description: 'Binary mode only, as all ce- headers' }),
  'ce-id': z.string().optional(),
  'ce-source': z.string().optional(),
  'ce-type': z.string().optional(),
  'ce-time': z.string().optional(),
});

/** To try with: a case that the local stack knows how to count. */
const EXAMPLE = {
  specversion: '1.0',
  id: '3f1f2c9e-6b1a-4c57-9a53-0d3c1e7a9b10',
  source: 'urn:nld:kvknr:41224547:systeem:registratie',
  type: CASE_TYPES.registered,
  time: '2021-03-18T09:12:44Z',
  data: {
    municipality: 'GM0394',
    organisation: 'meerwaarde',
    caseId: 'c-000124',
    revision: 1,
    date: '2021-03-17',
    theme: '1',
    goal: '1.5',
  },
};

const requestBody = {
  required: true,
  content: {
    'application/cloudevents+json': { schema: caseEventSchema, example: EXAMPLE },
    'application/cloudevents-batch+json': {
      schema: z.array(caseEventSchema).min(1).max(LIMITS.eventsPerRequest),
      example: [EXAMPLE],
    },
    'application/json': {
      schema: z.looseObject({}).meta({ description: '`data` of the event' }),
      example: EXAMPLE.data,
    },
  },
};

/** Paths of events. */
export const eventPaths: ZodOpenApiPathsObject = {
  '/v1/events': {
    post: {
      operationId: 'sendEvents',
      tags: ['Events'],
      summary: 'Send case events: one, a batch, or one in binary mode (ce- headers, data as body)',
      requestParams: { header: headerParameters },
      requestBody,
      responses: PUBLISH_RESPONSES,
    },
  },
  '/v1/events/check': {
    post: {
      operationId: 'checkEvents',
      tags: ['Events'],
      summary: 'Check case events without sending them: all faults, and advice from the NL GOV profile',
      requestParams: { header: headerParameters },
      requestBody,
      responses: {
        200: jsonResponse('What sending the same would give; nothing is published or kept', eventCheckSchema),
        ...BODY_PROBLEMS,
      },
    },
  },
};
