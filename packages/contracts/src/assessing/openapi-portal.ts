import { z } from 'zod';
import type { ZodOpenApiPathsObject, ZodOpenApiResponsesObject } from 'zod-openapi';
import { problemSchema } from '../answers/problem.ts';
import {
  assessmentAcceptedSchema,
  assessmentSchema,
  previewAnswerSchema,
  previewSchema,
} from './assessment.ts';
import { caseFormSchema } from './case-form.ts';
import { reviewAddressSchema } from './review.ts';
import { reviewsQuerySchema, reviewsSchema } from './reviews.ts';
import { worklistQuerySchema, worklistSchema } from './worklist.ts';

const headers = z.object({
  'API-Version': z.string().meta({ description: 'Version of this contract', example: '1.0.0' }),
});

function problem(description: string) {
  return { description, headers, content: { 'application/problem+json': { schema: problemSchema } } };
}

function answer(description: string, schema: z.ZodType) {
  return { description, headers, content: { 'application/json': { schema } } };
}

function body(schema: z.ZodType) {
  return { required: true, content: { 'application/json': { schema } } };
}

const PROBLEMS: ZodOpenApiResponsesObject = {
  400: problem('Faults; `errors` names all of them and nothing is taken'),
  401: problem('No key, or an unknown one'),
  403: problem('The key may not do this'),
  429: problem('This key asks too much; try again after `Retry-After`'),
  503: problem('The database, the stream or ingest is not there; try again after `Retry-After`'),
};
const NOT_FOUND = { 404: problem('There is no such case') };
const CHANGED = { 409: problem('The case changed meanwhile, or was withdrawn: look at it again') };

/** Paths of assessing on the portal. */
export const assessingPaths: ZodOpenApiPathsObject = {
  '/v1/assessments': {
    get: {
      operationId: 'getWorklist',
      summary: 'Cases that wait for an assessment, all of them or a sample of every goal',
      requestParams: { query: worklistQuerySchema },
      responses: { 200: answer('The work list', worklistSchema), ...PROBLEMS },
    },
  },
  '/v1/assessments/{organisation}/{caseId}': {
    get: {
      operationId: 'getCaseForm',
      summary: 'Everything that is needed to assess one case',
      requestParams: { path: reviewAddressSchema },
      responses: { 200: answer('The case', caseFormSchema), ...PROBLEMS, ...NOT_FOUND, ...CHANGED },
    },
    post: {
      operationId: 'assessCase',
      summary: 'Assess one case: an assessed event of the next revision goes to ingest with the same key',
      description:
        'All else of the case stays as its event gives it. The key needs the scopes ' +
        'read, detail and ingest, and the source of assessments.',
      requestParams: { path: reviewAddressSchema },
      requestBody: body(assessmentSchema),
      responses: {
        202: answer('Durable in the stream', assessmentAcceptedSchema),
        ...PROBLEMS,
        ...NOT_FOUND,
        ...CHANGED,
      },
    },
  },
  '/v1/assessments/preview': {
    post: {
      operationId: 'previewAssessment',
      summary: 'What an assessment of a case would save, on the settings in force; stores nothing',
      requestBody: body(previewSchema),
      responses: {
        200: answer('The saving with its sum', previewAnswerSchema),
        ...PROBLEMS,
        ...NOT_FOUND,
        ...CHANGED,
      },
    },
  },
  '/v1/reviews': {
    get: {
      operationId: 'getReviews',
      summary: 'Assessments, the newest first, with what a team leader said of them',
      requestParams: { query: reviewsQuerySchema },
      responses: { 200: answer('Assessments with their reviews', reviewsSchema), ...PROBLEMS },
    },
  },
};
