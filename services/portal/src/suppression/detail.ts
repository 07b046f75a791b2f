import { keyOf, ProblemError } from '@effectstroom/runtime';
import type { FastifyRequest } from 'fastify';

/** Whether the request's key may see single cases, and figures of few of them. */
export function seesDetail(request: FastifyRequest): boolean {
  return keyOf(request).hasScope('detail');
}

/** @throws ProblemError 403, where the key may not see what `what` names. */
export function requireDetail(request: FastifyRequest, what: string): void {
  if (!seesDetail(request)) throw new ProblemError(403, `${what}: use a key with the scope detail`);
}
