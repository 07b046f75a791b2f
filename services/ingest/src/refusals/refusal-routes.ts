import { PAGE_ROWS, refusalsQuerySchema } from '@effectstroom/contracts';
import {
  governs,
  type Key,
  type KeyRing,
  keyOf,
  type Logger,
  ProblemError,
  requireScope,
} from '@effectstroom/runtime';
import type { FastifyInstance } from 'fastify';
import { queryOf } from '../request.ts';
import type { RefusalReader } from './refusal-reader.ts';

/** Adds `GET /v1/refusals`. */
export function addRefusalRoutes(
  app: FastifyInstance,
  keys: KeyRing,
  reader: RefusalReader,
  log: Logger,
): void {
  const onRequest = requireScope(keys, 'ingest');
  app.get('/v1/refusals', { onRequest }, async (request) => {
    const key = keyOf(request);
    const { limit, ...asked } = queryOf(refusalsQuerySchema, request);
    const isVisible = (id: string | null): boolean => maySee(keys, key, id);
    if (asked.key !== undefined && !isVisible(asked.key)) {
      throw new ProblemError(403, 'this key may not see the refusals of that one');
    }
    // Who may only see its own needs no others to be read.
    const ownOnly = key.hasScope('admin') ? {} : { key: key.id };
    try {
      return await reader.read({
        ...{ ...asked, ...ownOnly, isVisible },
        limit: limit === undefined ? PAGE_ROWS : Number(limit),
      });
    } catch (error) {
      log.warn({ err: error }, 'the refusals cannot be read');
      throw new ProblemError(503, 'the refusals cannot be read now: try again later', { 'retry-after': '1' });
    }
  });
}

/** Whether a key may see the refusals of another: its own, and those of the keys that it governs. */
function maySee(keys: KeyRing, key: Key, id: string | null): boolean {
  if (id === key.id) return true;
  // What no key is known of, or a key that is gone, may be of anybody.
  const other = id === null ? undefined : keys.byId(id);
  const { organisations = ['*'], sources = ['*'], scopes = [] } = other ?? {};
  return governs(key, { organisations, sources, scopes });
}
