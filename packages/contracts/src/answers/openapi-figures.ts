/** Paths of figures on the portal, and of how far they are. */

import type { ZodOpenApiPathsObject } from 'zod-openapi';
import {
  deliveriesAnswerSchema,
  deliveriesHistorySchema,
  deliveriesQuerySchema,
} from '../deliveries/answer.ts';
import { deliveriesAddressSchema } from '../deliveries/expected-deliveries.ts';
import { compareQuerySchema } from './compare-query.ts';
import { explainQuerySchema } from './explain-query.ts';
import { ceilingsSchema, doubleClaimsSchema, followUpSchema, spreadSchema } from './guards.ts';
import {
  ceilingsQuerySchema,
  doubleClaimsQuerySchema,
  followUpQuerySchema,
  spreadQuerySchema,
} from './guards-query.ts';
import { AHEAD, BOUNDED, get, NOT_FOUND, problem } from './openapi-operation.ts';
import { outlookSchema } from './outlook.ts';
import { outlookQuerySchema } from './outlook-query.ts';
import { quarantineQuerySchema, quarantineSchema } from './quarantine.ts';
import { savingsQuerySchema } from './savings-query.ts';
import { statusSchema } from './status.ts';
import { publicCompareSchema } from './suppression-compare.ts';
import { publicExplainSchema } from './suppression-explain.ts';
import { publicSavingsSchema } from './suppression-savings.ts';

export const figurePaths: ZodOpenApiPathsObject = {
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
};
