import { checkNewKey, checkRotation, keysQuerySchema, PAGE_ROWS } from '@effectstroom/contracts';
import {
  governs,
  type Key,
  type KeyEntry,
  type KeyRing,
  KeysUnavailable,
  keyOf,
  ProblemError,
  requireScope,
  TooManyKeys,
} from '@effectstroom/runtime';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isJson } from '../event-mode.ts';
import type { Guard } from '../guard.ts';
import { faultsProblem } from '../parse.ts';
import { bodyOf, jsonOf, queryOf, SAYS } from '../request.ts';
import { keyAnswer } from './key-answer.ts';
import { newEntry, newText, revoked, rotated } from './key-changes.ts';
import { escalations } from './key-rights.ts';

interface KeyRoute {
  Params: { id: string };
}

/** Adds `/v1/keys`: make, list, rotate and revoke. `replicas` are those of a bucket that is made. */
export function addKeyRoutes(app: FastifyInstance, guard: Guard, keys: KeyRing, replicas: number): void {
  const onRequest = requireScope(keys, 'admin');
  const { bucket } = keys;

  app.post(
    '/v1/keys',
    { onRequest: guard('admin', isJson, SAYS), config: { audit: 'create key' } },
    async (request, reply) => {
      const now = new Date();
      const { value, faults } = checkNewKey(jsonOf(request), now);
      if (faults !== undefined) throw faultsProblem(400, 'this key is not made: see errors', faults);
      const key = keyOf(request);
      const lacking = escalations(key, value);
      if (lacking.length > 0)
        throw faultsProblem(403, 'this key may not give all of these rights: see errors', lacking);
      const text = newText();
      const entry = newEntry(value, text, key.id, now);
      await reachable(() => bucket.create(entry, replicas));
      reply.code(201).header('location', `/v1/keys/${entry.id}`);
      return { ...keyAnswer(entry, now.getTime()), key: text };
    },
  );

  app.get('/v1/keys', { onRequest }, async (request) => {
    const { after, limit } = queryOf(keysQuerySchema, request);
    await reachable(() => bucket.refresh());
    const governed = bucket
      .all()
      .map(({ entry }) => entry)
      .filter((entry) => governs(keyOf(request), entry))
      .sort((a, b) => compare(a.createdAt, b.createdAt) || compare(a.id, b.id));
    const start = after === undefined ? 0 : governed.findIndex(({ id }) => id === after) + 1;
    const end = start + (limit === undefined ? PAGE_ROWS : Number(limit));
    const now = Date.now();
    return {
      rows: governed.slice(start, end).map((entry) => keyAnswer(entry, now)),
      next: end < governed.length ? (governed[end - 1]?.id ?? null) : null,
    };
  });

  app.get<KeyRoute>('/v1/keys/:id', { onRequest }, async (request) => {
    await reachable(() => bucket.refresh());
    return keyAnswer(governed(keys, request), Date.now());
  });

  app.post<KeyRoute>(
    '/v1/keys/:id/rotate',
    { onRequest: guard('admin', isJsonOrNothing, SAYS), config: { audit: 'rotate key' } },
    async (request) => {
      const sent = bodyOf(request).length === 0 ? undefined : jsonOf(request);
      const { value, faults } = checkRotation(sent);
      if (faults !== undefined) throw faultsProblem(400, 'this key is not rotated: see errors', faults);
      const text = newText();
      const now = new Date();
      const entry = await change(keys, request, (old) => rotated(old, text, value.overlapHours, now));
      return { ...keyAnswer(entry, now.getTime()), key: text };
    },
  );

  app.delete<KeyRoute>(
    '/v1/keys/:id',
    { onRequest, config: { audit: 'revoke key' } },
    async (request, reply) => {
      await change(keys, request, (entry) => revoked(entry, new Date()));
      return reply.code(204).send();
    },
  );
}

/** The key in the address. Throws a problem, 404, where there is none that the request's key governs. */
function governed(keys: KeyRing, request: FastifyRequest<KeyRoute>): KeyEntry {
  return governedBy(keyOf(request), keys.bucket.byId(request.params.id)?.entry);
}

function governedBy(key: Key, entry: KeyEntry | undefined): KeyEntry {
  if (entry !== undefined && governs(key, entry)) return entry;
  throw new ProblemError(404, 'there is no such key among those that this one governs');
}

/** Changes the key in the address. */
async function change(
  keys: KeyRing,
  request: FastifyRequest<KeyRoute>,
  make: (entry: KeyEntry) => KeyEntry,
): Promise<KeyEntry> {
  const key = keyOf(request);
  const changed = await reachable(() =>
    keys.bucket.change(request.params.id, (entry) => make(governedBy(key, entry))),
  );
  return governedBy(key, changed);
}

/** Throws a problem, 503, where the bucket cannot be reached, and 409 where it is full. */
async function reachable<Result>(use: () => Promise<Result>): Promise<Result> {
  try {
    return await use();
  } catch (error) {
    if (error instanceof TooManyKeys) throw new ProblemError(409, error.message);
    if (!(error instanceof KeysUnavailable)) throw error;
    throw new ProblemError(503, 'the keys cannot be read or written now: try again later', {
      'retry-after': '1',
    });
  }
}

function isJsonOrNothing(headers: FastifyRequest['headers']): boolean {
  const isEmpty = headers['content-type'] === undefined && headers['transfer-encoding'] === undefined;
  return isJson(headers) || (isEmpty && (headers['content-length'] ?? '0') === '0');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
