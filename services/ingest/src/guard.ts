import { type KeyRing, ProblemError, requireScope, type Scope } from '@effectstroom/runtime';
import type { FastifyRequest, onRequestAsyncHookHandler } from 'fastify';
import { Admission } from './admission.ts';

/** Hooks of a route that takes a body: who may send it and what it may be, judged before it is read. */
export type Guard = (
  scope: Scope,
  isTaken: (headers: FastifyRequest['headers']) => boolean,
  says: string,
) => onRequestAsyncHookHandler[];

/** Guards for the routes of one server. `says` tells which content types are taken. */
export function createGuard(keys: KeyRing): Guard {
  const admission = new Admission();
  return (scope, isTaken, says) => [
    requireScope(keys, scope),
    async (request, reply) => {
      if (!isTaken(request.headers)) throw new ProblemError(415, says);
      admission.admit(request.headers['content-length'], reply.raw);
    },
  ];
}
