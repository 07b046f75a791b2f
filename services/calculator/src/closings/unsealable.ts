/** Closings that are remembered; the others would be logged once more. */
const REMEMBERED_MAX = 10_000;

/** The closings that could not be sealed, by their numbers: they let others go first, and are logged once. */
export class Unsealable {
  readonly #numbers = new Set<bigint>();

  /** In the order in which they failed last. */
  numbers(): bigint[] {
    return [...this.#numbers];
  }

  /** @returns whether it is the first time */
  failed(number: bigint): boolean {
    const isFirst = !this.#numbers.delete(number);
    this.#numbers.add(number);
    const [oldest] = this.#numbers;
    if (oldest !== undefined && this.#numbers.size > REMEMBERED_MAX) this.#numbers.delete(oldest);
    return isFirst;
  }

  sealed(number: bigint): void {
    this.#numbers.delete(number);
  }
}
