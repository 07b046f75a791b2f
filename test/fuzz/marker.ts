/** Texts that tell, wherever they turn up, from which input they came. */

/** Stands in made-up inputs where the marker of the input comes. */
export const PLACE = 'MARKER';

const PATTERN = /zq[0-9a-z]{8}qz/gi;

/** Every input has a marker of its own, also when it is tried again to make it smaller. */
export class Markers {
  readonly accepted = new Set<string>();
  readonly refused = new Set<string>();
  #last = 0;

  next(): string {
    this.#last++;
    return `zq${this.#last.toString(36).padStart(8, '0')}qz`;
  }

  /** Keeps what became of an input: only what was accepted may be found anywhere. */
  keep(marker: string, isAccepted: boolean): void {
    (isAccepted ? this.accepted : this.refused).add(marker);
  }
}

/** The markers in a text. */
export function markersIn(text: string): string[] {
  return [...text.matchAll(PATTERN)].map(([marker]) => marker.toLowerCase());
}

/** A value with the marker in all its strings that have a place for it. Names of members have none. */
export function marked<Value>(value: Value, marker: string): Value {
  return JSON.parse(JSON.stringify(value).replaceAll(PLACE, marker));
}
