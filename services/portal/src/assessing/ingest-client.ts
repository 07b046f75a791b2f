/**
 * Sends to ingest what somebody writes here, with the key of who writes it: nothing is stored past ingest.
 */
import { ProblemError } from '@effectstroom/runtime';

/** Milliseconds that ingest may take: longer than it waits itself for its acknowledgement. */
const ANSWER_MS_MAX = 10_000;

/** Thrown where ingest surely did not take what was sent. */
export class NotTaken extends ProblemError {}

/** Causes of a request that did not reach anybody. */
const NOT_REACHED: ReadonlySet<unknown> = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH']);

/** What is sent. */
export interface ToIngest {
  method: 'POST' | 'PUT';
  /** As `/v1/events`. */
  path: string;
  contentType: string;
  body: object;
  /** The `Authorization` of who writes. */
  authorization: string | undefined;
}

/**
 * Sends something to ingest. Throws a problem: that of ingest with its faults, 501 where nobody said
 * where ingest is, 503 where it does not answer; `NotTaken` where nothing can have come of it.
 * @param url of ingest; undefined where it was not configured
 */
export async function sendToIngest(url: string | undefined, sent: ToIngest): Promise<void> {
  if (url === undefined) throw new NotTaken(501, 'this portal cannot send: set INGEST_URL to that of ingest');
  const answer = await answerOf(url, sent);
  if (answer.ok) {
    await answer.body?.cancel();
    return;
  }
  const { detail, errors } = await problemIn(answer);
  const later = answer.headers.get('retry-after');
  // An answer of 5xx can come after it was stored.
  const Thrown = answer.status < 500 ? NotTaken : ProblemError;
  throw new Thrown(
    answer.status,
    typeof detail === 'string' ? detail : 'ingest does not take this',
    later === null ? {} : { 'retry-after': later },
    Array.isArray(errors) ? { errors } : {},
  );
}

async function answerOf(url: string, { method, path, contentType, body, authorization }: ToIngest) {
  const headers = {
    'content-type': contentType,
    ...(authorization === undefined ? {} : { authorization }),
  };
  try {
    return await fetch(new URL(path, url), {
      ...{ method, headers, body: JSON.stringify(body), redirect: 'error' },
      signal: AbortSignal.timeout(ANSWER_MS_MAX),
    });
  } catch (error) {
    const Thrown = NOT_REACHED.has(causeOf(error)) ? NotTaken : ProblemError;
    throw new Thrown(503, 'ingest does not answer now: send the same again later', {
      'retry-after': '2',
    });
  }
}

function causeOf(error: unknown): unknown {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && 'code' in cause ? cause.code : undefined;
}

async function problemIn(answer: Response): Promise<{ detail?: unknown; errors?: unknown }> {
  try {
    const problem: unknown = await answer.json();
    return typeof problem === 'object' && problem !== null ? problem : {};
  } catch {
    return {};
  }
}
