/** From what the database counts to the tables of a lattice. */
import type { Dimension, View } from '@effectstroom/contracts';
import { type Cell, keyOf, projection, type Table } from './cell.ts';
import { CellSet } from './cell-set.ts';
import { dividingDimensions, partsOf } from './lattice.ts';
import { type CellCounts, riskOf, type SmallNumberLimits } from './risk.ts';
import { suppress } from './suppress.ts';

/** Counts of one group. */
export interface CountedGroup {
  /** By place in the dimensions; null also where it is not told. */
  values: readonly (string | null)[];
  /** The dividing dimensions that are told: a case counts once, whatever else it is divided by. */
  divided: readonly Dimension[];
  counts: CellCounts;
}

/**
 * The tables of all closed parts of some dimensions, with what must not be shown suppressed.
 * @param groups of one municipality, told for every closed part of the dividing dimensions
 */
export function judgedTables(
  dimensions: readonly Dimension[],
  view: View,
  groups: readonly CountedGroup[],
  limits: SmallNumberLimits,
): Table[] {
  const byDivision = Map.groupBy(groups, ({ divided }) => divided.join());
  const tables = partsOf(dimensions).map((part) => {
    const dividing = dividingDimensions(part, view);
    const table = tableOf(dimensions, part, dividing, byDivision.get(dividing.join()) ?? []);
    for (const cell of table.cells.values()) cell.suppressed = riskOf(cell.counts, limits);
    return table;
  });
  suppress(tables, limits);
  return tables;
}

function tableOf(
  dimensions: readonly Dimension[],
  part: readonly Dimension[],
  dividing: readonly Dimension[],
  groups: readonly CountedGroup[],
): Table {
  const toPart = projection(dimensions, part);
  const toCase = projection(
    part,
    part.filter((dimension) => !dividing.includes(dimension)),
  );
  const cells = new Map<string, Cell>();
  for (const { values, counts } of groups) {
    const own = toPart(values);
    const key = keyOf(own);
    const cell = cells.get(key);
    if (cell === undefined)
      cells.set(key, {
        ...{ key, values: own, caseKey: keyOf(toCase(own)), counts: { ...counts } },
        ...{ isFree: false, suppressed: undefined },
      });
    else addCounts(cell.counts, counts);
  }
  return { dimensions: part, cells: inOrder(cells) };
}

/**
 * The tables over all municipalities, of some of the dimensions. Of each municipality is known what its own
 * tables show, so what a cell still hides is the sum of its cells in the municipalities that are suppressed
 * there. That must be of two municipalities at least and not at risk, and the rule holds for these sums.
 * @param ofMunicipalities the judged tables of each municipality
 */
export function judgedAcross(
  dimensions: readonly Dimension[],
  ofMunicipalities: readonly (readonly Table[])[],
  limits: SmallNumberLimits,
): Table[] {
  const tables = partsOf(dimensions).map((part) => {
    const name = part.join();
    const own = ofMunicipalities.flatMap((tables) =>
      tables.filter((table) => table.dimensions.join() === name),
    );
    return tableAcross(part, own, limits);
  });
  suppress(tables, limits);
  return tables;
}

function tableAcross(
  dimensions: readonly Dimension[],
  tables: readonly Table[],
  limits: SmallNumberLimits,
): Table {
  const byKey = Map.groupBy(
    tables.flatMap(({ cells }) => [...cells.values()]),
    ({ key }) => key,
  );
  const cells = new Map<string, Cell>();
  for (const [key, ones] of byKey) {
    const [{ values, caseKey } = { values: [], caseKey: '' }] = ones;
    const hidden = ones.filter(({ suppressed }) => suppressed !== undefined);
    const counts = sumOf(hidden);
    const isFree = hidden.length === 0;
    const ofAll = riskOf(sumOf(ones), limits);
    const isHidden = hidden.length === 1 || riskOf(counts, limits) !== undefined;
    const suppressed = isFree ? undefined : (ofAll ?? (isHidden ? 'complement' : undefined));
    cells.set(key, { key, values, caseKey, counts, isFree, suppressed });
  }
  return { dimensions, cells: inOrder(cells) };
}

/** Cells of different municipalities have no case in common. */
function sumOf(cells: readonly Cell[]): CellCounts {
  const set = new CellSet();
  for (const [place, { counts }] of cells.entries()) set.add({ caseKey: String(place), counts });
  return set.counts();
}

function addCounts(to: CellCounts, { handled, cases, sum, square }: CellCounts): void {
  to.handled += handled;
  to.cases += cases;
  to.sum += sum;
  to.square += square;
}

/** Ascending by key, so that the same data gives the same answer. */
function inOrder(cells: ReadonlyMap<string, Cell>): Map<string, Cell> {
  return new Map([...cells].sort(([one], [other]) => (one < other ? -1 : 1)));
}
