/** One request to a service, as a registration system or an administrator sends it. */
const ANSWER_MS = 10_000;

export interface Request {
  method: 'GET' | 'POST' | 'PUT';
  path: string;
  key: string;
  /** Content type of the body. */
  type?: string;
  body?: string;
}

export interface Answer {
  /** 0 where no answer came: then the request may have been taken or not. */
  status: number;
  /** Of the answer, or why none came: 'no answer' in time, or 'no connection'. */
  text: string;
  retryAfter: string | null;
}

/** An answer that says that the request will never be taken. */
export class Refused extends Error {}

/** Sends a request once. @param answerMs how long an answer is waited for */
export async function exchange(url: string, request: Request, answerMs = ANSWER_MS): Promise<Answer> {
  const { method, path, key, type, body } = request;
  try {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, ...(type === undefined ? {} : { 'content-type': type }) },
      ...(body === undefined ? {} : { body }),
      signal: AbortSignal.timeout(answerMs),
    });
    const text = await response.text();
    return { status: response.status, text, retryAfter: response.headers.get('retry-after') };
  } catch (error) {
    const isLate = error instanceof Error && error.name === 'TimeoutError';
    return { status: 0, text: isLate ? 'no answer' : 'no connection', retryAfter: null };
  }
}

/**
 * Sends a request once.
 * @returns the status; 0 where no answer came
 * @throws Refused
 */
export async function post(url: string, request: Request, answerMs = ANSWER_MS): Promise<number> {
  const { status, text } = await exchange(url, request, answerMs);
  if (status >= 400 && status < 429)
    throw new Refused(
      `${request.method} ${request.path} is answered with ${status}: ${text.slice(0, 2_000)}`,
    );
  return status;
}

/** A batch of events. */
export function eventsRequest(key: string, events: readonly unknown[]): Request {
  const type = 'application/cloudevents-batch+json';
  return { method: 'POST', path: '/v1/events', key, type, body: JSON.stringify(events) };
}

/** Settings, a decision: anything that is one JSON document. */
export function jsonRequest(method: 'POST' | 'PUT', path: string, key: string, body: unknown): Request {
  return { method, path, key, type: 'application/json', body: JSON.stringify(body) };
}
