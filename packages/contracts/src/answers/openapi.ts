/** The OpenAPI document of the portal, made from the schemas that check questions and shape answers. */
import { z } from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiResponsesObject } from 'zod-openapi';
import {
  deliveriesAnswerSchema,
  deliveriesHistorySchema,
  deliveriesQuerySchema,
} from '../deliveries/answer.ts';
import { deliveriesAddressSchema } from '../deliveries/expected-deliveries.ts';
import { priceListAddressSchema, programmeAddressSchema } from '../settings-schema.ts';
import { caseAddressSchema, caseHistorySchema } from './case-history.ts';
import { pageQuerySchema } from './page.ts';
import { problemSchema } from './problem.ts';
import { quarantineQuerySchema, quarantineSchema } from './quarantine.ts';
import { savingsSchema } from './savings.ts';
import { savingsQuerySchema } from './savings-query.ts';
import {
  priceListHistorySchema,
  priceListsSchema,
  programmeHistorySchema,
  programmesSchema,
} from './settings.ts';
import { statusSchema } from './status.ts';

const CSV = 'text/csv';
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const headers = z.object({
  'API-Version': z.string().meta({ description: 'Version of this contract', example: '1.0.0' }),
});

function problem(description: string) {
  return { description, headers, content: { 'application/problem+json': { schema: problemSchema } } };
}

const PROBLEMS: ZodOpenApiResponsesObject = {
  400: problem('Faults in the question; `errors` names all of them'),
  401: problem('No key, or an unknown one'),
  403: problem('The key may not read this'),
  429: problem('This key asks too much; try again after `Retry-After`'),
  503: problem('The database or the stream is not there; try again after `Retry-After`'),
};

const NOT_FOUND = { 404: problem('There is no such thing') };
const NOT_ACCEPTABLE = { 406: problem('No content type that `Accept` takes') };

interface Operation {
  operationId: string;
  summary: string;
  answer: z.ZodType;
  params?: ZodOpenApiOperationObject['requestParams'];
  /** Also answers CSV and XLSX. */
  isList?: boolean;
  problems?: ZodOpenApiResponsesObject;
}

function get({
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

const paths = {
  '/v1/savings': {
    get: get({
      operationId: 'getSavings',
      summary: 'Savings of a period, grouped and filtered as asked',
      answer: savingsSchema,
      params: { query: savingsQuerySchema },
      isList: true,
      problems: { 409: problem('asOf lies ahead; `latest` is the latest possible moment') },
    }),
  },
  '/v1/status': {
    get: get({
      operationId: 'getStatus',
      summary: 'How far the stream has been applied',
      answer: statusSchema,
    }),
  },
  '/v1/quarantine': {
    get: get({
      operationId: 'getQuarantine',
      summary: 'Events that cannot count now, and why',
      answer: quarantineSchema,
      params: { query: quarantineQuerySchema },
      isList: true,
    }),
  },
  '/v1/deliveries': {
    get: get({
      operationId: 'getDeliveries',
      summary: 'Who has delivered: per organisation and source, expected or not',
      answer: deliveriesAnswerSchema,
      params: { query: deliveriesQuerySchema },
      isList: true,
    }),
  },
  '/v1/deliveries/{organisation}': {
    get: get({
      operationId: 'getExpectedDeliveries',
      summary: 'What is expected of the sources of an organisation, with its history',
      answer: deliveriesHistorySchema,
      params: { path: deliveriesAddressSchema },
      problems: NOT_FOUND,
    }),
  },
  '/v1/cases/{organisation}/{caseId}': {
    get: get({
      operationId: 'getCase',
      summary: 'The history of one case: its events and the ledger entries they made',
      answer: caseHistorySchema,
      params: { path: caseAddressSchema },
      problems: NOT_FOUND,
    }),
  },
  '/v1/programmes': {
    get: get({
      operationId: 'getProgrammes',
      summary: 'The programmes, as in force',
      answer: programmesSchema,
      params: { query: pageQuerySchema },
      isList: true,
    }),
  },
  '/v1/programmes/{municipality}/{organisation}/{programme}': {
    get: get({
      operationId: 'getProgramme',
      summary: 'One programme, as in force, with its history',
      answer: programmeHistorySchema,
      params: { path: programmeAddressSchema },
      problems: NOT_FOUND,
    }),
  },
  '/v1/price-lists': {
    get: get({
      operationId: 'getPriceLists',
      summary: 'The price lists, as in force',
      answer: priceListsSchema,
      params: { query: pageQuerySchema },
      isList: true,
    }),
  },
  '/v1/price-lists/{code}': {
    get: get({
      operationId: 'getPriceList',
      summary: 'One price list, as in force, with its history',
      answer: priceListHistorySchema,
      params: { path: priceListAddressSchema },
      problems: NOT_FOUND,
    }),
  },
};

let document: ReturnType<typeof createDocument> | undefined;

/** The OpenAPI document of the portal. */
export function portalOpenApi(): ReturnType<typeof createDocument> {
  document ??= createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Effectstroom portal',
      description:
        'Running, exact savings of welfare work. Reads only; amounts are decimal strings in euros.',
      version: '1.0.0',
      license: { name: 'EUPL-1.2', identifier: 'EUPL-1.2' },
    },
    servers: [{ url: '/' }],
    components: { securitySchemes: { key: { type: 'http', scheme: 'bearer' } } },
    security: [{ key: [] }],
    paths,
  });
  return document;
}
