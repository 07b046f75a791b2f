import { z } from 'zod';
import { createDocument, type ZodOpenApiResponsesObject } from 'zod-openapi';
import { CASE_TYPES } from './case-event.ts';
import { caseEventSchemas } from './case-event-schema.ts';
import { FAULT_CODES } from './fault.ts';
import { LIMITS } from './limits.ts';
import {
  priceListAddressSchema,
  priceListSchema,
  programmeAddressSchema,
  programmeSchema,
} from './settings-schema.ts';

const CODES = Object.entries(FAULT_CODES).map(([code, meaning]) => `\`${code}\` (${meaning})`);

const faultSchema = z
  .object({
    index: z.int().optional().meta({ description: 'place of the event in the request, from 0' }),
    pointer: z.string().meta({ description: "JSON Pointer (RFC 6901) from the event's root, or the body's" }),
    code: z.string().meta({ description: `one of ${CODES.join('; ')}` }),
    detail: z.string().meta({ description: 'what is allowed; never a value that was sent' }),
  })
  .meta({ id: 'Fault' });

const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    errors: z.array(faultSchema).optional(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457' });

const caseEvent = z
  .discriminatedUnion('type', [
    caseEventSchemas[CASE_TYPES.registered],
    caseEventSchemas[CASE_TYPES.assessed],
    caseEventSchemas[CASE_TYPES.withdrawn],
  ])
  .meta({ id: 'CaseEvent', description: 'CloudEvents 1.0 with the data of a case' });

const accepted = z.object({ accepted: z.int() }).meta({ id: 'Accepted' });

function problemResponse(description: string) {
  return { description, content: { 'application/problem+json': { schema: problemSchema } } };
}

const responses: ZodOpenApiResponsesObject = {
  202: {
    description: 'Durable in the stream; repetitions included',
    content: { 'application/json': { schema: accepted } },
  },
  400: problemResponse('Faults; `errors` names all of them and nothing is taken'),
  401: problemResponse('No key, or an unknown one'),
  403: problemResponse('The key has not this right'),
  413: problemResponse(`More than ${LIMITS.eventsPerRequest} events or ${LIMITS.bodyBytes} bytes`),
  415: problemResponse('Another content type'),
  503: problemResponse('Not acknowledged in time; sending the same again after `Retry-After` is safe'),
};

function bodyOf(schema: z.ZodType) {
  return { required: true, content: { 'application/json': { schema } } };
}

let document: ReturnType<typeof createDocument> | undefined;

/** The OpenAPI document of ingest, made from the schemas that check the requests. */
export function ingestOpenApi(): ReturnType<typeof createDocument> {
  document ??= createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Effectstroom ingest',
      version: '1.0.0',
      license: { name: 'EUPL-1.2', identifier: 'EUPL-1.2' },
    },
    components: { securitySchemes: { key: { type: 'http', scheme: 'bearer' } } },
    security: [{ key: [] }],
    paths: {
      '/v1/events': {
        post: {
          operationId: 'sendEvents',
          summary: 'Send case events: one, a batch, or one in binary mode (ce- headers, data as body)',
          requestBody: {
            required: true,
            content: {
              'application/cloudevents+json': { schema: caseEvent },
              'application/cloudevents-batch+json': {
                schema: z.array(caseEvent).min(1).max(LIMITS.eventsPerRequest),
              },
              'application/json': { schema: z.object({}).meta({ description: '`data` of the event' }) },
            },
          },
          responses,
        },
      },
      '/v1/programmes/{municipality}/{organisation}/{programme}': {
        put: {
          operationId: 'putProgramme',
          summary: 'Set a programme; an identical body changes nothing',
          requestParams: { path: programmeAddressSchema },
          requestBody: bodyOf(programmeSchema),
          responses,
        },
      },
      '/v1/price-lists/{code}': {
        put: {
          operationId: 'putPriceList',
          summary: 'Set a price list; an identical body changes nothing',
          requestParams: { path: priceListAddressSchema },
          requestBody: bodyOf(priceListSchema),
          responses,
        },
      },
    },
  });
  return document;
}
