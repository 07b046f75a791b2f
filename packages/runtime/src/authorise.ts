import type { FastifyRequest, onRequestAsyncHookHandler } from 'fastify';
import { originOf, routeOf } from './audit.ts';
import type { KeyRing, Unusable } from './key-ring.ts';
import type { Key, Scope } from './keys.ts';
import { isLoopback } from './loopback.ts';
import { ProblemError } from './problem.ts';
import { networkOf } from './rate-limit.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The key that `requireScope` found. */
    key: Key | null;
    /** Id of the key whose text was sent, though it opens nothing any more. */
    formerKey: string | null;
    /** Whether the refusal of this request was written to the log of acts. */
    isRefusalAudited: boolean;
  }
}

/** Longest text that is looked at: a token with its claims. */
const BEARER = /^Bearer +([\x21-\x7e]{1,8192})$/i;

/** A hook that lets only keys with `scope` pass, before the body is read; `keyOf` then gives the key. */
export function requireScope(keys: KeyRing, scope: Scope): onRequestAsyncHookHandler {
  return async (request) => {
    request.key = await authorise(keys, request, scope);
  };
}

/** The key of a request that passed `requireScope`. */
export function keyOf(request: FastifyRequest): Key {
  if (request.key === null) throw new Error('a route reads its key without requireScope');
  return request.key;
}

/**
 * The key of a request with `scope`. Throws a problem: 401 where the key is missing or opens nothing, 403 where
 * it has not this scope, 429 where it asks too often, 503 where nobody can tell yet. The keys of the local stack
 * only work straight from this machine, not through a proxy.
 */
async function authorise(keys: KeyRing, request: FastifyRequest, scope: Scope): Promise<Key> {
  const text = BEARER.exec(request.headers.authorization ?? '')?.[1];
  if (text === undefined) {
    refuse(keys, request, 'no key');
    throw new ProblemError(401, 'send a key: Authorization: Bearer <key>', {
      'www-authenticate': 'Bearer realm="effectstroom"',
    });
  }
  const found = await keys.find(text, isDirectlyLocal(request));
  if (found.unusable !== undefined) throw unusable(keys, request, found.unusable);
  const { key } = found;
  request.key = key;
  const wait = key.requestsPerMinute === undefined ? 0 : keys.rates.keys.take(key.id, key.requestsPerMinute);
  if (wait > 0) {
    refuse(keys, request, 'too many requests');
    throw new ProblemError(429, `this key may send ${key.requestsPerMinute} requests a minute: wait`, {
      'retry-after': String(wait),
    });
  }
  if (!key.hasScope(scope)) {
    refuse(keys, request, `no right to ${scope}`);
    throw new ProblemError(403, `this key has no right to ${scope}`);
  }
  return key;
}

const UNUSABLE: Readonly<Record<Exclude<Unusable['why'], 'cannot-tell'>, string>> = {
  unknown: 'this key is not known',
  'invalid-token': 'this token is not valid here: ask its issuer for a new one',
  replaced: 'this key was rotated and its older text works no more: use the newer one',
  expired: 'this key has expired: ask for a new one',
  revoked: 'this key has been revoked: ask for a new one',
};

function unusable(keys: KeyRing, request: FastifyRequest, { why, id }: Unusable): ProblemError {
  if (why === 'cannot-tell') {
    return new ProblemError(503, 'keys cannot be judged now: send the same again later', {
      'retry-after': '1',
    });
  }
  request.formerKey = id ?? null;
  // Only what is not a key waits: who guesses must not shut out a neighbour that has one.
  const wait = keys.rates.unknown.take(networkOf(addressOf(request)), keys.rates.unknownPerMinute);
  refuse(keys, request, wait > 0 ? 'too many unknown keys' : `${why} key`);
  if (wait > 0) {
    const detail = 'too many keys that are not known came from this address: wait';
    return new ProblemError(429, detail, { 'retry-after': String(wait) });
  }
  return new ProblemError(401, UNUSABLE[why], {
    'www-authenticate': 'Bearer realm="effectstroom", error="invalid_token"',
  });
}

function refuse(keys: KeyRing, request: FastifyRequest, reason: string): void {
  request.isRefusalAudited = true;
  keys.refused.write(addressOf(request), {
    action: request.key === null ? 'authenticate' : 'authorise',
    object: routeOf(request),
    result: `refused: ${reason}`,
    origin: originOf(request),
    actor: request.key?.id ?? request.formerKey ?? 'unknown',
  });
}

/** The address at the other end of the connection: what is behind a proxy is not known for sure. */
export function addressOf(request: FastifyRequest): string {
  return request.raw.socket.remoteAddress ?? 'unknown';
}

function isDirectlyLocal(request: FastifyRequest): boolean {
  const { headers, socket } = request.raw;
  if (headers['x-forwarded-for'] !== undefined || headers['forwarded'] !== undefined) return false;
  // A page of elsewhere whose name was made to lead here asks for that name.
  if (!isLoopback(request.hostname)) return false;
  return socket.remoteAddress !== undefined && isLoopback(socket.remoteAddress);
}
