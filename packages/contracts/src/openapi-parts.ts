import { z } from 'zod';
import type {
  createDocument,
  ZodOpenApiOperationObject,
  ZodOpenApiPathsObject,
  ZodOpenApiResponsesObject,
} from 'zod-openapi';
import { FAULT_CODES } from './fault.ts';
import { LIMITS } from './limits.ts';

/** Parts that the descriptions of ingest's subjects share. */

/** An OpenAPI document. */
export type OpenApi = ReturnType<typeof createDocument>;

/** Headers that every answer has (NLGov REST API Design Rules, /core/version-header). */
export const answerHeaders = z.object({
  'API-Version': z.string().meta({ description: 'Version of this contract', example: '1.0.0' }),
});

const CODES = Object.entries(FAULT_CODES).map(([code, meaning]) => `\`${code}\` (${meaning})`);

/** One fault, as an answer names it. */
export const faultSchema = z
  .object({
    index: z.int().optional().meta({ description: 'place of the event in the request, from 0' }),
    pointer: z.string().meta({ description: "JSON Pointer (RFC 6901) from the event's root, or the body's" }),
    code: z.string().meta({ description: `one of ${CODES.join('; ')}` }),
    detail: z.string().meta({ description: 'what is allowed; never a value that was sent' }),
    row: z.int().optional().meta({ description: 'of a table: the row, from 1' }),
    cell: z.string().optional().meta({ description: 'of a table: the cell, as D12' }),
    column: z.string().optional().meta({ description: 'of a table: the header of the column' }),
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

/** A refusal. */
export function problemResponse(description: string) {
  return {
    description,
    headers: answerHeaders,
    content: { 'application/problem+json': { schema: problemSchema } },
  };
}

/** A refusal that tells when to send the same again. */
export function laterResponse(description: string) {
  const headers = answerHeaders.extend({
    'Retry-After': z.string().meta({ description: 'Seconds to wait', example: '1' }),
  });
  return { ...problemResponse(description), headers };
}

/** An answer in JSON. */
export function jsonResponse(description: string, schema: z.ZodType) {
  return { description, headers: answerHeaders, content: { 'application/json': { schema } } };
}

/** A body in JSON. */
export function jsonBody(schema: z.ZodType) {
  return { required: true, content: { 'application/json': { schema } } };
}

/** Refusals of every route that asks for a key. */
export const KEY_PROBLEMS: ZodOpenApiResponsesObject = {
  401: problemResponse('No key, or an unknown one'),
  403: problemResponse('The key has not this right, or not for this organisation or source'),
  429: laterResponse('This key sends too many requests'),
};

/** Refusals of every route that takes a body. */
export const BODY_PROBLEMS: ZodOpenApiResponsesObject = {
  400: problemResponse('Faults; `errors` names all of them and nothing is taken'),
  ...KEY_PROBLEMS,
  413: problemResponse(`More than ${LIMITS.eventsPerRequest} events or ${LIMITS.bodyBytes} bytes`),
  415: problemResponse('Another content type'),
  503: laterResponse('Too much is in hand, or not acknowledged in time; sending the same again is safe'),
};

/** Answers of every route that publishes. */
export const PUBLISH_RESPONSES: ZodOpenApiResponsesObject = {
  202: jsonResponse(
    'Durable in the stream; repetitions included',
    z.object({ accepted: z.int() }).meta({ id: 'Accepted' }),
  ),
  ...BODY_PROBLEMS,
};

const METHODS = ['get', 'put', 'post', 'patch', 'delete'] as const;

/**
 * The same paths, with what the NLGov REST API Design Rules ask of each: every answer has `API-Version`, and
 * whatever takes input may answer 400.
 */
export function withDesignRules(paths: ZodOpenApiPathsObject): ZodOpenApiPathsObject {
  return Object.fromEntries(
    Object.entries(paths).map(([path, item]) => {
      const ruled = { ...item };
      for (const method of METHODS) {
        const operation = item[method];
        if (operation !== undefined) ruled[method] = ruledOperation(operation);
      }
      return [path, ruled];
    }),
  );
}

function ruledOperation(operation: ZodOpenApiOperationObject): ZodOpenApiOperationObject {
  const takesInput = operation.requestBody !== undefined || operation.requestParams !== undefined;
  const responses = takesInput
    ? { 400: problemResponse('Faults in the question; `errors` names all of them'), ...operation.responses }
    : operation.responses;
  const ruled = Object.entries(responses).map(([status, response]) => [
    status,
    '$ref' in response ? response : { headers: answerHeaders, ...response },
  ]);
  return { ...operation, responses: Object.fromEntries(ruled) };
}
