/** The parts between two periods, written afresh: see `recomputed-comparison.ts`. */
import type { PriceList, Programme } from '@effectstroom/contracts';
import type { Move, Version } from './invented-moves.ts';
import type { Atom } from './recomputed-comparison.ts';

export type Purses = Record<'gross' | 'corrected' | 'municipalGross' | 'municipal', bigint>;

interface Cases {
  move: Move;
}

export interface RecomputedPeriods {
  before: { atoms: readonly Atom[]; cases: readonly Cases[] };
  after: { atoms: readonly Atom[]; cases: readonly Cases[] };
  /** Micro-euros; undefined where the price is not known. */
  priceOf: (move: Move, service: string) => bigint | undefined;
}

/** The prices in force on a day, by what is known at a minute. */
export function pricesAt(
  versions: readonly Version[],
  day: string,
  minute: number,
): RecomputedPeriods['priceOf'] {
  const newest = (kind: Version['kind'], key: string | undefined) =>
    versions.filter((one) => one.kind === kind && one.key === key && one.minute <= minute).at(-1)?.body;
  return ({ contribution: of }, service) => {
    const programme = newest('programme', `${of.municipality}/${of.organisation}/${of.programme}`);
    const list = newest('price-list', (programme as Programme | undefined)?.priceList);
    const edition = (list as PriceList | undefined)?.editions.filter(({ from }) => from <= day).at(-1);
    const price = edition?.items.find((item) => item.service === service)?.price;
    return price === undefined ? undefined : BigInt(price.replace('.', '')) * 10_000n;
  };
}

const rounded = (dividend: bigint, divisor: bigint) => (2n * dividend + divisor) / (2n * divisor);
const sum = (values: readonly bigint[]) => values.reduce((total, value) => total + value, 0n);

const segments = new WeakMap<object, string>();

function segmentOf({ contribution: of }: Move): string {
  const known =
    segments.get(of) ??
    JSON.stringify([of.municipality, of.organisation, of.programme, of.theme, of.goal, of.workType]);
  segments.set(of, known);
  return known;
}

/** After at the prices of before: each cell of a row, segment, service, price and purse rounded once. */
function reprice(atoms: readonly Atom[], priceOf: RecomputedPeriods['priceOf']): Atom[] {
  const cells = new Map<string, Atom>();
  for (const atom of atoms) {
    const { service, price } = atom.line?.priced ?? {};
    const key = [atom.group, segmentOf(atom.move), atom.line?.municipal, service, price].join('|');
    const cell = cells.get(key) ?? { ...atom, gross: 0n, corrected: 0n };
    cells.set(key, { ...cell, gross: cell.gross + atom.gross, corrected: cell.corrected + atom.corrected });
  }
  return [...cells.values()].map((cell) => {
    const { service = '', price = 0n } = cell.line?.priced ?? {};
    const then = price === 0n ? undefined : priceOf(cell.move, service);
    if (then === undefined) return cell;
    return {
      ...cell,
      gross: rounded(cell.gross * then, price),
      corrected: rounded(cell.corrected * then, price),
    };
  });
}

/** Sums by segment of amounts (gross, corrected, municipal gross, municipal) or of represented cases. */
function bySegment<T extends { move: Move }>(
  all: readonly T[],
  of: (one: T) => bigint,
): (name: string) => bigint {
  const sums = new Map<string, bigint>();
  for (const one of all) {
    const name = segmentOf(one.move);
    sums.set(name, (sums.get(name) ?? 0n) + of(one));
  }
  return (name) => sums.get(name) ?? 0n;
}

const PURSES: Record<keyof Purses, { gross: (atom: Atom) => bigint; own: (atom: Atom) => bigint }> = {
  gross: { gross: ({ gross }) => gross, own: ({ gross }) => gross },
  corrected: { gross: ({ gross }) => gross, own: ({ corrected }) => corrected },
  municipalGross: {
    gross: ({ gross, line }) => (line?.municipal === true ? gross : 0n),
    own: ({ gross, line }) => (line?.municipal === true ? gross : 0n),
  },
  municipal: {
    gross: ({ gross, line }) => (line?.municipal === true ? gross : 0n),
    own: ({ corrected, line }) => (line?.municipal === true ? corrected : 0n),
  },
};

/** volume, mix, value, price and factor; and what is repriced. */
export function recomputePeriods({ before, after, priceOf }: RecomputedPeriods) {
  const repriced = reprice(after.atoms, priceOf);
  const all = [...before.atoms, ...after.atoms, ...before.cases, ...after.cases];
  const names = [...new Set(all.map(({ move }) => segmentOf(move)))];
  const represented = ({ move }: Cases) => BigInt(move.sign * move.contribution.similarCases);
  const [cases0, cases1] = [bySegment(before.cases, represented), bySegment(after.cases, represented)];
  const [n0, n1] = [sum(names.map(cases0)), sum(names.map(cases1))];
  const gross0 = bySegment(before.atoms, ({ gross }) => gross);
  const corrected0 = bySegment(before.atoms, ({ corrected }) => corrected);
  const steps = (purse: keyof Purses): bigint[] => {
    const { gross, own } = PURSES[purse];
    const own0 = bySegment(before.atoms, own);
    const start = sum(names.map(own0));
    const end = sum(after.atoms.map(own));
    if (n0 === 0n) return [start, end, end, end, end, end];
    const withFactor = (atoms: readonly Atom[]) => {
      const [grossOf, ownOf] = [bySegment(atoms, gross), bySegment(atoms, own)];
      const one = (name: string) =>
        purse === 'gross' || purse === 'municipalGross' || gross0(name) === 0n
          ? ownOf(name)
          : rounded(grossOf(name) * corrected0(name), gross0(name));
      return sum(names.map(one));
    };
    const mixed = (name: string) =>
      cases0(name) === 0n
        ? rounded(start * cases1(name), n0)
        : rounded(own0(name) * cases1(name), cases0(name));
    const mix = sum(names.map(mixed));
    return [start, rounded(start * n1, n0), mix, withFactor(repriced), withFactor(after.atoms), end];
  };
  const chains: Record<keyof Purses, bigint[]> = {
    ...{ gross: steps('gross'), corrected: steps('corrected') },
    ...{ municipalGross: steps('municipalGross'), municipal: steps('municipal') },
  };
  const parts = [0, 1, 2, 3, 4].map((place): Purses => {
    const step = (name: keyof Purses) => (chains[name][place + 1] ?? 0n) - (chains[name][place] ?? 0n);
    return {
      ...{ gross: step('gross'), corrected: step('corrected') },
      ...{ municipalGross: step('municipalGross'), municipal: step('municipal') },
    };
  });
  return { parts, repriced };
}
