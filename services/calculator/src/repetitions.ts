/**
 * Whether recorded identities are to be expected. Nearly always every event is new, and to look up each identity
 * before it is written would ask the same index twice. Where one turns out to be recorded, the batch is prepared
 * again with what is recorded, and so are the next ones: repetitions come together, as when a source delivers a day
 * again.
 */
const EXPECTED_BATCHES = 32;

/** Batches at the start: the worker before may have ended in the midst of one, with some of its events recorded. */
const START_BATCHES = 4;

export class Repetitions {
  #batches = START_BATCHES;

  get areExpected(): boolean {
    return this.#batches > 0;
  }

  /** So many were found in a batch. */
  found(repetitions: number): void {
    if (repetitions > 0) this.#batches = EXPECTED_BATCHES;
    else if (this.#batches > 0) this.#batches--;
  }
}
