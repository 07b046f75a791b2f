import type { FoundFile } from './find-files.ts';

interface Sighting {
  bytes: number;
  changedAt: number;
  /** Since when it looks so, on the clock of `look`. */
  since: number;
}

/**
 * Tells complete files from those that are still coming in: complete is what has kept its size and time for
 * a while, or where markers are used, what has one. Goes by what was seen, not by another computer's clock.
 */
export class Sightings {
  readonly #settleMs: number;
  readonly #needsMarker: boolean;
  #seen = new Map<string, Sighting>();

  constructor(settleMs: number, needsMarker: boolean) {
    this.#settleMs = settleMs;
    this.#needsMarker = needsMarker;
  }

  /** Of the files as they are now, those that are complete, the oldest first. `now` is in milliseconds. */
  look(found: readonly FoundFile[], now: number): FoundFile[] {
    const seen = new Map<string, Sighting>();
    const complete = found.filter(({ name, bytes, changedAt, marker }) => {
      const before = this.#seen.get(name);
      const isSame = before !== undefined && before.bytes === bytes && before.changedAt === changedAt;
      const since = isSame ? before.since : now;
      seen.set(name, { bytes, changedAt, since });
      return this.#needsMarker ? marker !== undefined : now - since >= this.#settleMs;
    });
    this.#seen = seen;
    return complete.sort((a, b) => a.changedAt - b.changedAt || (a.name < b.name ? -1 : 1));
  }
}
