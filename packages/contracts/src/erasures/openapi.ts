import type { ZodOpenApiPathsObject } from 'zod-openapi';
import { BODY_PROBLEMS, jsonBody, jsonResponse, problemResponse } from '../openapi-parts.ts';
import { erasureAcceptedSchema } from './answers.ts';
import { erasureRequestSchema } from './erasure.ts';

/** Path of erasures on ingest. */
export const erasurePaths: ZodOpenApiPathsObject = {
  '/v1/erasures': {
    post: {
      operationId: 'eraseCase',
      tags: ['Erasures'],
      summary: 'Erase one case: its events, keys and history',
      description:
        'Totals follow as a correction with the cause erasure. Remove the case from the registration system first: ' +
        'what comes of it while the stream can still hold its messages is dropped, and after that it is a new case.',
      requestBody: jsonBody(erasureRequestSchema),
      responses: {
        202: jsonResponse('Durable in the stream, and gone from the folder of ingest', erasureAcceptedSchema),
        ...BODY_PROBLEMS,
        409: problemResponse('An import of the organisation is under way; the detail says what to do'),
      },
    },
  },
};
