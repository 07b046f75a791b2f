import type { Random } from '../scenarios/random.ts';

/**
 * Draws for millions of things: each place in a list has its own, whatever was drawn for the others.
 * Repeatable; not for statistics. Source: mulberry32 (Tommy Ettinger, public domain), started at a murmur3
 * mix of seed and place.
 */
export class QuickRandom implements Random {
  readonly #seed: number;
  #state = 0;

  constructor(seed: number) {
    this.#seed = seed;
  }

  /** From here on the draws are those of this place. */
  at(place: number): this {
    let mixed = Math.imul(place ^ Math.imul(this.#seed + 1, 0x9e3779b1), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    this.#state = mixed ^ (mixed >>> 16);
    return this;
  }

  /** A number from 0 up to and excluding 1. */
  share(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  below(below: number): number {
    return Math.floor(this.share() * below);
  }

  pick<T>(list: readonly T[]): T {
    const member = list[this.below(list.length)];
    if (member === undefined) throw new Error('cannot pick from an empty list');
    return member;
  }
}
