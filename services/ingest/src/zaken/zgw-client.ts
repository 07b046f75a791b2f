import type { z } from 'zod';
import { type Connection, readSecret } from './connection.ts';
import { ZgwFault } from './zgw-fault.ts';
import { zgwToken } from './zgw-token.ts';

/** Bytes of an answer: a page of a hundred zaken takes a tenth of it. */
const MOST_BYTES = 4 * 1024 * 1024;
/** Milliseconds that a zaaksysteem can ask us to wait at most. */
const LONGEST_WAIT = 60 * 60 * 1000;

/** The system of coordinates. None are read, but the Zaken API refuses a request that does not name it. */
const CRS = { 'accept-crs': 'EPSG:4326', 'content-crs': 'EPSG:4326' };

/**
 * Reads from one zaaksysteem: only under the two addresses of the configuration, without following redirects,
 * in limited bytes and time. All methods throw `ZgwFault`.
 */
export class ZgwClient {
  readonly #connection: Connection;
  readonly #stopped: AbortSignal;

  constructor(connection: Connection, stopped: AbortSignal) {
    this.#connection = connection;
    this.#stopped = stopped;
  }

  /** A resource of the Zaken API. `path` is made by us, never taken from what was sent. */
  zaken<Schema extends z.ZodType>(path: string, schema: Schema): Promise<z.infer<Schema>> {
    return this.#read(`${this.#connection.zakenUrl}${path}`, CRS, schema);
  }

  /** A resource of the Catalogi API, likewise. */
  catalogi<Schema extends z.ZodType>(path: string, schema: Schema): Promise<z.infer<Schema>> {
    const { catalogiUrl } = this.#connection;
    if (catalogiUrl === undefined) throw new ZgwFault('foreign-url');
    return this.#read(`${catalogiUrl}${path}`, {}, schema);
  }

  async #read<Schema extends z.ZodType>(
    url: string,
    headers: Record<string, string>,
    schema: Schema,
  ): Promise<z.infer<Schema>> {
    const authorization = `Bearer ${await this.#token()}`;
    const deadline = AbortSignal.timeout(this.#connection.timeout);
    let text: string;
    try {
      const answer = await fetch(url, {
        headers: { accept: 'application/json', authorization, ...headers },
        redirect: 'manual',
        signal: AbortSignal.any([this.#stopped, deadline]),
      });
      if (answer.status !== 200) {
        await answer.body?.cancel();
        throw faultOf(answer);
      }
      text = await textOf(answer);
    } catch (error) {
      if (error instanceof ZgwFault) throw error;
      // The message of a failed request may repeat its address.
      throw new ZgwFault(deadline.aborted ? 'timeout' : 'unreachable');
    }
    return parse(text, schema);
  }

  /** Reads the secret every time: one that was renewed counts at once. */
  async #token(): Promise<string> {
    const { clientId, secretFile } = this.#connection;
    try {
      return await zgwToken(clientId, readSecret(secretFile));
    } catch {
      throw new ZgwFault('secret');
    }
  }
}

function parse<Schema extends z.ZodType>(text: string, schema: Schema): z.infer<Schema> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ZgwFault('malformed');
  }
  const checked = schema.safeParse(value);
  if (!checked.success) throw new ZgwFault('malformed');
  return checked.data;
}

async function textOf(answer: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of answer.body ?? []) {
    bytes += chunk.length;
    // Leaving the loop closes the connection.
    if (bytes > MOST_BYTES) throw new ZgwFault('too-large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function faultOf({ status, headers }: Response): ZgwFault {
  if (status === 404 || status === 410) return new ZgwFault('not-found');
  if (status === 401 || status === 403) return new ZgwFault('unauthorised');
  if (status === 429 || status === 503) {
    const seconds = Number(headers.get('retry-after') ?? Number.NaN);
    const wait = Number.isFinite(seconds) ? Math.min(seconds * 1000, LONGEST_WAIT) : undefined;
    return new ZgwFault(status === 429 ? 'throttled' : 'server-error', wait);
  }
  if (status >= 500) return new ZgwFault('server-error');
  if (status >= 300 && status < 400) return new ZgwFault('redirect');
  return new ZgwFault('unexpected-status');
}
