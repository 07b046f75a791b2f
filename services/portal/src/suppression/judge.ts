/** Which rows of an answer may be shown, and whether its total may. */
import type { Dimension, Suppression, View } from '@effectstroom/contracts';
import { type Cell, keyOf, type Table } from './cell.ts';
import { closed } from './lattice.ts';
import { riskOf, type SmallNumberLimits } from './risk.ts';
import { mayListSuppressed } from './structure.ts';
import { type CountedGroup, judgedAcross, judgedTables } from './tables.ts';

export interface JudgedQuestion {
  view: View;
  groupBy: readonly Dimension[];
  /** Null lets through what has no value. */
  filters: Partial<Record<Dimension, string | null>>;
}

export interface MunicipalGroup extends CountedGroup {
  municipality: string;
}

export interface Judgement {
  /** Why a row is not shown; undefined where it may be. @param values of the dimensions grouped by */
  row(values: readonly (string | null)[]): Suppression | undefined;
  total: Suppression | undefined;
  /** Whether a row that is not shown may be listed: see `structure.ts`. */
  isListed(values: readonly (string | null)[]): boolean;
}

/** Why a row is not shown; undefined where it is, and null where it is not even listed. */
export function reasonOf(
  { row, isListed }: Judgement,
  values: readonly (string | null)[],
): Suppression | undefined | null {
  const suppressed = row(values);
  return suppressed === undefined || isListed(values) ? suppressed : null;
}

/** The dimensions that a question is judged by: what it groups by and filters on, and what that implies. */
export function judgedDimensions({ groupBy, filters }: JudgedQuestion): Dimension[] {
  return closed([...groupBy, ...namesOf(filters)]);
}

/**
 * Judges a question about one family. Every municipality is judged by itself, then what lies across them.
 * @param groups of the question's municipality, or of all; by place in {@link judgedDimensions}
 */
export function judge(
  question: JudgedQuestion,
  groups: readonly MunicipalGroup[],
  limits: SmallNumberLimits,
): Judgement {
  const family = { dimensions: judgedDimensions(question), groups, parts: [{}] };
  return judgementOf(question, [verdictsOf(question, family, limits)]);
}

/** What a question asks of one family. */
export interface AskedFamily {
  /** Those of the question among them, and those that tell the parts apart. */
  dimensions: readonly Dimension[];
  /** By place in the dimensions. */
  groups: readonly MunicipalGroup[];
  /** Filters that are added to those of the question: each row and the total are sums over the parts. */
  parts: readonly JudgedQuestion['filters'][];
}

/** Why what a question asks of one family is not shown. */
export interface Verdicts {
  /** By key of the values grouped by; undefined where it is shown. */
  rows: ReadonlyMap<string, Suppression | undefined>;
  total: Suppression | undefined;
  /** Municipalities of which no suppressed row may be listed; null is what lies across them. */
  unlisted: ReadonlySet<string | null>;
}

/** A row or total is shown where that of every part is. */
export function verdictsOf(
  question: JudgedQuestion,
  { dimensions, groups, parts }: AskedFamily,
  limits: SmallNumberLimits,
): Verdicts {
  const { view, groupBy, filters } = question;
  const municipalities = [...Map.groupBy(groups, ({ municipality }) => municipality)].map(
    ([municipality, own]) => ({ municipality, tables: judgedTables(dimensions, view, own, limits) }),
  );
  const byMunicipality = groupBy.includes('municipality') || filters.municipality !== undefined;
  const filtersOf = (part: JudgedQuestion['filters']) => ({ ...filters, ...part });
  const filtered = namesOf(Object.assign({}, ...parts.map(filtersOf)));
  const across = () =>
    judgedAcross(
      byMunicipality ? closed(filtered) : dimensions,
      municipalities.map(({ tables }) => tables),
      limits,
    );
  const whole = filters.municipality === undefined ? across() : (municipalities[0]?.tables ?? []);
  const sources = byMunicipality ? municipalities : [{ municipality: null, tables: whole }];
  const rows = new Map<string, Suppression | undefined>();
  let total: Suppression | undefined;
  for (const chosen of parts.map(filtersOf)) {
    const told = closed([...groupBy, ...namesOf(chosen)]);
    for (const { municipality, tables } of sources)
      for (const cell of cellsWithin(tables, told, chosen)) {
        const named = (dimension: Dimension) =>
          dimension === 'municipality' ? municipality : (cell.values[told.indexOf(dimension)] ?? null);
        const key = keyOf(groupBy.map(named));
        rows.set(key, rows.get(key) ?? cell.suppressed);
      }
    const totals = cellsWithin(whole, closed(namesOf(chosen)), chosen);
    total ??= totals.find(({ suppressed }) => suppressed !== undefined)?.suppressed;
  }
  const isAtRisk = ({ counts }: Cell) => riskOf(counts, limits) !== undefined;
  const unlisted = sources.filter(({ tables }) => !mayListSuppressed(tables, isAtRisk));
  return { rows, total, unlisted: new Set(unlisted.map(({ municipality }) => municipality)) };
}

/** A question about several families, whose rows are sums over these: shown where every one may be. */
export function judgementOf({ groupBy, filters }: JudgedQuestion, all: readonly Verdicts[]): Judgement {
  const rows = new Map<string, Suppression | undefined>();
  for (const [key, suppressed] of all.flatMap((one) => [...one.rows]))
    rows.set(key, rows.get(key) ?? suppressed);
  const place = groupBy.indexOf('municipality');
  const ofRow = (values: readonly (string | null)[]) =>
    place === -1 ? (filters.municipality ?? null) : (values[place] ?? null);
  return {
    // What was counted nowhere is not known to be safe.
    row: (values) => (rows.has(keyOf(values)) ? rows.get(keyOf(values)) : 'few-cases'),
    total: all.find(({ total }) => total !== undefined)?.total,
    isListed: (values) => all.every(({ unlisted }) => !unlisted.has(ofRow(values))),
  };
}

function namesOf(filters: JudgedQuestion['filters']): Dimension[] {
  return Object.keys(filters) as Dimension[];
}

/** The cells of a table that the filters let through. */
function cellsWithin(
  tables: readonly Table[],
  dimensions: readonly Dimension[],
  filters: JudgedQuestion['filters'],
): Cell[] {
  const name = dimensions.join();
  const table = tables.find((one) => one.dimensions.join() === name);
  return [...(table?.cells.values() ?? [])].filter(({ values }) =>
    dimensions.every((dimension, place) => {
      const wanted = filters[dimension];
      return wanted === undefined || values[place] === wanted;
    }),
  );
}
