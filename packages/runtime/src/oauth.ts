import { REQUESTS_PER_MINUTE, SCOPES } from '@effectstroom/contracts';
import { jwtVerify } from 'jose';
import { z } from 'zod';
import { type Key, keyOfGrant } from './keys.ts';
import type { Logger } from './log.ts';
import { IssuerUnavailable, type SigningKeyTimes, signingKeys } from './signing-keys.ts';

/** Whose tokens are taken. */
export interface OAuthOptions {
  issuer: string;
  audience: string;
  /** Where its keys are; found in the issuer's metadata where left out. */
  jwksUrl?: string | undefined;
}

/** The key that a token stands for; undefined where it is not valid here, and `away` where nobody can say. */
export type VerifyToken = (token: string) => Promise<Key | 'away' | undefined>;

/** Signatures only: a shared secret would let whoever checks tokens make them too. */
const ALGORITHMS = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
];
/** Seconds. */
const CLOCK_TOLERANCE = 30;
const LONGEST_LIFE = 24 * 60 * 60;

const names = z.array(z.string().min(1).max(512)).max(200).catch([]);
const claimsSchema = z.object({
  sub: z.string().regex(/^[\x21-\x7e]{1,200}$/),
  exp: z.number(),
  scope: z.union([z.string(), z.array(z.string()).transform((scopes) => scopes.join(' '))]).catch(''),
  effectstroom_organisations: names,
  effectstroom_sources: names,
});

/** Whether a text has the form of a JWT, which no key of ours has. */
export function isToken(text: string): boolean {
  return /^eyJ[\w-]+\.[\w-]+\.[\w-]+$/.test(text);
}

/**
 * Checks access tokens of the OAuth 2.0 client credentials grant (RFC 6749, 4.4; RFC 9068): signature, issuer,
 * audience and expiry, at most a day ahead. `scope` gives the scopes as `effectstroom:ingest`; the claims
 * `effectstroom_organisations` and `effectstroom_sources` give what they are for, and nothing where absent.
 */
export function tokenVerifier(
  log: Logger,
  { issuer, audience, jwksUrl }: OAuthOptions,
  times?: SigningKeyTimes,
): VerifyToken {
  const keys = signingKeys(log, { issuer, jwksUrl }, times);
  const options = {
    ...{ issuer, audience, algorithms: ALGORITHMS },
    ...{ requiredClaims: ['exp', 'sub'], clockTolerance: CLOCK_TOLERANCE },
  };
  return async (token) => {
    try {
      const { payload } = await jwtVerify(token, keys, options);
      return keyOfClaims(payload);
    } catch (error) {
      return error instanceof IssuerUnavailable ? 'away' : undefined;
    }
  };
}

function keyOfClaims(payload: unknown): Key | undefined {
  const claims = claimsSchema.safeParse(payload).data;
  if (claims === undefined) return undefined;
  if (claims.exp - Date.now() / 1000 > LONGEST_LIFE + CLOCK_TOLERANCE) return undefined;
  const given = new Set(claims.scope.split(' '));
  return keyOfGrant({
    id: `oauth:${claims.sub}`,
    name: claims.sub,
    scopes: SCOPES.filter((scope) => given.has(`effectstroom:${scope}`)),
    organisations: claims.effectstroom_organisations,
    sources: claims.effectstroom_sources,
    requestsPerMinute: REQUESTS_PER_MINUTE,
  });
}
