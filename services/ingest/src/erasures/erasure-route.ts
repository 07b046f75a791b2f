import { randomUUID } from 'node:crypto';
import { checkErasure, type ErasureAccepted, erasureEvent, TRANSPORT_DAYS } from '@effectstroom/contracts';
import { keyOf, ProblemError } from '@effectstroom/runtime';
import type { FastifyInstance } from 'fastify';
import { isJson } from '../event-mode.ts';
import type { Guard } from '../guard.ts';
import { settingsMessage } from '../messages.ts';
import type { Publisher } from '../publish.ts';
import { jsonOf, refusal, SAYS } from '../request.ts';
import type { ReviewStore } from '../reviews/review-store.ts';
import type { LocalEraser } from './local-eraser.ts';

const DAY_MS = 86_400_000;

/**
 * Adds `POST /v1/erasures`: the case goes from ingest's own folder and the reviews first, then the stream has it
 * erased everywhere.
 * The log of acts names the certificate, not the case.
 */
export function addErasureRoute(
  app: FastifyInstance,
  guard: Guard,
  publisher: Publisher,
  { eraser, reviews }: { eraser: LocalEraser; reviews: ReviewStore },
): void {
  const onRequest = guard('admin', isJson, SAYS);
  app.post('/v1/erasures', { onRequest, config: { audit: 'erase case' } }, async (request, reply) => {
    const { request: asked, faults } = checkErasure(jsonOf(request));
    if (faults !== undefined) throw refusal(faults);
    const { organisation, caseId } = asked;
    if (!keyOf(request).coversOrganisation(organisation)) {
      throw new ProblemError(403, 'this key does not cover this organisation');
    }
    const removed = await eraser.erase({ organisation, caseId });
    await reviews.remove(organisation, caseId);
    const id = randomUUID();
    const now = new Date();
    await publisher.publish([settingsMessage(erasureEvent({ ...asked, erasure: id }, now))]);
    const certificate = `/v1/erasures/${id}`;
    const transportUntil = new Date(now.getTime() + TRANSPORT_DAYS * DAY_MS).toISOString();
    const answer: ErasureAccepted = { id, organisation, transportUntil, certificate, removed };
    return reply.code(202).header('location', certificate).send(answer);
  });
}
