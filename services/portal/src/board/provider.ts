/** A provider of OpenID Connect: the authorization code flow with PKCE, state and nonce. */
import { isLoopback } from '@effectstroom/runtime';
import * as client from 'openid-client';

/** How the board is known at the provider. */
export interface ProviderOptions {
  issuer: string;
  clientId: string;
  /** Undefined for a public client. */
  clientSecret: string | undefined;
  /** Scopes with spaces between them; those of the API are what one may do on the board. */
  scope: string;
  /** For whom the access token must be, where the provider wants that asked (RFC 8707). */
  resource: string | undefined;
  /** The board's own origin, as browsers see it. */
  origin: string;
}

/** What must be remembered between going to the provider and coming back. */
export interface Attempt {
  verifier: string;
  state: string;
  nonce: string;
}

/** What came of it. */
export interface SignedIn {
  accessToken: string;
  idToken: string | undefined;
  /** Seconds that the access token lives; undefined where the provider does not say. */
  seconds: number | undefined;
}

/** Every method but `origins` throws where the provider does not answer, or answers wrongly. */
export interface Provider {
  /** Where the reader signs in, and what to remember. */
  begin(): Promise<{ address: string; attempt: Attempt }>;
  /** @param url with its path and query: where the provider sent the reader back to */
  finish(url: string, attempt: Attempt): Promise<SignedIn>;
  /** Where the reader signs out; undefined where the provider has no such place, or does not answer. */
  signOutAddress(idToken: string): Promise<string | undefined>;
  /** Where signing out leads, as far as is known. */
  origins(): readonly string[];
}

/** Where the provider sends the reader back to. */
export const RETURN_PATH = '/inloggen/terug';

/** Seconds that the provider has for an answer. */
const ANSWER_SECONDS_MAX = 5;

/** A provider, looked up when it is first needed. */
export function createProvider(options: ProviderOptions): Provider {
  const { issuer, clientId, scope, resource, origin } = options;
  let found: Promise<client.Configuration> | undefined;
  let signsOutAt: string | undefined;
  const configuration = (): Promise<client.Configuration> => {
    found ??= discover(options).catch((error: unknown) => {
      found = undefined;
      throw error;
    });
    return found;
  };
  return {
    begin: async () => {
      const attempt = {
        ...{ verifier: client.randomPKCECodeVerifier(), state: client.randomState() },
        nonce: client.randomNonce(),
      };
      const address = client.buildAuthorizationUrl(await configuration(), {
        ...{ redirect_uri: origin + RETURN_PATH, scope, state: attempt.state, nonce: attempt.nonce },
        code_challenge: await client.calculatePKCECodeChallenge(attempt.verifier),
        code_challenge_method: 'S256',
        ...(resource === undefined ? {} : { resource }),
      });
      return { address: address.href, attempt };
    },
    finish: async (url, { verifier, state, nonce }) => {
      const checks = { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce };
      const tokens = await client.authorizationCodeGrant(
        ...([await configuration(), new URL(url, origin), { ...checks, idTokenExpected: true }] as const),
        resource === undefined ? {} : { resource },
      );
      const config = await configuration();
      signsOutAt = config.serverMetadata().end_session_endpoint;
      return { accessToken: tokens.access_token, idToken: tokens.id_token, seconds: tokens.expiresIn() };
    },
    signOutAddress: async (idToken) => {
      const config = await configuration().catch(() => undefined);
      signsOutAt = config?.serverMetadata().end_session_endpoint;
      if (config === undefined || signsOutAt === undefined) return undefined;
      return client.buildEndSessionUrl(config, {
        ...{ client_id: clientId, id_token_hint: idToken, post_logout_redirect_uri: `${origin}/inloggen` },
      }).href;
    },
    origins: () => {
      const places = [issuer, ...(signsOutAt === undefined ? [] : [signsOutAt])];
      return [...new Set(places.map((place) => new URL(place).origin))];
    },
  };
}

async function discover({ issuer, clientId, clientSecret }: ProviderOptions): Promise<client.Configuration> {
  const url = new URL(issuer);
  const isLocal = url.protocol === 'http:' && isLoopback(url.hostname);
  return client.discovery(
    ...([url, clientId, {}] as const),
    clientSecret === undefined ? client.None() : client.ClientSecretBasic(clientSecret),
    { timeout: ANSWER_SECONDS_MAX, ...(isLocal ? { execute: [client.allowInsecureRequests] } : {}) },
  );
}
