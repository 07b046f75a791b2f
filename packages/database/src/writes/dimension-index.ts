/** Groups by their dimensions, found without putting the dimensions together in a text. */

/** A dimension of a group; absent differs from empty. */
type Value = string | number | boolean | bigint | undefined;

/** By the first of some dimensions: what is found by the rest of them. */
type Level<Group> = Map<Value, Level<Group> | Group>;

/** Where a group stands, or would. */
interface Place<Group> {
  level: Level<Group>;
  last: Value;
  found: Group | undefined;
}

export class DimensionIndex<Group extends object> {
  readonly #top: Level<Group> = new Map();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Every question must have the same dimensions, in the same order. */
  place(dimensions: readonly Value[]): Place<Group> {
    let level = this.#top;
    const end = dimensions.length - 1;
    for (let at = 0; at < end; at++) {
      const value = dimensions[at];
      let next = level.get(value) as Level<Group> | undefined; // a group only stands behind the last dimension
      if (next === undefined) {
        next = new Map();
        level.set(value, next);
      }
      level = next;
    }
    const last = dimensions[end];
    return { level, last, found: level.get(last) as Group | undefined };
  }

  put({ level, last }: Place<Group>, group: Group): void {
    level.set(last, group);
    this.#size++;
  }

  clear(): void {
    this.#top.clear();
    this.#size = 0;
  }
}
