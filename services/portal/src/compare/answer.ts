/** The answer of `GET /v1/compare`: exact sums in, figures rounded once out. */
import type {
  CompareBasis,
  Compared,
  ComparedCause,
  ComparedFigures,
  ComparedPart,
  CompareQuery,
  Comparison,
} from '@effectstroom/contracts';
import type { EditionOn, SettingsName } from '@effectstroom/database';
import { correctedEuros, exactCorrected, exactGross, grossEuros, writtenCases } from '../euros.ts';
import { PART_LABELS } from '../part-labels.ts';
import {
  addCases,
  addPurses,
  type ExactCause,
  type ExactComparison,
  type ExactComparisons,
  type ExactPart,
  type ExactSide,
  type Purses,
} from './exact.ts';
import { writtenMoves } from './part-moves.ts';

/** What was asked, and at which moments it is answered. */
export interface Asked {
  query: CompareQuery;
  /** Codes that the key may read; undefined is all. */
  organisations: readonly string[] | undefined;
  before: CompareBasis['before'];
  after: CompareBasis['after'];
}

export interface ComparisonInput {
  asked: Asked;
  exact: ExactComparisons;
  /** By number. */
  names: ReadonlyMap<bigint, SettingsName>;
  /** Whose prices `atConstantPrices` has. */
  editions: readonly EditionOn[];
}

export function comparisonAnswer({ asked, exact, names, editions }: ComparisonInput): Comparison {
  const { groupBy } = asked.query.after;
  return {
    basis: basisOf(asked, editions),
    rows: exact.rows.map((row) => ({
      ...Object.fromEntries(groupBy.map((name, place) => [name, row.group[place] ?? null])),
      ...written(row, names),
    })),
    total: written(exact.total, names),
  };
}

function written(one: ExactComparison, names: ComparisonInput['names']): Compared {
  const { before, after, parts, atConstantPrices } = one;
  const difference: ExactSide = { ...after, cases: { ...after.cases } };
  addPurses(difference, before, -1n);
  addCases(difference.cases, before.cases, -1n);
  return {
    before: figures(before),
    after: figures(after),
    difference: figures(difference),
    parts: parts.map((part) => writtenPart(part, names)),
    atConstantPrices: atConstantPrices && {
      ...amounts(atConstantPrices),
      unpriced: correctedEuros(atConstantPrices.unpriced),
    },
  };
}

function writtenPart(part: ExactPart, names: ComparisonInput['names']): ComparedPart {
  return {
    part: part.part,
    label: PART_LABELS[part.part],
    cases: part.cases && writtenMoves(part.cases),
    ...amounts(part),
    ...(part.causes === undefined ? {} : { causes: part.causes.map((cause) => writtenCause(cause, names)) }),
  };
}

function writtenCause(cause: ExactCause, names: ComparisonInput['names']): ComparedCause {
  const moved = { cases: writtenMoves(cause.cases), corrected: correctedEuros(cause.corrected) };
  if (cause.settings === undefined) return { kind: 'events', ...moved };
  const name = names.get(cause.settings);
  if (name === undefined) throw new Error(`The settings ${cause.settings} of a ledger entry are missing`);
  const { kind, key, knownAt } = name;
  return { kind: 'settings', settings: { kind, key, knownAt }, ...moved };
}

function figures(side: ExactSide): ComparedFigures {
  return { cases: writtenCases(side.cases), ...amounts(side) };
}

function amounts(purses: Purses): Omit<ComparedFigures, 'cases'> {
  return {
    gross: grossEuros(purses.gross),
    corrected: correctedEuros(purses.corrected),
    municipal: { gross: grossEuros(purses.municipalGross), corrected: correctedEuros(purses.municipal) },
    exact: {
      gross: exactGross(purses.gross),
      corrected: exactCorrected(purses.corrected),
      municipal: {
        gross: exactGross(purses.municipalGross),
        corrected: exactCorrected(purses.municipal),
      },
    },
  };
}

function basisOf(
  { query, organisations, before, after }: Asked,
  editions: readonly EditionOn[],
): CompareBasis {
  const { view, groupBy } = query.after;
  const { municipality = null, organisation = null, programme = null, ...filters } = query.after.filters;
  const isLimited = organisations !== undefined && organisation === null;
  const isPeriods = query.before !== undefined;
  return {
    kind: isPeriods ? 'periods' : 'moments',
    municipality,
    organisation,
    programme,
    ...(isLimited ? { organisations: [...organisations] } : {}),
    ...filters,
    view,
    groupBy,
    before,
    after,
    age: query.age ?? null,
    prices: isPeriods ? { day: before.to, editions: [...editions] } : null,
  };
}
