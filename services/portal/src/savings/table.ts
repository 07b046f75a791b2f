/** A savings answer as a table: one row a group, the total last, each with what it rests on. */
import type { Savings, SavingsBasis, SavingsFigures } from '@effectstroom/contracts';
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

/** The figures in their own order, without what else stands in a row. */
function figuresOf(row: SavingsFigures): SavingsFigures {
  const { cases, gross, corrected, counted, municipal, cost, budget, returnBasis } = row;
  return { cases, gross, corrected, counted, municipal, cost, budget, return: row.return, returnBasis };
}

function flatten(value: object, prefix: string): [name: string, cell: Cell][] {
  return Object.entries(value).flatMap(([name, member]): [string, Cell][] =>
    typeof member === 'object' && member !== null
      ? flatten(member, `${prefix}${name}.`)
      : [[`${prefix}${name}`, member as Cell]],
  );
}

function kindOf(name: string): Column['kind'] {
  if (name.startsWith('cases.')) return 'count';
  if (name === 'returnBasis') return 'text';
  return name.endsWith('return') ? 'quotient' : 'amount';
}
