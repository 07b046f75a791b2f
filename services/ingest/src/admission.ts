import type { ServerResponse } from 'node:http';
import { LIMITS } from '@effectstroom/contracts';
import { ProblemError } from '@effectstroom/runtime';

/** Most requests, and bytes of their bodies, that are in hand at the same time. */
const MOST_REQUESTS = 1024;
const MOST_BYTES = 64 * 1024 * 1024;

/** Bounds what is in hand, so that a slow stream makes answers slow and not the memory full. */
export class Admission {
  #requests = 0;
  #bytes = 0;

  /**
   * Lets a request in until its answer is sent or its connection is gone. Throws a problem, 503, where too
   * much is in hand. `contentLength` is the header; without one the largest body is counted.
   */
  admit(contentLength: string | undefined, response: ServerResponse): void {
    const bytes = Math.min(Number(contentLength ?? LIMITS.bodyBytes), LIMITS.bodyBytes);
    if (this.#requests >= MOST_REQUESTS || this.#bytes + bytes > MOST_BYTES) {
      throw new ProblemError(503, 'too much is being sent at once: send the same again later', {
        'retry-after': '1',
      });
    }
    this.#requests++;
    this.#bytes += bytes;
    response.once('close', () => {
      this.#requests--;
      this.#bytes -= bytes;
    });
  }
}
