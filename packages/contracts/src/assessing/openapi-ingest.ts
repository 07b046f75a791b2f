import type { ZodOpenApiPathsObject } from 'zod-openapi';
import { BODY_PROBLEMS, jsonBody, jsonResponse, problemResponse } from '../openapi-parts.ts';
import { keptReviewSchema, reviewAddressSchema, reviewSchema } from './review.ts';

/** Path of reviews on ingest. */
export const reviewPaths: ZodOpenApiPathsObject = {
  '/v1/reviews/{organisation}/{caseId}': {
    put: {
      operationId: 'reviewAssessment',
      tags: ['Assessing'],
      summary: 'Say of an assessment that it is right, or what is to be looked at again',
      description:
        'Changes no figure. One of another revision takes its place; it is forgotten with its case. ' +
        'Read with GET /v1/reviews of the portal.',
      requestParams: { path: reviewAddressSchema },
      requestBody: jsonBody(reviewSchema),
      responses: {
        200: jsonResponse('Kept', keptReviewSchema.meta({ id: 'KeptReview' })),
        ...BODY_PROBLEMS,
        409: problemResponse('One of a newer revision is there already'),
      },
    },
  },
};
