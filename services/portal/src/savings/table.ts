/** A savings answer as a table: one row a group, the total last, each with what it rests on. */
import type { Savings, SavingsBasis, SavingsFigures } from '@effectstroom/contracts';
import { editionsText } from '../tables/editions-text.ts';
import type { Cell, Column, Table } from '../tables/table.ts';

/**
 * Columns are named as the members of the JSON answer, as `gross.followingYears.0`. The first column says
 * `row` or `total`; the last ones, `basis.…`, say of every row what it rests on.
 */
export function savingsTable({ basis, rows, total }: Savings): Table {
  const { groupBy, organisations, complete, missing, ...rest } = basis;
  const ofKey = organisations ? { organisations: organisations.join(',') } : {};
  const completeness = { complete: String(complete), missing: missing.map(textOf).join(', ') || null };
  const basisCells = flatten({ ...rest, ...ofKey, ...completeness }, 'basis.');
  const figureColumns = flatten(figuresOf(total), '').map(([name]): Column => ({ name, kind: kindOf(name) }));
  const columns: Column[] = [
    { name: 'kind', kind: 'text' },
    ...groupBy.map((name): Column => ({ name, kind: 'text' })),
    ...figureColumns,
    ...basisCells.map(([name]): Column => ({ name, kind: 'text' })),
  ];
  const line = (kind: 'row' | 'total', dimensions: Cell[], figures: SavingsFigures): Cell[] => [
    kind,
    ...dimensions,
    ...flatten(figuresOf(figures), '').map(([, value]) => value),
    ...basisCells.map(([, value]) => value),
  ];
  return {
    name: `savings-${basis.from}-${basis.to}-${basis.view}`,
    columns,
    rows: [
      ...rows.map((row) =>
        line(
          'row',
          groupBy.map((name) => row[name] ?? null),
          row,
        ),
      ),
      line(
        'total',
        groupBy.map(() => null),
        total,
      ),
    ],
  };
}

/** What is missing in one cell, as `delivery meerwaarde urn:…`. */
function textOf(missing: SavingsBasis['missing'][number]): string {
  const { kind, organisation } = missing;
  return [kind, organisation, ...(kind === 'delivery' ? [missing.source] : [])].join(' ');
}

/** The figures in their own order, without what else stands in a row, with the same members in every row. */
function figuresOf(row: SavingsFigures): object {
  const { cases, gross, corrected, counted, estimated, municipal, cost, budget, returnBasis } = row;
  const { net, range, breakEven, sampling, atPrices } = row;
  return {
    ...{ cases, gross, corrected, counted, municipal, cost, budget, return: row.return, returnBasis },
    ...{ estimated, net, range, breakEven },
    sampling: { declared: intervalOf(sampling?.declared), measured: intervalOf(sampling?.measured) },
    ...(atPrices === undefined
      ? {}
      : { atPrices: { ...atPrices, editions: editionsText(atPrices.editions) } }),
  };
}

type Interval = NonNullable<SavingsFigures['sampling']>['declared'];

const NO_INTERVAL = {
  ...{ estimate: null, standardError: null, low: null, high: null, degreesOfFreedom: null },
  ...{ strata: null, unknownStrata: null, reliable: null },
} satisfies Record<keyof NonNullable<Interval>, null>;

function intervalOf(interval: Interval | undefined): object {
  if (interval === null || interval === undefined) return NO_INTERVAL;
  return { ...interval, reliable: String(interval.reliable) };
}

function flatten(value: object, prefix: string): [name: string, cell: Cell][] {
  return Object.entries(value).flatMap(([name, member]): [string, Cell][] =>
    typeof member === 'object' && member !== null
      ? flatten(member, `${prefix}${name}.`)
      : [[`${prefix}${name}`, member as Cell]],
  );
}

const TEXTS: ReadonlySet<string> = new Set(['returnBasis', 'reliable', 'editions']);
const COUNTS: ReadonlySet<string> = new Set(['strata', 'unknownStrata']);

function kindOf(name: string): Column['kind'] {
  const members = name.split('.');
  const last = members.at(-1) ?? '';
  if (TEXTS.has(last)) return 'text';
  if (name.startsWith('cases.') || COUNTS.has(last)) return 'count';
  const isQuotient =
    members.includes('return') || name.startsWith('breakEven.') || last === 'degreesOfFreedom';
  return isQuotient ? 'quotient' : 'amount';
}
