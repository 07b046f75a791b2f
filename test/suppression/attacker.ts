/**
 * Somebody who has two answers and wants what is hidden: linear algebra over what the answers show. The unknowns
 * are the joint groups that the listed rows leave possible; every figure shown is a sum of these.
 */
import type { Dimension } from '@effectstroom/contracts';

/** An answer as its reader sees it: which rows there are, and of which the figures are shown. */
export interface Answer {
  groupBy: readonly Dimension[];
  filters: Partial<Record<Dimension, string>>;
  /** Those of the period; undefined is every month. */
  months?: readonly string[];
  rows: { values: readonly (string | null)[]; isShown: boolean }[];
  isTotalShown: boolean;
  /** Whether a group without a row may exist all the same. */
  isPartial: boolean;
}

export type Values = Partial<Record<Dimension, string | null>>;

/** Large enough that a sum of zeros and ones is divisible by it only by rare chance. */
const PRIME = 2_147_483_647n;

/** Which sums of unknowns can be computed from two answers. */
export class Attacker {
  readonly #unknowns: Values[];
  readonly #basis: { pivot: number; row: bigint[] }[] = [];

  /** @param possible every combination of values that may exist, in all dimensions of both answers */
  constructor(answers: readonly Answer[], possible: readonly Values[]) {
    this.#unknowns = possible.filter((values) => answers.every((answer) => isListed(answer, values)));
    for (const answer of answers) {
      if (answer.isTotalShown) this.#learn((values) => isInside(answer, values));
      for (const row of answer.rows)
        if (row.isShown)
          this.#learn((values) => isInside(answer, values) && isOfRow(answer, row.values, values));
    }
  }

  /** Whether the sum of all that is inside can be computed. */
  knows(isInside: (values: Values) => boolean): boolean {
    const rest = this.#reduced(this.#unknowns.map((values) => (isInside(values) ? 1n : 0n)));
    return rest.every((value) => value === 0n);
  }

  #learn(isInside: (values: Values) => boolean): void {
    const row = this.#reduced(this.#unknowns.map((values) => (isInside(values) ? 1n : 0n)));
    const pivot = row.findIndex((value) => value !== 0n);
    if (pivot === -1) return;
    const factor = inverse(row[pivot] ?? 1n);
    this.#basis.push({ pivot, row: row.map((value) => (value * factor) % PRIME) });
  }

  #reduced(row: bigint[]): bigint[] {
    let rest = row;
    for (const { pivot, row: known } of this.#basis) {
      const factor = rest[pivot] ?? 0n;
      if (factor === 0n) continue;
      rest = rest.map((value, place) => (value + (PRIME - factor) * (known[place] ?? 0n)) % PRIME);
    }
    return rest;
  }
}

function isInside({ filters, months }: Answer, values: Values): boolean {
  if (months !== undefined && !months.includes(values.month ?? '')) return false;
  return Object.entries(filters).every(([name, wanted]) => values[name as Dimension] === wanted);
}

function isOfRow({ groupBy }: Answer, row: readonly (string | null)[], values: Values): boolean {
  return groupBy.every((dimension, place) => values[dimension] === row[place]);
}

/** A group inside the filters has its row in the answer: without one there is no such case. */
function isListed(answer: Answer, values: Values): boolean {
  if (answer.groupBy.length === 0 || answer.isPartial || !isInside(answer, values)) return true;
  return answer.rows.some((row) => isOfRow(answer, row.values, values));
}

/** By Fermat's little theorem. */
function inverse(value: bigint): bigint {
  let [result, base] = [1n, value];
  for (let exponent = PRIME - 2n; exponent > 0n; exponent /= 2n) {
    if (exponent % 2n === 1n) result = (result * base) % PRIME;
    base = (base * base) % PRIME;
  }
  return result;
}
