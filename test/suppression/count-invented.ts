/** The counts behind a judgement, worked out afresh from invented cases: case by case, nothing summed in advance. */
import type { Dimension, SavingsQuery } from '@effectstroom/contracts';
import type { MunicipalGroup } from '../../services/portal/src/suppression/judge.ts';
import type { InventedCase, InventedContribution } from '../portal/invented-cases.ts';
import { LINE, realisedOn, TIME, timeOf } from '../portal/realised.ts';

/** Something of a case in one place: a line in a year, or that it was registered. */
interface Piece {
  day: string;
  line: object | undefined;
  year: number;
  saved: bigint;
}

export function countInvented(
  cases: readonly InventedCase[],
  { view, from, to, filters }: SavingsQuery,
  dimensions: readonly Dimension[],
  divisions: readonly (readonly Dimension[])[],
  minute: number,
): MunicipalGroup[] {
  const dividing = new Set(divisions.flat());
  const groups = new Map<string, MunicipalGroup>();
  for (const one of cases) {
    const contribution = one.history.findLast((step) => step.minute <= minute)?.contribution;
    if (contribution === undefined) continue;
    if (filters.municipality !== undefined && contribution.municipality !== filters.municipality) continue;
    const pieces = piecesOf(contribution, view).filter(({ day }) => day >= from && day <= to);
    for (const divided of divisions) {
      const byLine = divided.some((dimension) => LINE.includes(dimension));
      const told = (dimension: Dimension) => !dividing.has(dimension) || divided.includes(dimension);
      const own = Map.groupBy(
        pieces.filter(({ line }) => line !== undefined || !byLine),
        (piece) =>
          JSON.stringify(dimensions.map((one) => (told(one) ? namedValue(one, contribution, piece) : null))),
      );
      for (const [key, ones] of own) addCase(groups, contribution.municipality, divided, key, ones);
    }
  }
  return [...groups.values()];
}

function addCase(
  groups: Map<string, MunicipalGroup>,
  municipality: string,
  divided: readonly Dimension[],
  key: string,
  pieces: readonly Piece[],
): void {
  const name = `${municipality} ${divided.join()} ${key}`;
  const counts = { handled: 0n, cases: 0n, sum: 0n, square: 0n };
  const group = groups.get(name) ?? { municipality, values: JSON.parse(key), divided, counts };
  groups.set(name, group);
  const saved = pieces.reduce((sum, piece) => sum + piece.saved, 0n);
  if (pieces.some(({ year }) => year === 0)) group.counts.handled += 1n;
  if (pieces.some(({ line }) => line !== undefined)) group.counts.cases += 1n;
  group.counts.sum += saved;
  group.counts.square += saved * saved;
}

function piecesOf(contribution: InventedContribution, view: SavingsQuery['view']): Piece[] {
  const { date, lines, similarCases, factor } = contribution;
  if (lines.length === 0) return [{ day: date, line: undefined, year: 0, saved: 0n }];
  const weight = BigInt(similarCases) * BigInt(factor);
  return lines.flatMap((line) =>
    line.values.map((value, year) => ({
      ...{ day: view === 'calendar' ? realisedOn(date, year) : date, line, year, saved: value * weight },
    })),
  );
}

function namedValue(
  dimension: Dimension,
  contribution: InventedContribution,
  { day, line }: Piece,
): string | null {
  if (TIME.includes(dimension)) return timeOf(day)[dimension] ?? null;
  const source = LINE.includes(dimension) ? line : contribution;
  const value: unknown = source === undefined ? null : Reflect.get(source, dimension);
  return typeof value === 'string' ? value : null;
}
