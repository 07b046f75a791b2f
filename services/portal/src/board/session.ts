/** Who is signed in: a cookie that holds a bearer, sealed so that only this portal can read it. */
import { createHash, randomBytes } from 'node:crypto';
import { isLoopback } from '@effectstroom/runtime';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { EncryptJWT, jwtDecrypt } from 'jose';
import { z } from 'zod';

/** How long a session with a key lasts, in seconds: a working day. */
export const SESSION_SECONDS = 10 * 60 * 60;

/** Characters of a cookie: browsers keep no more. */
const COOKIE_LENGTH_MAX = 3_900;

const NAMES = { session: 'bord', id: 'bord-id', attempt: 'bord-inloggen' } as const;

/** What a cookie is for: a session, what the provider knows it by, or an attempt to sign in. */
export type CookieKind = keyof typeof NAMES;

/** Where a cookie is sent: what is only needed to sign in or out goes nowhere else. */
const PATHS: Readonly<Record<CookieKind, string>> = { session: '/', id: '/uitloggen', attempt: '/inloggen' };

/** A neighbour in the same domain can make no cookie of the name of ours where it is for this host alone. */
const PREFIXES: Readonly<Record<CookieKind, string>> = {
  session: '__Host-',
  id: '__Secure-',
  attempt: '__Secure-',
};

/** Thrown where what must be kept does not fit in a cookie. */
export class CookieTooLarge extends Error {}

/** Sealed cookies of the board. */
export interface Sessions {
  /** Gives a request the bearer of its session, unless it brings one itself. */
  authorise(request: FastifyRequest): Promise<void>;
  /** Whether a request brings a cookie of a session, whatever it is worth. */
  has(request: FastifyRequest): boolean;
  /** Keeps a text for so many seconds. Throws `CookieTooLarge`. */
  keep(reply: FastifyReply, kind: CookieKind, text: string, seconds: number): Promise<void>;
  /** What was kept; undefined where nothing was, it is over, or it was not sealed here. */
  read(request: FastifyRequest, kind: CookieKind): Promise<string | undefined>;
  forget(reply: FastifyReply, kind: CookieKind): void;
}

/**
 * Sessions sealed with a secret.
 * @param secret at least 32 characters, the same for all portals; undefined makes one, until this one ends
 * @param origin the board's own as browsers see it; undefined where it is what they ask for
 */
export function createSessions(secret: string | undefined, origin: string | undefined): Sessions {
  const key = createHash('sha256')
    .update(secret ?? randomBytes(32))
    .digest();
  const nameOf = (request: FastifyRequest, kind: CookieKind): string =>
    isSecure(request, origin) ? `${PREFIXES[kind]}${NAMES[kind]}` : NAMES[kind];
  const optionsOf = (request: FastifyRequest, kind: CookieKind) => {
    const secure = isSecure(request, origin);
    return { path: PATHS[kind], httpOnly: true, sameSite: 'lax', secure } as const;
  };
  const read = async (request: FastifyRequest, kind: CookieKind): Promise<string | undefined> => {
    const sealed = request.cookies[nameOf(request, kind)];
    return sealed === undefined ? undefined : unseal(key, kind, sealed);
  };
  return {
    read,
    authorise: async (request) => {
      if (request.headers.authorization !== undefined) return;
      const bearer = await read(request, 'session');
      if (bearer !== undefined) request.headers.authorization = `Bearer ${bearer}`;
    },
    has: (request) => request.cookies[nameOf(request, 'session')] !== undefined,
    keep: async (reply, kind, text, seconds) => {
      const { request } = reply;
      const sealed = await seal(key, kind, text, seconds);
      if (sealed.length > COOKIE_LENGTH_MAX) throw new CookieTooLarge(`${kind} does not fit in a cookie`);
      reply.setCookie(nameOf(request, kind), sealed, { ...optionsOf(request, kind), maxAge: seconds });
    },
    forget: (reply, kind) => {
      reply.clearCookie(nameOf(reply.request, kind), optionsOf(reply.request, kind));
    },
  };
}

/** Whether cookies go over TLS only: everywhere except to this machine itself. */
export function isSecure(request: FastifyRequest, origin: string | undefined): boolean {
  if (origin !== undefined) return origin.startsWith('https:');
  return !isLoopback(request.hostname);
}

const sealedSchema = z.object({ text: z.string() });

async function seal(key: Uint8Array, kind: CookieKind, text: string, seconds: number): Promise<string> {
  return new EncryptJWT({ text })
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
    .setAudience(kind)
    .setExpirationTime(Math.floor(Date.now() / 1000) + seconds)
    .encrypt(key);
}

async function unseal(key: Uint8Array, kind: CookieKind, sealed: string): Promise<string | undefined> {
  const options = {
    audience: kind,
    keyManagementAlgorithms: ['dir'],
    contentEncryptionAlgorithms: ['A256GCM'],
    requiredClaims: ['exp'],
  };
  try {
    const { payload } = await jwtDecrypt(sealed, key, options);
    return sealedSchema.parse(payload).text;
  } catch {
    return undefined;
  }
}
