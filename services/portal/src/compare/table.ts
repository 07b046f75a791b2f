/** A comparison as a table: one line for each row and part, those of the total last. */
import type { Compared, ComparedFigures, ComparedPart, Comparison } from '@effectstroom/contracts';
import { editionsText } from '../tables/editions-text.ts';
import type { Cell, Column, Table } from '../tables/table.ts';

const SIDES = ['before', 'after', 'difference'] as const;
const MOVES = ['started', 'stopped', 'changed'] as const;
const CASES = ['registered', 'assessed', 'represented'] as const;
const PURSES = ['gross', 'corrected', 'municipal.gross', 'municipal.corrected'] as const;

interface PurseCells {
  gross: string;
  corrected: string;
  municipal: { gross: string; corrected: string };
}

function purseCells({ gross, corrected, municipal }: PurseCells): Cell[] {
  return [gross, corrected, municipal.gross, municipal.corrected];
}

/**
 * Columns are named as the members of the JSON answer; those of a part come first, then those of its row,
 * which are the same in all its lines. Exact amounts are exact in CSV only: a spreadsheet rounds them.
 */
export function comparisonTable({ basis, rows, total }: Comparison): Table {
  const { groupBy, before, after, prices, organisations, ...rest } = basis;
  const editions = prices && editionsText(prices.editions);
  const ofBasis: [string, Cell][] = Object.entries({
    ...rest,
    ...(organisations === undefined ? {} : { organisations: organisations.join(',') }),
    ...prefixed('before.', before),
    ...prefixed('after.', after),
    'prices.day': prices?.day ?? null,
    'prices.editions': editions ?? null,
  });
  const columns: Column[] = [
    { name: 'kind', kind: 'text' },
    ...groupBy.map((name): Column => ({ name, kind: 'text' })),
    ...partColumns(),
    ...SIDES.flatMap(sideColumns),
    ...[...PURSES, 'unpriced'].map((name): Column => ({ name: `atConstantPrices.${name}`, kind: 'amount' })),
    ...ofBasis.map(([name]): Column => ({ name: `basis.${name}`, kind: 'text' })),
  ];
  const lines = (kind: 'row' | 'total', dimensions: Cell[], compared: Compared): Cell[][] =>
    // A row without parts has one line.
    (compared.parts.length === 0 ? [undefined] : compared.parts).map((part) => [
      ...[kind, ...dimensions, ...(part === undefined ? partColumns().map(() => null) : partCells(part))],
      ...SIDES.flatMap((side) => sideCells(compared[side])),
      ...constantCells(compared),
      ...ofBasis.map(([, value]) => value),
    ]);
  return {
    name: `compare-${after.from}-${after.to}-${basis.kind}`,
    columns,
    rows: [
      ...rows.flatMap((row) =>
        lines(
          'row',
          groupBy.map((name) => row[name] ?? null),
          row,
        ),
      ),
      ...lines(
        'total',
        groupBy.map(() => null),
        total,
      ),
    ],
  };
}

function prefixed(prefix: string, members: object): Record<string, Cell> {
  return Object.fromEntries(Object.entries(members).map(([name, value]) => [prefix + name, value as Cell]));
}

function partColumns(): Column[] {
  return [
    { name: 'part', kind: 'text' },
    { name: 'label', kind: 'text' },
    ...MOVES.map((name): Column => ({ name: `cases.${name}`, kind: 'count' })),
    ...PURSES.map((name): Column => ({ name, kind: 'amount' })),
    ...PURSES.map((name): Column => ({ name: `exact.${name}`, kind: 'amount' })),
  ];
}

function partCells({ part, label, cases, exact, ...amounts }: ComparedPart): Cell[] {
  const moves = MOVES.map((name) => cases?.[name] ?? null);
  return [part, label, ...moves, ...purseCells(amounts), ...purseCells(exact)];
}

function sideColumns(side: (typeof SIDES)[number]): Column[] {
  return [
    ...CASES.map((name): Column => ({ name: `${side}.cases.${name}`, kind: 'count' })),
    ...PURSES.map((name): Column => ({ name: `${side}.${name}`, kind: 'amount' })),
  ];
}

function sideCells({ cases, ...amounts }: ComparedFigures): Cell[] {
  return [...CASES.map((name) => cases[name]), ...purseCells(amounts)];
}

function constantCells({ atConstantPrices }: Compared): Cell[] {
  if (atConstantPrices === null) return [...PURSES, 'unpriced'].map(() => null);
  return [...purseCells(atConstantPrices), atConstantPrices.unpriced];
}
