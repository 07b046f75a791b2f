import { ProblemError } from './problem.ts';

/** What only so many may do at the same time. */
export class Places {
  readonly #most: number;
  readonly #what: string;
  #taken = 0;

  /** `what` is said to who comes too many, as `files come in`. */
  constructor(most: number, what: string) {
    this.#most = most;
    this.#what = what;
  }

  /** Does the work. Throws a problem, 503, where too many do already. */
  async in<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#taken >= this.#most) throw busy(`${this.#most} ${this.#what} already`);
    this.#taken++;
    try {
      return await work();
    } finally {
      this.#taken--;
    }
  }
}

/** A problem, 503, that says why the same must be sent again later. */
export function busy(why: string): ProblemError {
  return new ProblemError(503, `${why}: send the same again later`, { 'retry-after': '5' });
}
