/**
 * A zaaksysteem on loopback: a Zaken API and a Catalogi API, written from their published OpenAPI documents
 * (VNG-Realisatie, Zaken API 1.5/1.6, Catalogi API 1.3). It is a stand-in, not Open Zaak.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { jwtVerify } from 'jose';
import { findType, versionsOf } from './catalogue.ts';
import { Zaken } from './zaken.ts';

/** Answers a request in another way than usual. @returns whether it did */
export type Upset = (request: IncomingMessage, response: ServerResponse) => boolean;

/** Seconds that a token counts after `iat`, as in Open Zaak. */
const TOKEN_AGE = 3600;
const PAGE_SIZE = 3;
const ZAKEN = '/zaken/api/v1/';
const CATALOGI = '/catalogi/api/v1/';

/** Parameters of lists, of those in the OpenAPI documents that a client may need here. */
const PARAMETERS: Readonly<Record<string, readonly string[]>> = {
  zaken: ['page', 'zaaktype', 'identificatie', 'bronorganisatie', 'ordering', 'expand', 'startdatum__gte'],
  zaaktypen: ['page', 'identificatie', 'catalogus', 'status', 'expand', 'datumGeldigheid'],
};

class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string) {
    super(code);
    this.status = status;
    this.code = code;
  }
}

export class Zaaksysteem {
  readonly clientId = 'effectstroom-proef';
  readonly secret = 'een geheim van de proef, zevenentwintig';
  readonly zaken = new Zaken(
    () => this.zakenUrl,
    () => this.catalogiUrl,
  );
  /** What was asked, oldest first: the path with its query. */
  readonly requests: string[] = [];
  /** Another way to answer, for as long as it is set. */
  upset: Upset | undefined;
  readonly #server = createServer((request, response) => void this.#take(request, response));
  #port = 0;

  /** Listens; after a stop on the same port as before. */
  async start(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(this.#port, '127.0.0.1', resolve);
    });
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('the stand-in has no TCP address');
    this.#port = address.port;
  }

  /** Stops at once, also what is being answered. */
  async stop(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = new Promise((resolve) => this.#server.once('close', resolve));
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  get zakenUrl(): string {
    return `http://127.0.0.1:${this.#port}${ZAKEN}`;
  }

  get catalogiUrl(): string {
    return `http://127.0.0.1:${this.#port}${CATALOGI}`;
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.zakenUrl);
    this.requests.push(`${url.pathname}${url.search}`);
    if (this.upset?.(request, response) === true) return;
    try {
      await this.#checkToken(request);
      const body = JSON.stringify(this.#answer(request, url));
      response.writeHead(200, { 'content-type': 'application/json', 'api-version': '1.5.1' }).end(body);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const { status, code } = error;
      const fault = { type: '', code, title: code, status, detail: code, instance: 'urn:uuid:proef' };
      response.writeHead(status, { 'content-type': 'application/problem+json' }).end(JSON.stringify(fault));
    }
  }

  /** A client shows who it is with a JWT that it signed with its secret (HS256). */
  async #checkToken({ headers }: IncomingMessage): Promise<void> {
    const [, token] = /^Bearer (\S+)$/.exec(headers.authorization ?? '') ?? [];
    if (token === undefined) throw new Refusal(403, 'not_authenticated');
    const secret = new TextEncoder().encode(this.secret);
    const checked = await jwtVerify(token, secret, {
      algorithms: ['HS256'],
      issuer: this.clientId,
      requiredClaims: ['iat', 'client_id', 'user_id', 'user_representation'],
      maxTokenAge: TOKEN_AGE,
      clockTolerance: 0,
    }).catch(() => undefined);
    const claims = checked?.payload;
    if (claims === undefined || claims['client_id'] !== this.clientId)
      throw new Refusal(403, 'permission_denied');
    if (typeof claims['user_id'] !== 'string' || typeof claims['user_representation'] !== 'string') {
      throw new Refusal(403, 'permission_denied');
    }
  }

  #answer({ method, headers }: IncomingMessage, { pathname, searchParams }: URL): object {
    if (method !== 'GET') throw new Refusal(405, 'method_not_allowed');
    if (pathname.startsWith(CATALOGI)) return this.#catalogi(pathname.slice(CATALOGI.length), searchParams);
    if (!pathname.startsWith(ZAKEN)) throw new Refusal(404, 'not_found');
    const [resource = '', uuid, below, ...rest] = pathname.slice(ZAKEN.length).split('/');
    if (rest.length > 0) throw new Refusal(404, 'not_found');
    if (resource === 'zaken' && below === undefined && headers['accept-crs'] !== 'EPSG:4326') {
      throw new Refusal(headers['accept-crs'] === undefined ? 412 : 406, 'crs');
    }
    if (uuid === undefined) return this.#list(resource, searchParams);
    const found = this.#find(resource, uuid, below);
    if (found === undefined) throw new Refusal(404, 'not_found');
    return found;
  }

  #find(resource: string, uuid: string, below: string | undefined): object | undefined {
    if (resource === 'zaken' && this.zaken.has(uuid)) {
      if (below === undefined) return this.zaken.zaak(uuid);
      if (below === 'zaakeigenschappen') return this.zaken.properties(uuid);
    }
    if (resource === 'statussen') return this.zaken.status(uuid);
    if (resource === 'resultaten') return this.zaken.result(uuid);
    return undefined;
  }

  #list(resource: string, query: URLSearchParams): object {
    this.#checkParameters(resource, query);
    if (resource !== 'zaken') throw new Refusal(404, 'not_found');
    return pageOf(this.zaken.list(query.get('zaaktype')), `${this.zakenUrl}zaken`, query);
  }

  #catalogi(path: string, query: URLSearchParams): object {
    const [resource = '', uuid] = path.split('/');
    if (uuid === undefined) {
      this.#checkParameters(resource, query);
      const all = versionsOf(this.catalogiUrl, query.get('identificatie') ?? '');
      return pageOf(all, `${this.catalogiUrl}zaaktypen`, query);
    }
    const type = findType(this.catalogiUrl, resource, uuid);
    if (type === undefined) throw new Refusal(404, 'not_found');
    return type;
  }

  /** The APIs refuse parameters that they do not know. */
  #checkParameters(resource: string, query: URLSearchParams): void {
    const known = PARAMETERS[resource] ?? [];
    for (const name of query.keys()) if (!known.includes(name)) throw new Refusal(400, 'unknown-parameters');
  }
}

function pageOf(all: readonly object[], address: string, query: URLSearchParams): object {
  const page = Number(query.get('page') ?? 1);
  const start = (page - 1) * PAGE_SIZE;
  if (!Number.isInteger(page) || page < 1 || (start > 0 && start >= all.length))
    throw new Refusal(404, 'not_found');
  const link = (to: number): string => {
    const changed = new URLSearchParams(query);
    changed.set('page', String(to));
    return `${address}?${changed}`;
  };
  return {
    count: all.length,
    next: start + PAGE_SIZE < all.length ? link(page + 1) : null,
    previous: page > 1 ? link(page - 1) : null,
    results: all.slice(start, start + PAGE_SIZE),
  };
}
