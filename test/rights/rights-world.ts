/** The whole pipeline with keys of every kind, and something of one organisation at every address. */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { becomesTrue } from '@effectstroom/infra';
import { Pipeline } from '../harness/pipeline.ts';
import { PRICE_LIST, registered } from '../ingest/sent-events.ts';
import { AUDIENCE, Issuer } from './issuer.ts';
import { KEY_KINDS, type KeyKind, OWN_PROGRAMME } from './rights-table.ts';

/** Everything at an address of the table is of this organisation and source. */
const OWN = { organisation: 'meerwaarde', source: 'urn:nld:kvknr:41224547:systeem:test' };
const OTHER = { organisation: 'ander', source: 'urn:nld:kvknr:1:systeem:test' };

const MAPPING = {
  ...{ name: 'Hulpvragen', municipality: 'GM0394', ...OWN, rows: 'case' },
  case: { caseId: { column: 'nummer' }, date: { column: 'datum' }, theme: { constant: '3' } },
};
const ZAAK = {
  caseId: { column: 'identificatie' },
  ...{ date: { column: 'startdatum' }, theme: { constant: '3' } },
};
const TABLE = 'nummer;datum\nc-1;2021-03-17\n';

/** What the addresses and bodies of the table are made of. */
export interface Things {
  keyId: string;
  importId: string;
  erasureId: string;
}

