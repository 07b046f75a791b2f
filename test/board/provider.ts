/** A real provider of OpenID Connect on loopback, where one person can sign in. */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { exportJWK, generateKeyPair } from 'jose';
import Provider from 'oidc-provider';

/** For whom its access tokens are. */
export const AUDIENCE = 'https://effectstroom.example/';

export const CLIENT = { id: 'het-bord', secret: 'the secret of the board in a test' };

const SCOPES = ['openid', 'effectstroom:read', 'effectstroom:detail'];

/** What its tokens say; a test may change it. */
export interface TokenContent {
  organisations: string[];
  /** Seconds that an access token lives. */
  seconds: number;
}

export class TestProvider {
  readonly content: TokenContent = { organisations: ['meerwaarde'], seconds: 600 };
  readonly #port: number;
  #server: Server | undefined;

  constructor(port: number) {
    this.#port = port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Starts; `origin` is that of the board. */
  async start(origin: string): Promise<void> {
    const { privateKey } = await generateKeyPair('ES256', { extractable: true });
    const key = { ...(await exportJWK(privateKey)), alg: 'ES256', use: 'sig', kid: randomUUID() };
    this.#server = createServer(this.#provider(key, origin).callback());
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

  #provider(key: object, origin: string): Provider {
    return new Provider(this.url, {
      jwks: { keys: [key] },
      cookies: { keys: ['a key of a test'] },
      scopes: SCOPES,
      clients: [
        {
          ...{ client_id: CLIENT.id, client_secret: CLIENT.secret, id_token_signed_response_alg: 'ES256' },
          redirect_uris: [`${origin}/inloggen/terug`],
          post_logout_redirect_uris: [`${origin}/inloggen`],
        },
      ],
      ttl: {
        Interaction: 600,
        Session: 600,
        Grant: 600,
        IdToken: 600,
        AuthorizationCode: 60,
        AccessToken: () => this.content.seconds,
      },
      pkce: { required: () => true },
      findAccount: (_context: unknown, id: string) => ({ accountId: id, claims: () => ({ sub: id }) }),
      features: {
        devInteractions: { enabled: true },
        resourceIndicators: {
          enabled: true,
          useGrantedResource: () => true,
          getResourceServerInfo: (_context: unknown, resource: string) => ({
            ...{ audience: resource, scope: SCOPES.join(' '), accessTokenFormat: 'jwt' },
            jwt: { sign: { alg: 'ES256' } },
          }),
        },
      },
      extraTokenClaims: () => ({ effectstroom_organisations: this.content.organisations }),
    });
  }
}
