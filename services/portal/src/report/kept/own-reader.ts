/** The portal as a reader of its own API: figures only, no single cases. */
import { randomBytes } from 'node:crypto';
import { type KeyRing, keyOfGrant, sha256 } from '@effectstroom/runtime';
import type { FastifyInstance } from 'fastify';
import { type BoardApi, boardApi } from '../../board/api.ts';

const OWN_READER = keyOfGrant({
  ...{ id: 'portal', name: 'portal', scopes: ['read'], organisations: ['*'], sources: [] },
});

/** A ring that knows the portal itself, and how the portal asks. */
export interface OwnReader {
  keys: KeyRing;
  ask: (app: FastifyInstance) => BoardApi;
}

/** The text of its key is made anew at every start, and is written nowhere: it never leaves this process. */
export function withOwnReader(keys: KeyRing): OwnReader {
  const bearer = randomBytes(32).toString('base64url');
  const hash = sha256(bearer);
  const find: KeyRing['find'] = (text, isLocal) =>
    sha256(text) === hash ? { key: OWN_READER } : keys.find(text, isLocal);
  const asker = { headers: { authorization: `Bearer ${bearer}` }, raw: { socket: {} } };
  return { keys: { ...keys, find }, ask: (app) => boardApi(app, asker) };
}