export class RightsWorld {
  readonly pipeline = new Pipeline();
  readonly #issuer = new Issuer([
    { id: 'registration', organisations: [OWN.organisation], sources: [OWN.source] },
  ]);
  readonly #texts = new Map<KeyKind, string | undefined>();
  things: Things = { keyId: '', importId: '', erasureId: '' };

  async start(): Promise<void> {
    await this.#issuer.start();
    const access = {
      ...{ OAUTH_ISSUER: this.#issuer.url, OAUTH_AUDIENCE: AUDIENCE },
      ...{ UNKNOWN_KEYS_PER_MINUTE: '100000', LOG_LEVEL: 'debug' },
    };
    const { folder } = this.pipeline;
    const ingest = this.pipeline.service(
      'ingest',
      { ...access, DATA_FOLDER: join(folder, 'data'), ZAKEN_FILE: this.#zakenFile() },
      'ingest',
    );
    const portal = this.pipeline.service('portal', access, 'portal');
    await this.pipeline.start([this.pipeline.calculator, ingest, portal]);
    this.#urls = { ingest: () => ingest.running.url, portal: () => portal.running.url };
    await this.#makeThings();
    await this.#makeKeys();
  }

  #urls = { ingest: () => '', portal: () => '' };

  async end(): Promise<void> {
    await this.#issuer.stop();
    await this.pipeline.end();
  }

  url(service: 'ingest' | 'portal'): string {
    return this.#urls[service]();
  }

  /** The text of a key of a kind; undefined where there is none to send. */
  key(kind: KeyKind): string | undefined {
    return this.#texts.get(kind);
  }

  /** Method and pattern of every route of the code, as the service wrote them in its log. */
  routesOf(service: 'ingest' | 'portal'): string[] {
    const lines = readFileSync(join(this.pipeline.folder, service, `${service}.log`), 'utf8').split('\n');
    const line = lines.find((one) => one.includes('"msg":"routes"'));
    if (line === undefined) throw new Error(`${service} did not write its routes`);
    return JSON.parse(line).routes;
  }

  async ask(
    service: 'ingest' | 'portal',
    request: { method: string; path: string; type?: string | undefined; body?: unknown },
    text: string | undefined,
  ): Promise<Response> {
    const { method, path, type = 'application/json', body } = request;
    const headers = {
      ...(text !== undefined && { authorization: `Bearer ${text}` }),
      ...(body !== undefined && { 'content-type': type }),
    };
    const sent = typeof body === 'string' || body === undefined ? body : JSON.stringify(body);
    return fetch(this.url(service) + path, {
      ...{ method, headers, redirect: 'manual', ...(sent !== undefined && { body: sent }) },
    });
  }

  async #made(method: string, path: string, body: unknown, type?: string): Promise<string> {
    const answer = await this.ask('ingest', { method, path, type, body }, 'local-admin');
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer.text();
  }

  async #makeThings(): Promise<void> {
    await this.#made('PUT', '/v1/programmes/GM0394/meerwaarde/main', OWN_PROGRAMME);
    await this.#made('PUT', '/v1/price-lists/lijst', PRICE_LIST);
    await this.#made('PUT', '/v1/deliveries/meerwaarde', { sources: [] });
    await this.#made('PUT', '/v1/report-texts/GM0394/meerwaarde/main', { themes: [] });
    await this.#made('PUT', '/v1/mappings/hulpvragen', MAPPING);
    await this.#made('POST', '/v1/events', registered(), 'application/cloudevents+json');
    const made = await this.#made('POST', '/v1/imports?mapping=hulpvragen&full=true', TABLE, 'text/csv');
    const importId: string = JSON.parse(made).id;
    const isDone = async () => {
      const answer = await this.ask(
        'ingest',
        { method: 'GET', path: `/v1/imports/${importId}` },
        'local-admin',
      );
      return (await answer.text()).includes('"state":"done"');
    };
    if (!(await becomesTrue(isDone, 30_000))) throw new Error('the import was not done');
    const keyId = (await this.#makeKey({ scopes: ['ingest'] })).id;
    const erasure = { organisation: 'meerwaarde', caseId: 'erased-before' };
    const erasureId = JSON.parse(await this.#made('POST', '/v1/erasures', erasure)).id;
    this.things = { keyId, importId, erasureId };
    await this.#made('PUT', '/v1/closings/meerwaarde/2021', {});
    const isSettled = async () => {
      const answer = await this.ask('portal', { method: 'GET', path: '/v1/status' }, 'local-read');
      return answer.ok && (await answer.text()).includes('"pending":0');
    };
    await this.pipeline.until(isSettled, 'everything is in the totals');
    const isSealed = async () => {
      const answer = await this.ask('portal', { method: 'GET', path: '/v1/closings' }, 'local-read');
      return answer.ok && !(await answer.text()).includes('"sealedAt":null');
    };
    await this.pipeline.until(isSealed, 'the period is closed');
  }

  async #makeKey(rights: object): Promise<{ id: string; key: string }> {
    const { organisation, source } = OWN;
    const own = { name: 'key', scopes: ['ingest'], organisations: [organisation], sources: [source] };
    return JSON.parse(await this.#made('POST', '/v1/keys', { ...own, ...rights }));
  }

  async #makeKeys(): Promise<void> {
    const text = async (rights: object) => (await this.#makeKey(rights)).key;
    const other = { organisations: [OTHER.organisation], sources: [OTHER.source] };
    const all = { organisations: ['*'], sources: ['*'] };
    const expiresAt = new Date(Date.now() + 500).toISOString();
    const revoked = await this.#makeKey({ scopes: ['admin'] });
    await this.ask('ingest', { method: 'DELETE', path: `/v1/keys/${revoked.id}` }, 'local-admin');
    const limited = await text({ scopes: ['admin'], requestsPerMinute: 1 });
    const scope = 'effectstroom:ingest';
    const texts: Record<KeyKind, string | undefined> = {
      none: undefined,
      unknown: `efs_${'x'.repeat(43)}`,
      expired: await text({ scopes: ['admin'], expiresAt }),
      revoked: revoked.key,
      'too often': limited,
      'ingest own': await text({}),
      'ingest other': await text(other),
      'ingest other source': await text({ sources: other.sources }),
      'read own': await text({ scopes: ['read'] }),
      'detail own': await text({ scopes: ['read', 'detail'] }),
      'read other': await text({ scopes: ['read'], ...other }),
      'admin own': await text({ scopes: ['admin'] }),
      'admin other': await text({ scopes: ['admin'], ...other }),
      'admin all': await text({ scopes: ['admin'], ...all }),
      'local-ingest': 'local-ingest',
      'local-admin': 'local-admin',
      'local-read': 'local-read',
      'token ingest own': await this.#issuer.token('registration', scope),
      'token of others': await this.#issuer.token('registration', scope, 'https://elsewhere.example/'),
    };
    for (const kind of KEY_KINDS) this.#texts.set(kind, texts[kind]);
    await this.#exhaust(limited);
    await this.#untilExpired(texts.expired);
  }

  /** Uses up what a key may ask of either service; a minute is longer than the table takes. */
  async #exhaust(text: string): Promise<void> {
    for (const [service, path] of [
      ['ingest', '/v1/keys'],
      ['portal', '/v1/status'],
    ] as const) {
      const isLimited = async () => (await this.ask(service, { method: 'GET', path }, text)).status === 429;
      if (!(await becomesTrue(isLimited, 5_000))) throw new Error('the key is not limited');
    }
  }

  async #untilExpired(text: string | undefined): Promise<void> {
    for (const [service, path] of [
      ['ingest', '/v1/keys'],
      ['portal', '/v1/status'],
    ] as const) {
      const isExpired = async () => (await this.ask(service, { method: 'GET', path }, text)).status === 401;
      if (!(await becomesTrue(isExpired, 5_000))) throw new Error('the key has not expired');
    }
  }

  /** A zaaksysteem that is not there: the route for its notifications is. */
  #zakenFile(): string {
    const file = join(this.pipeline.folder, 'zaken.json');
    writeFileSync(join(this.pipeline.folder, 'zgw-secret'), 'a secret of tests');
    const connection = {
      ...{ code: 'proef', mapping: { ...MAPPING, case: ZAAK }, zakenUrl: 'http://127.0.0.1:9/zaken/' },
      ...{ clientId: 'test', secretFile: 'zgw-secret' },
      authorization: createHash('sha256').update('Bearer of the subscription').digest('hex'),
    };
    writeFileSync(file, JSON.stringify({ connections: [connection] }));
    return file;
  }
}
