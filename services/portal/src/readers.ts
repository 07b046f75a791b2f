/** What a key may read: the data of its organisations, or everything. */
import { keyOf, ProblemError } from '@effectstroom/runtime';
import type { FastifyRequest } from 'fastify';

/**
 * The codes of the organisations that the request's key is held to; undefined where it is held to none.
 * Throws a problem, 403, where another organisation is asked for.
 */
export function readableOrganisations(
  request: FastifyRequest,
  asked: string | undefined,
): readonly string[] | undefined {
  const key = keyOf(request);
  if (asked !== undefined && !key.coversOrganisation(asked))
    throw new ProblemError(403, 'this key may not read this organisation');
  return key.organisations;
}
