/** The portal's own API, as the board asks it: in this process, with the rights of who is signed in. */
import { ProblemError } from '@effectstroom/runtime';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** What a question is asked with; what is undefined is left out. */
export type ApiQuery = Readonly<Record<string, string | undefined>>;

/** An answer that is a file: a table, a report. */
export interface ApiFile {
  /** Its media type. */
  type: string;
  /** As `Content-Disposition` has it; undefined where the API names none. */
  disposition: string | undefined;
  body: Buffer;
}

/**
 * Asks the API. Every method throws `ProblemError` with the status, detail and extensions of the API where it
 * answers with a problem.
 */
export interface BoardApi {
  get<T>(path: string, query?: ApiQuery): Promise<T>;
  post<T>(path: string, body: object): Promise<T>;
  /** The answer in another media type, as text/csv. */
  file(path: string, query: ApiQuery, accept: string): Promise<ApiFile>;
}

/** Headers that say who asks, and from where: keys of the local stack open nothing through a proxy. */
const PASSED = ['authorization', 'x-forwarded-for', 'forwarded'] as const;

/** Which headers of an answer that is a problem are told on. */
const TOLD = ['retry-after'] as const;

interface Asked {
  method: 'GET' | 'POST';
  url: string;
  headers?: Readonly<Record<string, string>>;
  body?: object;
}

/** Who asks: a request, or the portal itself. */
export interface Asker {
  headers: FastifyRequest['headers'];
  raw: { socket: { remoteAddress?: string | undefined } };
}

/** The API of `app` for who sent `request`, whose `Authorization` holds the reader's bearer. */
export function boardApi(app: FastifyInstance, request: Asker): BoardApi {
  const ask = async ({ method, url, headers, body }: Asked) => {
    const answer = await app.inject({
      ...{ method, url },
      ...(body === undefined ? {} : { payload: body }),
      headers: { ...passedHeaders(request), ...headers },
      remoteAddress: request.raw.socket.remoteAddress ?? 'unknown',
    });
    if (answer.statusCode < 200 || answer.statusCode > 299)
      throw problemOf(answer.statusCode, answer.headers, answer.body);
    return answer;
  };
  return {
    get: async <T>(path: string, query: ApiQuery = {}) =>
      (await ask({ method: 'GET', url: addressOf(path, query) })).json<T>(),
    post: async <T>(path: string, body: object) => (await ask({ method: 'POST', url: path, body })).json<T>(),
    file: async (path, query, accept) => {
      const answer = await ask({ method: 'GET', url: addressOf(path, query), headers: { accept } });
      return {
        type: String(answer.headers['content-type'] ?? 'application/octet-stream'),
        disposition: answer.headers['content-disposition']?.toString(),
        body: answer.rawPayload,
      };
    },
  };
}

/** A path with its query: what is undefined or empty is left out. */
export function addressOf(path: string, query: ApiQuery): string {
  const given = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value !== undefined && value !== '') given.set(name, value);
  return given.size === 0 ? path : `${path}?${given}`;
}

function passedHeaders({ headers }: Asker): Record<string, string> {
  const passed: Record<string, string> = { accept: 'application/json' };
  for (const name of PASSED) {
    const value = headers[name];
    if (value !== undefined) passed[name] = String(value);
  }
  return passed;
}

function problemOf(status: number, headers: Readonly<Record<string, unknown>>, body: string): ProblemError {
  const { type: _type, title: _title, status: _status, detail, ...extensions } = readProblem(body);
  const told = TOLD.filter((name) => headers[name] !== undefined).map((name) => [
    name,
    String(headers[name]),
  ]);
  return new ProblemError(
    status,
    typeof detail === 'string' ? detail : 'the question could not be answered',
    Object.fromEntries(told),
    extensions,
  );
}

function readProblem(body: string): Record<string, unknown> {
  try {
    const read: unknown = JSON.parse(body);
    return typeof read === 'object' && read !== null ? { ...read } : {};
  } catch {
    return {};
  }
}
