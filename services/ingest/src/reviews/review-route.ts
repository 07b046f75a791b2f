import { FaultsError, type KeptReview, parseReview } from '@effectstroom/contracts';
import { keyOf, ProblemError } from '@effectstroom/runtime';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isJson } from '../event-mode.ts';
import type { Guard } from '../guard.ts';
import { faultsProblem } from '../parse.ts';
import { jsonOf, SAYS } from '../request.ts';
import type { ReviewStore } from './review-store.ts';

/**
 * Adds `PUT /v1/reviews/{organisation}/{caseId}`: what a team leader says of an assessment. Not an event: it
 * changes no figure.
 */
export function addReviewRoute(app: FastifyInstance, guard: Guard, reviews: ReviewStore): void {
  const onRequest = guard('review', isJson, SAYS);
  app.put('/v1/reviews/:organisation/:caseId', { onRequest }, async (request): Promise<KeptReview> => {
    const review = reviewOf(request);
    if (!keyOf(request).coversOrganisation(review.organisation))
      throw new ProblemError(403, 'this key does not cover this organisation');
    await reviews.put(review);
    return review;
  });
}

/** Throws a problem, 400, that names all faults. */
function reviewOf(request: FastifyRequest): KeptReview {
  try {
    return parseReview(request.params, jsonOf(request), new Date());
  } catch (error) {
    if (!(error instanceof FaultsError)) throw error;
    throw faultsProblem(400, 'this review is not taken: see errors', error.faults);
  }
}
