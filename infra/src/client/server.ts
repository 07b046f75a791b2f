import type { ZodType } from 'zod';
import { ClientFault, codeOf, ServerAway } from './faults.ts';
import { type Patience, patiently } from './patience.ts';
import { refusalOf } from './refusal.ts';

/** A question to the server. */
export interface Question {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Path below the address, its parts encoded. */
  path: string;
  query?: Readonly<Record<string, string | undefined>>;
  body?: { type: string; text: string | Uint8Array<ArrayBuffer> };
  accept?: string;
  /** Whether asking it twice does no harm; by default it does not. */
  isRepeatable?: boolean;
}

const ANSWER_WITHIN_MS = 60_000;
/** Bytes of an answer that is kept in memory; a page of a report is far smaller. */
const MOST_ANSWER_BYTES = 64 * 1024 * 1024;

/** The server, as one command speaks to it. */
export class Server {
  readonly address: string;
  readonly patience: Patience;
  readonly signal: AbortSignal;
  readonly #key: () => string;

  constructor(address: string, key: () => string, patience: Patience, signal: AbortSignal) {
    this.address = address;
    this.patience = patience;
    this.signal = signal;
    this.#key = key;
  }

  /** The same server with other patience, or for another signal. */
  with({
    patience = this.patience,
    signal = this.signal,
  }: {
    patience?: Patience;
    signal?: AbortSignal;
  }): Server {
    return new Server(this.address, this.#key, patience, signal);
  }

  get authorization(): string {
    return `Bearer ${this.#key()}`;
  }

  /** The whole address of a path with its query. */
  urlOf(path: string, query: Question['query'] = {}): URL {
    const url = new URL(`${this.address}${path}`);
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) url.searchParams.set(name, value);
    }
    return url;
  }

  /**
   * Asks, and gives the JSON of the answer as `schema` reads it.
   *
   * @throws {ServerAway | Refused} when patience is at its end
   * @throws {ClientFault} where the answer is not what was expected
   */
  ask<Answer>(question: Question, schema: ZodType<Answer>): Promise<Answer> {
    return this.takeBytes(question, async (bytes) => readAnswer(await textOf(bytes), schema));
  }

  /** Asks what is answered with nothing that matters. Throws as `ask`. */
  do(question: Question): Promise<void> {
    return this.takeBytes(question, async (bytes) => {
      await textOf(bytes);
    });
  }

  /** Asks, and lets `take` take the bytes of the answer; again from the start when it breaks off. */
  takeBytes<Result>(
    question: Question,
    take: (bytes: AsyncIterable<Uint8Array>) => Promise<Result>,
  ): Promise<Result> {
    return this.patiently(question, async () => {
      const response = await this.#send(question);
      const bytes = this.#bytesOf(response);
      if (response.ok) return take(bytes);
      throw refusalOf(response.status, response.headers.get('retry-after'), await textOf(bytes));
    });
  }

  /** Tries a request as often as patience allows and the question permits. */
  patiently<Result>({ isRepeatable = true }: Question, attempt: () => Promise<Result>): Promise<Result> {
    const patience = isRepeatable ? this.patience : onlyWhereNothingWasDone(this.patience);
    return patiently(patience, this.signal, attempt);
  }

  async #send({ method, path, query, body, accept = 'application/json' }: Question): Promise<Response> {
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), ANSWER_WITHIN_MS);
    const headers = { authorization: this.authorization, accept };
    try {
      return await fetch(this.urlOf(path, query), {
        method,
        redirect: 'manual',
        signal: AbortSignal.any([this.signal, late.signal]),
        headers: body === undefined ? headers : { ...headers, 'content-type': body.type },
        ...(body === undefined ? {} : { body: body.text }),
      });
    } catch (error) {
      throw asAway(error, this.signal);
    } finally {
      clearTimeout(timer);
    }
  }

  /** What breaks off on the way is told apart from what goes wrong with who takes it. */
  async *#bytesOf(response: Response): AsyncGenerator<Uint8Array> {
    const reader = response.body?.getReader();
    if (reader === undefined) return;
    try {
      for (;;) {
        const { value } = await reader.read().catch((error: unknown) => {
          throw asAway(error, this.signal);
        });
        if (value === undefined) return;
        yield value;
      }
    } finally {
      await reader.cancel().catch(() => {});
    }
  }
}

/** An answer's text as a schema reads it. Throws `ClientFault` where it is something else. */
export function readAnswer<Answer>(text: string, schema: ZodType<Answer>): Answer {
  const result = schema.safeParse(parsed(text));
  if (result.success) return result.data;
  const place = result.error.issues[0]?.path.join('.') || 'het geheel';
  throw new ClientFault(`De server geeft een antwoord dat deze versie niet begrijpt
(bij ${place}). Wijst EFFECTSTROOM_URL naar ingest, en zijn beide even nieuw?`);
}

/** What a failing request says, as a server that is away; our own end stays what it is. */
export function asAway(error: unknown, signal: AbortSignal): unknown {
  if (signal.aborted) return signal.reason;
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  return new ServerAway(codeOf(cause) || (cause instanceof Error ? cause.name : 'unknown'));
}

/** A request that must not be done twice is repeated only where it surely was not done. */
function onlyWhereNothingWasDone(patience: Patience): Patience {
  return { ...patience, awayMs: 0, busyMs: 0, alsoFor: [] };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function textOf(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of bytes) {
    length += piece.length;
    if (length > MOST_ANSWER_BYTES) throw new ClientFault('De server geeft een veel te lang antwoord.');
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}
