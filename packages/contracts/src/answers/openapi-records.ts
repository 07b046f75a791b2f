/** Paths of what figures rest on: cases, settings, reports, erasures and closings. */
import { z } from 'zod';
import type { ZodOpenApiPathsObject } from 'zod-openapi';
import { closingAnswerSchema, closingsQuerySchema, closingsSchema } from '../closings/answer.ts';
import { closingAddressSchema } from '../closings/closing.ts';
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
import { municipalitiesSchema } from './municipalities.ts';
import { get, headers, NOT_ACCEPTABLE, NOT_FOUND, PROBLEMS, problem } from './openapi-operation.ts';
import { pageQuerySchema } from './page.ts';
import {
  priceListHistorySchema,
  priceListsSchema,
  programmeHistorySchema,
  programmesSchema,
} from './settings.ts';

export const recordPaths: ZodOpenApiPathsObject = {
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
