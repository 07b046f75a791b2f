/** A real OAuth 2.0 authorization server on loopback that gives clients access tokens as JWTs. */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { freePort } from '@effectstroom/infra';
import { type CryptoKey, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import Provider from 'oidc-provider';

/** The audience of the tokens that are asked for. */
export const AUDIENCE = 'https://effectstroom.example/';

const SCOPES = ['effectstroom:ingest', 'effectstroom:read', 'effectstroom:admin'];
const SECRET = 'the secret of a client in a test';

/** A client of the server, and what its tokens say that it is for. */
export interface Client {
  id: string;
  organisations?: string[];
  sources?: string[];
  /** Seconds that a token lives. */
  seconds?: number;
}

export class Issuer {
  readonly #clients: readonly Client[];
  #server: Server | undefined;
  #listener: RequestListener | undefined;
  #key: { privateKey: CryptoKey; alg: string; kid: string } | undefined;
  #port = 0;

  constructor(clients: readonly Client[]) {
    this.#clients = clients;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Starts, or starts again at the same address, with a new key to sign with unless `keys` are given. */
  async start(): Promise<void> {
    if (this.#port === 0) this.#port = await freePort();
    if (this.#listener === undefined) await this.roll();
    this.#server = createServer((request, response) => this.#listener?.(request, response));
    this.#server.listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  async stop(): Promise<void> {
    if (this.#server === undefined || !this.#server.listening) return;
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  /** Signs with another key from now on; the one before is no longer published. */
  async roll(alg: 'ES256' | 'RS256' | 'Ed25519' = 'ES256'): Promise<void> {
    const { privateKey } = await generateKeyPair(alg, { extractable: true });
    const kid = randomUUID();
    const key = { ...(await exportJWK(privateKey)), alg, use: 'sig', kid };
    this.#key = { privateKey, alg, kid };
    this.#listener = this.#provider(key, alg).callback();
  }

  /** An access token of a client, for an audience and scopes. */
  async token(client: string, scope: string, resource = AUDIENCE): Promise<string> {
    const body = new URLSearchParams({
      ...{ grant_type: 'client_credentials', client_id: client, client_secret: SECRET, scope, resource },
    });
    const answer = await fetch(`${this.url}/token`, { method: 'POST', body });
    if (!answer.ok) throw new Error(`the issuer gave no token: ${answer.status} ${await answer.text()}`);
    return String(Object(await answer.json()).access_token);
  }

  /** A token with these claims, signed as the server signs. */
  sign(claims: JWTPayload): Promise<string> {
    if (this.#key === undefined) throw new Error('the issuer was not started');
    const { privateKey, alg, kid } = this.#key;
    return new SignJWT(claims).setProtectedHeader({ alg, kid }).sign(privateKey);
  }

  #provider(key: object, alg: string): Provider {
    const byId = new Map(this.#clients.map((client) => [client.id, client]));
    return new Provider(this.url, {
      jwks: { keys: [key] },
      scopes: SCOPES,
      clients: this.#clients.map(({ id }) => ({
        ...{ client_id: id, client_secret: SECRET, token_endpoint_auth_method: 'client_secret_post' },
        ...{ grant_types: ['client_credentials'], response_types: [], redirect_uris: [] },
        id_token_signed_response_alg: alg,
      })),
      features: {
        clientCredentials: { enabled: true },
        devInteractions: { enabled: false },
        resourceIndicators: {
          enabled: true,
          getResourceServerInfo: (
            _context: unknown,
            resource: string,
            { clientId }: { clientId: string },
          ) => ({
            ...{ audience: resource, scope: SCOPES.join(' '), accessTokenFormat: 'jwt' },
            ...{ accessTokenTTL: byId.get(clientId)?.seconds ?? 600, jwt: { sign: { alg } } },
          }),
        },
      },
      extraTokenClaims: (_context: unknown, { clientId }: { clientId: string }) => {
        const { organisations, sources } = byId.get(clientId) ?? {};
        return {
          ...(organisations && { effectstroom_organisations: organisations }),
          ...(sources && { effectstroom_sources: sources }),
        };
      },
    });
  }
}
