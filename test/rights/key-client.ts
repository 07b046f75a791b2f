/** What the tests of rights ask of ingest's keys. */
import type { Answer, IngestStack } from '../ingest/ingest-stack.ts';

/** A key as answers show it; `key` is its text, where it was just made. */
export interface MadeKey {
  id: string;
  key: string;
  name: string;
  state: string;
  expiresAt: string | null;
  overlapsUntil: string | null;
  lastUsedOn: string | null;
  createdBy: string;
}

/** Rights of a key that sends for one organisation. */
export const INGEST_KEY = {
  name: 'registration',
  scopes: ['ingest'],
  organisations: ['meerwaarde'],
  sources: ['urn:nld:kvknr:41224547:*'],
};

/** Asks for something under `/v1`, with a key, and a body as JSON where there is one. */
export function askWith(
  stack: IngestStack,
  key: string,
  method: string,
  path: string,
  body?: unknown,
): Promise<Answer> {
  const authorization = `Bearer ${key}`;
  if (body === undefined) return stack.ask(path, { method, headers: { authorization } });
  return stack.send(method, path, body, { authorization, 'content-type': 'application/json' });
}

/** Makes a key, with the key of the local stack unless another is named. */
export async function makeKey(stack: IngestStack, rights: unknown, by = 'local-admin'): Promise<MadeKey> {
  const answer = await askWith(stack, by, 'POST', '/v1/keys', rights);
  if (answer.status !== 201) throw new Error(`no key was made: ${answer.status} ${answer.text}`);
  return JSON.parse(answer.text);
}
