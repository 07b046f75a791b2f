/** What the clients met, over the whole run. */
export class Counts {
  /** Requests and events that were answered with 202. */
  accepted = { requests: 0, events: 0 };
  /** Attempts that ended otherwise, by status; `none` where no answer came. */
  readonly failed = new Map<string, number>();
  /** Events of requests that a client gave up on. */
  givenUp = 0;
  /** Events that were accepted before and sent once more. */
  repeated = 0;
  #last = performance.now();
  #longest = 0;

  /** @param status 0 where no answer came */
  attempt(status: number, events: number): void {
    if (status !== 202) {
      const name = status === 0 ? 'none' : String(status);
      this.failed.set(name, (this.failed.get(name) ?? 0) + 1);
      return;
    }
    this.accepted.requests++;
    this.accepted.events += events;
    const now = performance.now();
    this.#longest = Math.max(this.#longest, now - this.#last);
    this.#last = now;
  }

  /** The longest time in which nobody got a 202, in milliseconds. */
  get longestWithout(): number {
    return this.#longest;
  }
}
