/** The OpenAPI document of the portal, made from the schemas that check questions and shape answers. */
import { z } from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiResponsesObject } from 'zod-openapi';
import { assessingPaths } from '../assessing/openapi-portal.ts';
import { closingAnswerSchema, closingsQuerySchema, closingsSchema } from '../closings/answer.ts';
import { closingAddressSchema } from '../closings/closing.ts';
import {
  deliveriesAnswerSchema,
  deliveriesHistorySchema,
  deliveriesQuerySchema,
} from '../deliveries/answer.ts';
import { deliveriesAddressSchema } from '../deliveries/expected-deliveries.ts';
import {
  certificateSchema,
  erasureAddressSchema,
  erasuresQuerySchema,
  erasuresSchema,
} from '../erasures/answers.ts';
import { reportTextsHistorySchema } from '../report-texts/answer.ts';
import { reportPaths } from '../reports/openapi.ts';
import { priceListAddressSchema, programmeAddressSchema } from '../settings-schema.ts';
import { caseAddressSchema, caseHistorySchema } from './case-history.ts';
import { compareQuerySchema } from './compare-query.ts';
import { explainQuerySchema } from './explain-query.ts';
import { ceilingsSchema, doubleClaimsSchema, followUpSchema, spreadSchema } from './guards.ts';
import {
  ceilingsQuerySchema,
  doubleClaimsQuerySchema,
  followUpQuerySchema,
  spreadQuerySchema,
} from './guards-query.ts';
import { municipalitiesSchema } from './municipalities.ts';
import { outlookSchema } from './outlook.ts';
import { outlookQuerySchema } from './outlook-query.ts';
import { pageQuerySchema } from './page.ts';
import { problemSchema } from './problem.ts';
import { quarantineQuerySchema, quarantineSchema } from './quarantine.ts';
import { savingsQuerySchema } from './savings-query.ts';
import {
  priceListHistorySchema,
  priceListsSchema,
  programmeHistorySchema,
  programmesSchema,
} from './settings.ts';
import { statusSchema } from './status.ts';
import { publicCompareSchema } from './suppression-compare.ts';
import { publicExplainSchema } from './suppression-explain.ts';
import { publicSavingsSchema } from './suppression-savings.ts';

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
const AHEAD = { 409: problem('asOf lies ahead; `latest` is the latest possible moment') };
const BOUNDED = {
  ...AHEAD,
  503: problem('Too much of this is being worked out, or the database is not there; see `Retry-After`'),
};
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
  ...assessingPaths,
  '/v1/savings': {
    get: get({
      operationId: 'getSavings',
      summary: 'Savings of a period, grouped and filtered as asked',
      answer: publicSavingsSchema,
      params: { query: savingsQuerySchema },
      isList: true,
      problems: { 409: problem('asOf lies ahead; `latest` is the latest possible moment') },
    }),
  },
  '/v1/explain': {
    get: get({
      operationId: 'getExplanation',
      summary: 'Walks a figure down to cases, lines and prices, and back up; every step adds up',
      answer: publicExplainSchema,
      params: { query: explainQuerySchema },
      isList: true,
      problems: {
        ...NOT_FOUND,
        409: problem('asOf lies ahead; `latest` is the latest possible moment'),
      },
    }),
  },
  '/v1/compare': {
    get: get({
      operationId: 'getComparison',
      summary: 'Why figures differ: one period at two moments, or two periods, in parts that add up',
      answer: publicCompareSchema,
      params: { query: compareQuerySchema },
      isList: true,
      problems: { 409: problem('A moment lies ahead; `latest` is the latest possible one') },
    }),
  },
  '/v1/outlook': {
    get: get({
      operationId: 'getOutlook',
      summary: 'A year so far beside its budget, and what is to be expected of the whole year',
      answer: outlookSchema,
      params: { query: outlookQuerySchema },
      isList: true,
    }),
  },
  '/v1/guards/double-claims': {
    get: get({
      operationId: 'getDoubleClaims',
      summary: 'Possible double claims: one service for one resident twice within twelve months',
      answer: doubleClaimsSchema,
      params: { query: doubleClaimsQuerySchema },
      isList: true,
      problems: BOUNDED,
    }),
  },
  '/v1/guards/ceilings': {
    get: get({
      operationId: 'getCeilings',
      summary: 'Claims of services beside what was really used or spent',
      answer: ceilingsSchema,
      params: { query: ceilingsQuerySchema },
      isList: true,
      problems: AHEAD,
    }),
  },
  '/v1/guards/follow-up': {
    get: get({
      operationId: 'getFollowUps',
      summary: 'What came of the cases that were followed up, beside what was claimed',
      answer: followUpSchema,
      params: { query: followUpQuerySchema },
      isList: true,
      problems: BOUNDED,
    }),
  },
  '/v1/guards/spread': {
    get: get({
      operationId: 'getSpread',
      summary: 'Likelihood and contribution as teams claim them, beside other teams',
      answer: spreadSchema,
      params: { query: spreadQuerySchema },
      isList: true,
      problems: BOUNDED,
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
  '/v1/municipalities': {
    get: get({
      operationId: 'getMunicipalities',
      summary: 'The municipalities by their CBS code, with their names',
      answer: municipalitiesSchema,
      isList: true,
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
  '/v1/report-texts/{municipality}/{organisation}/{programme}': {
    get: get({
      operationId: 'getReportTexts',
      summary: "The organisation's own words in the report of a programme, with their history",
      answer: reportTextsHistorySchema,
      params: { path: programmeAddressSchema },
      problems: NOT_FOUND,
    }),
  },
  ...reportPaths({ headers, problems: { ...PROBLEMS, ...NOT_FOUND } }),
  '/v1/erasures': {
    get: get({
      operationId: 'getErasures',
      summary: 'The erasures of cases, newest first',
      answer: erasuresSchema,
      params: { query: erasuresQuerySchema },
      isList: true,
    }),
  },
  '/v1/erasures/{id}': {
    get: get({
      operationId: 'getErasure',
      summary: 'The certificate of an erasure; as text/html a Dutch page',
      answer: certificateSchema,
      params: { path: erasureAddressSchema },
      problems: { ...NOT_FOUND, ...NOT_ACCEPTABLE },
    }),
  },
  '/v1/closings': {
    get: get({
      operationId: 'getClosings',
      summary: 'The periods that were closed, and what was reported of them',
      answer: closingsSchema,
      params: { query: closingsQuerySchema },
      isList: true,
    }),
  },
  '/v1/closings/{organisation}/{period}': {
    get: get({
      operationId: 'getClosing',
      summary: 'What was reported of a closed period, what became known after it, and what is known now',
      answer: closingAnswerSchema,
      params: { path: closingAddressSchema },
      problems: NOT_FOUND,
    }),
  },
  '/v1/closings/{organisation}/{period}/bundle': {
    get: {
      operationId: 'getClosingBundle',
      summary: 'Everything that the reported figures follow from, one JSON text a line',
      requestParams: { path: closingAddressSchema },
      responses: {
        200: {
          description: 'Worked out again by the program of GET /v1/closings/recompute.mjs',
          headers,
          content: { 'application/x-ndjson': { schema: z.string() } },
        },
        ...PROBLEMS,
        ...NOT_FOUND,
        409: problem('The figures are not fixed yet; try again after `Retry-After`'),
      },
    },
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
