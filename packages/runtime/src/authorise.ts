import { BlockList, isIP } from 'node:net';
import type { FastifyRequest, onRequestAsyncHookHandler } from 'fastify';
import type { Key, KeyRing, Scope } from './keys.ts';
import { ProblemError } from './problem.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The key that `requireScope` found. */
    key: Key | null;
  }
}

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** Whether an address, or the name `localhost`, is this machine itself. */
export function isLoopback(host: string): boolean {
  if (host === 'localhost') return true;
  const version = isIP(host);
  return version !== 0 && loopback.check(host, version === 4 ? 'ipv4' : 'ipv6');
}

/** A hook that lets only keys with `scope` pass, before the body is read; `keyOf` then gives the key. */
export function requireScope(keys: KeyRing, scope: Scope): onRequestAsyncHookHandler {
  return async (request) => {
    request.key = authorise(keys, request, scope);
  };
}

/** The key of a request that passed `requireScope`. */
export function keyOf(request: FastifyRequest): Key {
  if (request.key === null) throw new Error('a route reads its key without requireScope');
  return request.key;
}

/**
 * The key of a request with `scope`. Throws a problem: 401 where the key is missing or unknown, 403 where it
 * has not this scope. The keys of the local stack only work straight from this machine, not through a proxy.
 */
export function authorise(keys: KeyRing, request: FastifyRequest, scope: Scope): Key {
  const [, text] = /^Bearer +([\x21-\x7e]{1,512})$/i.exec(request.headers.authorization ?? '') ?? [];
  if (text === undefined) {
    throw new ProblemError(401, 'send a key: Authorization: Bearer <key>', {
      'www-authenticate': 'Bearer realm="effectstroom"',
    });
  }
  const key = keys.find(text, isDirectlyLocal(request));
  if (key === undefined) {
    throw new ProblemError(401, 'this key is not known', {
      'www-authenticate': 'Bearer realm="effectstroom", error="invalid_token"',
    });
  }
  if (!key.hasScope(scope)) throw new ProblemError(403, `this key has no right to ${scope}`);
  return key;
}

function isDirectlyLocal(request: FastifyRequest): boolean {
  const { headers, socket } = request.raw;
  if (headers['x-forwarded-for'] !== undefined || headers['forwarded'] !== undefined) return false;
  return socket.remoteAddress !== undefined && isLoopback(socket.remoteAddress);
}
