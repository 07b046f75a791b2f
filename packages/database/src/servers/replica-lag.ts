/** How far a replica is behind, as one who asks both servers can tell. Pure: moments are given. */

/** Moments of the primary that are remembered: a quarter of an hour of looks. */
const SAMPLES_MAX = 1_000;

interface Sample {
  at: number;
  position: bigint;
}

/**
 * An upper bound of how far a replica is behind its primary: the time since a moment at which the replica
 * is known to hold all that the primary had. It grows by itself while either of them cannot be asked.
 * Positions are bytes of write-ahead log; moments are milliseconds of one clock of ours, so that the
 * servers' clocks do not matter.
 */
export class ReplicaLag {
  readonly #samples: Sample[] = [];
  /** What the replica had at its last two looks, by the moments of its answers. */
  #had: readonly Sample[] = [];
  #isAhead = false;
  #evenAt: number | undefined;

  /** The primary was at this position at some moment after `at`. */
  primarySeen(at: number, position: bigint): void {
    const before = this.#had.findLast((one) => one.at <= at);
    if (before !== undefined) this.#isAhead = before.position > position;
    if (this.#samples.length < SAMPLES_MAX) this.#samples.push({ at, position });
  }

  /**
   * The replica has replayed up to a position.
   * @param sinceMs milliseconds since the last commit that it replayed, by the servers' clocks: used
   * where the primary was never heard; undefined where it replayed none
   * @param answeredAt by then it was there; `at` is before that
   */
  replicaSeen(at: number, position: bigint, sinceMs: number | undefined, answeredAt = at): void {
    this.#had = [...this.#had.slice(-1), { at: answeredAt, position }];
    while (this.#samples[0] !== undefined && this.#samples[0].position <= position)
      this.#evenAt = this.#samples.shift()?.at;
    if (this.#evenAt === undefined && sinceMs !== undefined) this.#evenAt = at - Math.max(0, sinceMs);
  }

  /** It had what the primary has not written yet: it follows another one, or the primary was put back. */
  get isAhead(): boolean {
    return this.#isAhead;
  }

  /** Milliseconds that the replica is behind at most; undefined where nothing is known. */
  behindMs(now: number): number | undefined {
    return this.#evenAt === undefined ? undefined : Math.max(0, now - this.#evenAt);
  }
}
