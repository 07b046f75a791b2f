import type { ServerResponse } from 'node:http';
import { LIMITS } from '@effectstroom/contracts';
import { ProblemError } from '@effectstroom/runtime';

/** Most requests, and bytes of their bodies, that are in hand at the same time. */
const MOST_REQUESTS = 1024;
const MOST_BYTES = 64 * 1024 * 1024;

/** What goes on for a request after its connection is gone. */
const work = new WeakMap<ServerResponse, Promise<unknown>>();

/** Keeps a request in hand until this is done too: a client that gave up may be sending the same again. */
export function inHandUntil(response: ServerResponse, done: Promise<unknown>): void {
  work.set(response, done);
}

/** Bounds what is in hand, so that a slow stream makes answers slow and not the memory full. */
export class Admission {
  #requests = 0;
  #bytes = 0;

  /**
   * Lets a request in until its answer is sent, or its connection is gone and its work is done. Throws a
   * problem: 503 where too much is in hand, 400 where the connection is gone already. `contentLength` is the
   * header; without one the largest body is counted.
   */
  admit(contentLength: string | undefined, response: ServerResponse): void {
    // Its 'close' has been: it would count for ever.
    if (response.destroyed) throw new ProblemError(400, 'the connection is gone');
    const bytes = Math.min(Number(contentLength ?? LIMITS.bodyBytes), LIMITS.bodyBytes);
    if (this.#requests >= MOST_REQUESTS || this.#bytes + bytes > MOST_BYTES) {
      throw new ProblemError(503, 'too much is being sent at once: send the same again later', {
        'retry-after': '1',
      });
    }
    this.#requests++;
    this.#bytes += bytes;
    const leave = (): void => {
      this.#requests--;
      this.#bytes -= bytes;
    };
    response.once('close', () => void Promise.resolve(work.get(response)).then(leave, leave));
  }
}
