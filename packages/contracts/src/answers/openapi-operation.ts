/** What the answers of the portal's OpenAPI document have in common. */
import { z } from 'zod';
import type { ZodOpenApiOperationObject, ZodOpenApiResponsesObject } from 'zod-openapi';
import { problemSchema } from './problem.ts';

const CSV = 'text/csv';
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Of every answer. */
export const headers = z.object({
  'API-Version': z.string().meta({ description: 'Version of this contract', example: '1.0.0' }),
});

export function problem(description: string) {
  return { description, headers, content: { 'application/problem+json': { schema: problemSchema } } };
}

/** Of every question. */
export const PROBLEMS: ZodOpenApiResponsesObject = {
  400: problem('Faults in the question; `errors` names all of them'),
  401: problem('No key, or an unknown one'),
  403: problem('The key may not read this'),
  429: problem('This key asks too much; try again after `Retry-After`'),
  503: problem('The database or the stream is not there; try again after `Retry-After`'),
};

export const NOT_FOUND = { 404: problem('There is no such thing') };
export const AHEAD = { 409: problem('asOf lies ahead; `latest` is the latest possible moment') };
export const BOUNDED = {
  ...AHEAD,
  503: problem('Too much of this is being worked out, or the database is not there; see `Retry-After`'),
};
export const NOT_ACCEPTABLE = { 406: problem('No content type that `Accept` takes') };

interface Operation {
  operationId: string;
  summary: string;
  answer: z.ZodType;
  params?: ZodOpenApiOperationObject['requestParams'];
  /** Also answers CSV and XLSX. */
  isList?: boolean;
  problems?: ZodOpenApiResponsesObject;
}

/** A question that changes nothing. */
export function get({
  operationId,
  summary,
  answer,
  params,
  isList,
  problems,
}: Operation): ZodOpenApiOperationObject {
  const tables = isList
    ? { [CSV]: { schema: z.string() }, [XLSX]: { schema: z.string().meta({ format: 'binary' }) } }
    : {};
  return {
    operationId,
    summary,
    ...(params === undefined ? {} : { requestParams: params }),
    responses: {
      200: { description: summary, headers, content: { 'application/json': { schema: answer }, ...tables } },
      ...PROBLEMS,
      ...(isList ? NOT_ACCEPTABLE : {}),
      ...problems,
    },
  };
}
