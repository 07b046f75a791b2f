import { createLocalJWKSet, createRemoteJWKSet, errors, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import type { Logger } from './log.ts';
import { isLoopback } from './loopback.ts';

/** Thrown where the keys of the issuer cannot be known now. Trying again later is safe. */
export class IssuerUnavailable extends Error {
  constructor() {
    super('the issuer of tokens cannot be reached');
    this.name = 'IssuerUnavailable';
  }
}

/** Milliseconds. */
export interface SigningKeyTimes {
  /** That the issuer may take to answer. */
  answer: number;
  /** Between two times that it is asked because a token names a key that is not known, or because it is away. */
  cooldown: number;
  /** That its keys are used before it is asked again. */
  fresh: number;
  /** That they are used where it is away. */
  stale: number;
}

const MINUTE = 60_000;

/** What is waited and kept where nothing else is said. */
export const SIGNING_KEY_TIMES: SigningKeyTimes = {
  answer: 5000,
  cooldown: 10_000,
  fresh: 10 * MINUTE,
  stale: 24 * 60 * MINUTE,
};

/** Places of the metadata of an issuer: OpenID Connect Discovery 1.0, 4, and RFC 8414, 3. */
function metadataUrls(issuer: string): URL[] {
  const { origin, pathname } = new URL(issuer);
  const path = pathname.replace(/\/$/, '');
  return [
    new URL(`${origin}${path}/.well-known/openid-configuration`),
    new URL(`${origin}/.well-known/oauth-authorization-server${path}`),
  ];
}

const metadataSchema = z.object({ issuer: z.string(), jwks_uri: z.string() });

type RemoteKeys = ReturnType<typeof createRemoteJWKSet>;

/**
 * The public keys with which an issuer signs, found by what a token's header names. Its keys are asked for when
 * the first token comes, when a token names another one, and now and then. While the issuer is away the known
 * ones are used. The key function throws `IssuerUnavailable` where they cannot be known.
 */
export function signingKeys(
  log: Logger,
  { issuer, jwksUrl }: { issuer: string; jwksUrl: string | undefined },
  times: SigningKeyTimes = SIGNING_KEY_TIMES,
): JWTVerifyGetKey {
  let remote: RemoteKeys | undefined;
  let seenAt = Number.NEGATIVE_INFINITY;
  let awayUntil = Number.NEGATIVE_INFINITY;

  const open = async (): Promise<RemoteKeys> => {
    const url = jwksUrl === undefined ? await findJwks(issuer, times.answer) : new URL(jwksUrl);
    return createRemoteJWKSet(url, {
      timeoutDuration: times.answer,
      cooldownDuration: times.cooldown,
      cacheMaxAge: times.fresh,
    });
  };
  const known: JWTVerifyGetKey = async (header, token) => {
    const keys = remote?.jwks();
    if (keys === undefined || performance.now() - seenAt > times.stale) throw new IssuerUnavailable();
    try {
      return await createLocalJWKSet(keys)(header, token);
    } catch (error) {
      // It may be a new key of an issuer that cannot be asked now.
      if (error instanceof errors.JWKSNoMatchingKey) throw new IssuerUnavailable();
      throw error;
    }
  };
  return async (header, token) => {
    if (performance.now() < awayUntil) return known(header, token);
    try {
      remote ??= await open();
      const key = await remote(header, token);
      if (remote.fresh) seenAt = performance.now();
      return key;
    } catch (error) {
      if (isAboutToken(error)) throw error;
      awayUntil = performance.now() + times.cooldown;
      log.warn({ reason: String(error) }, 'the issuer of tokens cannot be reached: its known keys count');
      return known(header, token);
    }
  };
}

function isAboutToken(error: unknown): boolean {
  return (
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys ||
    error instanceof errors.JOSENotSupported
  );
}

async function findJwks(issuer: string, timeout: number): Promise<URL> {
  let reason: unknown;
  for (const url of metadataUrls(issuer)) {
    try {
      const answer = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(timeout) });
      const metadata = metadataSchema.parse(await answer.json());
      if (metadata.issuer !== issuer) throw new Error('the metadata is of another issuer');
      const jwks = new URL(metadata.jwks_uri);
      if (!isSafeUrl(jwks)) throw new Error('the keys of the issuer are not behind https');
      return jwks;
    } catch (error) {
      reason = error;
    }
  }
  throw reason;
}

/** Whether what an address answers can be trusted: https, or this machine itself. */
export function isSafeUrl({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
}
