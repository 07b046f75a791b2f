/** Whether a table may list its suppressed cells: which there are tells more than their names. */
import { type Cell, keyOf, projection, type Table } from './cell.ts';

/** A larger table takes too long to find out: it does not list them. */
const HIDDEN_MAX = 400;

/** Products of two remainders are exact in a double. It divides no sum of zeros and ones but by rare chance. */
const PRIME = 67_108_859;

/**
 * Where a group nearly equals another – a team that works on one theme, but for two cases – both may be shown,
 * and the difference is known to whoever knows that the one lies in the other. Somebody who knows which cells of
 * the finest table exist can take together everything that all the tables show. Where that tells a cell at risk,
 * the finest table must not say which suppressed cells it has.
 * @param tables judged, of all closed parts of some dimensions; the finest last
 * @param isAtRisk whether a cell must stay unknown
 */
export function mayListSuppressed(tables: readonly Table[], isAtRisk: (cell: Cell) => boolean): boolean {
  const finest = tables.at(-1);
  if (finest === undefined) return true;
  const hidden = [...finest.cells.values()].filter(({ suppressed }) => suppressed !== undefined);
  if (hidden.length === 0) return true;
  if (hidden.length > HIDDEN_MAX) return false;
  const known: number[][] = [];
  const wanted: number[][] = [];
  for (const table of tables) {
    const project = projection(finest.dimensions, table.dimensions);
    const inside = Map.groupBy(hidden.keys(), (place) => keyOf(project(hidden[place]?.values ?? [])));
    for (const [key, places] of inside) {
      const cell = table.cells.get(key);
      if (cell === undefined) continue;
      if (cell.suppressed === undefined) known.push(places);
      else if (isAtRisk(cell)) wanted.push(places);
    }
  }
  const system = new KnownSums(hidden.length);
  for (const places of known) system.learn(places);
  return !wanted.some((places) => system.tells(places));
}

/** Sums of unknowns that are known, and what follows from these: Gaussian elimination modulo a prime. */
class KnownSums {
  readonly #unknowns: number;
  readonly #rows: { pivot: number; row: Float64Array }[] = [];

  constructor(unknowns: number) {
    this.#unknowns = unknowns;
  }

  /** The sum of the unknowns in these places is known. */
  learn(places: readonly number[]): void {
    const row = this.#rest(places);
    const pivot = row.findIndex((value) => value !== 0);
    if (pivot === -1) return;
    const factor = inverse(row[pivot] ?? 1);
    this.#rows.push({ pivot, row: row.map((value) => (value * factor) % PRIME) });
  }

  /** Whether the sum of the unknowns in these places follows from what is known. */
  tells(places: readonly number[]): boolean {
    return this.#rest(places).every((value) => value === 0);
  }

  #rest(places: readonly number[]): Float64Array {
    const rest = new Float64Array(this.#unknowns);
    for (const place of places) rest[place] = 1;
    for (const { pivot, row } of this.#rows) {
      const factor = rest[pivot] ?? 0;
      if (factor === 0) continue;
      for (let place = pivot; place < rest.length; place += 1)
        rest[place] = ((rest[place] ?? 0) + (PRIME - factor) * (row[place] ?? 0)) % PRIME;
    }
    return rest;
  }
}

/** By Fermat's little theorem. */
function inverse(value: number): number {
  let [result, base] = [1, value];
  for (let exponent = PRIME - 2; exponent > 0; exponent = Math.floor(exponent / 2)) {
    if (exponent % 2 === 1) result = (result * base) % PRIME;
    base = (base * base) % PRIME;
  }
  return result;
}
