import { setTimeout as sleep } from 'node:timers/promises';
import { StartFault } from './start-fault.ts';

export type ServiceRequest = {
  method: 'GET' | 'POST' | 'PUT';
  url: string;
  key: string;
  /** With its content type. */
  body?: { type: string; text: string };
  signal: AbortSignal;
};

/** A part that ended is back within seconds; sending again is always safe. */
const AGAIN_WITHIN_MS = 60_000;
const AGAIN_AFTER_MS = 500;
const ANSWER_WITHIN_MS = 30_000;

/**
 * Sends a request to a service of the local stack, again while it is away or asks for patience, and gives its
 * answer.
 *
 * @throws {StartFault} when it refuses, or stays away
 */
export async function request({ method, url, key, body, signal }: ServiceRequest): Promise<unknown> {
  const deadline = performance.now() + AGAIN_WITHIN_MS;
  for (;;) {
    const { status, text } = await send();
    if (status >= 200 && status < 300) return text === '' ? undefined : JSON.parse(text);
    const patience = status === 0 || status === 409 || status === 429 || status >= 500;
    if (!patience || performance.now() > deadline) {
      throw new StartFault(`${method} ${url} antwoordt met ${status || 'niets'}: ${text.slice(0, 2_000)}`);
    }
    await sleep(AGAIN_AFTER_MS, undefined, { signal });
  }

  async function send(): Promise<{ status: number; text: string }> {
    try {
      const response = await fetch(url, {
        method,
        headers: {
          authorization: `Bearer ${key}`,
          ...(body === undefined ? {} : { 'content-type': body.type }),
        },
        ...(body === undefined ? {} : { body: body.text }),
        signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_WITHIN_MS)]),
      });
      return { status: response.status, text: await response.text() };
    } catch (error) {
      signal.throwIfAborted();
      return { status: 0, text: error instanceof Error ? error.message : String(error) };
    }
  }
}
