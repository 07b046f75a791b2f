/** Which cells are not shown, so that none of these can be computed from what is. */
import { type Cell, keyOf, projection, type Table } from './cell.ts';
import { CellSet } from './cell-set.ts';
import { riskOf, type SmallNumberLimits } from './risk.ts';

/** The published cells of a coarser table, each with the cells of a finer one that it is the sum of. */
type Families = Map<string, Cell[]>;

/**
 * Suppresses what must not be shown, from coarse to fine; whether a cell is shown depends on the tables of fewer
 * dimensions alone, so it is the same in every question. Cells that are at risk themselves come suppressed.
 *
 * 1. What lies inside a suppressed cell is suppressed.
 * 2. What is suppressed inside a shown cell is known as one sum, being that cell less what is shown of it. That
 *    sum must be of two cells at least, and not at risk; else the next smallest cell (cases, then key) is
 *    suppressed too.
 * @param tables all closed parts of the dimensions asked, fewer dimensions before more; the cells are changed
 */
export function suppress(tables: readonly Table[], limits: SmallNumberLimits): void {
  for (const table of tables) {
    const coarser = tables.filter((one) => one !== table && isPart(one, table));
    inherit(table, coarser);
    // Small families first: what they need hides most of what large ones need.
    const families = coarser.toReversed().map((one) => familiesOf(one, table));
    while (families.map((ones) => complement(ones, limits)).some((hasChanged) => hasChanged));
  }
}

function isPart(one: Table, other: Table): boolean {
  return one.dimensions.every((dimension) => other.dimensions.includes(dimension));
}

function inherit(table: Table, coarser: readonly Table[]): void {
  for (const one of coarser) {
    const project = projection(table.dimensions, one.dimensions);
    for (const cell of table.cells.values()) {
      if (cell.isFree || cell.suppressed !== undefined) continue;
      if (one.cells.get(keyOf(project(cell.values)))?.suppressed !== undefined)
        cell.suppressed = 'complement';
    }
  }
}

function familiesOf(coarse: Table, fine: Table): Families {
  const project = projection(fine.dimensions, coarse.dimensions);
  const families: Families = new Map();
  for (const cell of fine.cells.values()) {
    if (cell.isFree) continue;
    const key = keyOf(project(cell.values));
    if (coarse.cells.get(key)?.suppressed !== undefined) continue;
    const family = families.get(key);
    if (family === undefined) families.set(key, [cell]);
    else family.push(cell);
  }
  return families;
}

/** Hides more in every family where the hidden sum could be told. @returns whether anything was hidden */
function complement(families: Families, limits: SmallNumberLimits): boolean {
  let hasChanged = false;
  for (const family of families.values()) {
    const hidden = new CellSet();
    for (const cell of family) if (cell.suppressed !== undefined) hidden.add(cell);
    if (hidden.size === 0 || isSafe(hidden, limits)) continue;
    const shown = family.filter(({ suppressed }) => suppressed === undefined).sort(bySize);
    for (const cell of shown) {
      cell.suppressed = 'complement';
      hidden.add(cell);
      hasChanged = true;
      if (isSafe(hidden, limits)) break;
    }
  }
  return hasChanged;
}

function isSafe(hidden: CellSet, limits: SmallNumberLimits): boolean {
  return hidden.size > 1 && riskOf(hidden.counts(), limits) === undefined;
}

function bySize({ counts: one, key }: Cell, { counts: other, key: otherKey }: Cell): number {
  if (one.cases !== other.cases) return one.cases < other.cases ? -1 : 1;
  if (one.handled !== other.handled) return one.handled < other.handled ? -1 : 1;
  return key < otherKey ? -1 : 1;
}
