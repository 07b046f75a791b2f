/** Where the lines of a closing are, by their hashes: 50 bytes a case, because a closing can hold very many. */

/** Bytes of a SHA-256. */
const HASH_BYTES = 32;
/** Bytes of a hash that are compared as one number; so many fit in a double. */
const PREFIX_BYTES = 6;

/** A line by its hash: of an event that is recorded, or what was kept of a case that was erased. */
export type LinePlace = { number: bigint; line?: undefined } | { line: string };

/** Lines in the order of their hashes, once all were added. */
export class ClosingPlaces {
  readonly #hashes: Buffer;
  /** Of the event; −1 − the place in `#kept` where the case was erased. */
  readonly #numbers: BigInt64Array;
  readonly #order: Uint32Array;
  readonly #kept: string[] = [];
  #size = 0;

  /** @param size how many lines there will be */
  constructor(size: number) {
    this.#hashes = Buffer.alloc(size * HASH_BYTES);
    this.#numbers = new BigInt64Array(size);
    this.#order = Uint32Array.from({ length: size }, (_, place) => place);
  }

  get size(): number {
    return this.#size;
  }

  /** @param hash SHA-256 of the line, in hexadecimal. @throws RangeError where there are more than was said */
  add(hash: string, place: LinePlace): void {
    if (this.#size >= this.#numbers.length) throw new RangeError(`More than ${this.#size} lines`);
    this.#hashes.write(hash, this.#size * HASH_BYTES, 'hex');
    this.#numbers[this.#size] = place.line === undefined ? place.number : BigInt(-this.#kept.length - 1);
    if (place.line !== undefined) this.#kept.push(place.line);
    this.#size++;
  }

  /** Puts the lines in the order of their hashes. To be called once, when all are in. */
  sort(): void {
    const hashes = this.#hashes;
    const prefixes = Float64Array.from(this.#order, (place) =>
      hashes.readUIntBE(place * HASH_BYTES, PREFIX_BYTES),
    );
    this.#order.sort((one, other) => {
      const apart = (prefixes[one] ?? 0) - (prefixes[other] ?? 0);
      if (apart !== 0) return apart;
      const [from, to] = [other * HASH_BYTES, (other + 1) * HASH_BYTES];
      return hashes.compare(hashes, from, to, one * HASH_BYTES, (one + 1) * HASH_BYTES);
    });
  }

  /** The hashes in order, in hexadecimal. */
  *hashes(): Generator<string> {
    for (const place of this.#order)
      yield this.#hashes.toString('hex', place * HASH_BYTES, (place + 1) * HASH_BYTES);
  }

  /** Lines in order, from one place to before another. */
  slice(from: number, to: number): LinePlace[] {
    return [...this.#order.subarray(from, to)].map((place) => {
      const number = this.#numbers[place] ?? 0n;
      return number < 0n ? { line: this.#kept[Number(-number) - 1] ?? '' } : { number };
    });
  }
}
