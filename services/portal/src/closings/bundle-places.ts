import { ProblemError } from '@effectstroom/runtime';

/** Bundles that are made at the same time: each holds some 50 bytes a case. */
const BUNDLES_MAX = 2;

/** The places of those who ask for a bundle. */
export class BundlePlaces {
  #taken = 0;

  /** Takes a place. Throws a problem, 503, where none is free. @returns what gives it back; a second time does nothing */
  take(): () => void {
    if (this.#taken >= BUNDLES_MAX)
      throw new ProblemError(503, `${BUNDLES_MAX} bundles are being made already: ask again later`, {
        'retry-after': '10',
      });
    this.#taken++;
    let isTaken = true;
    return () => {
      if (isTaken) this.#taken--;
      isTaken = false;
    };
  }
}
