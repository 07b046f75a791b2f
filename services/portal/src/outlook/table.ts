/** An outlook as a table: one row a group, the total last, each with what it rests on. */
import type { Outlook, OutlookFigures } from '@effectstroom/contracts';
import type { Cell, Column, Table } from '../tables/table.ts';

const AMOUNTS = ['toDate', 'budget', 'budgetToDate', 'expected.low', 'expected.mid', 'expected.high'];
const BASIS = ['municipality', 'organisation', 'programme', 'theme', 'goal', 'workType'] as const;

/** Columns are named as the members of the JSON answer; the first says `row` or `total`. */
export function outlookTable({ basis, rows, total }: Outlook): Table {
  const asked = BASIS.flatMap((name): [string, Cell][] =>
    basis[name] === undefined ? [] : [[`basis.${name}`, basis[name]]],
  );
  const rest: [string, Cell][] = [
    ...asked,
    ['basis.year', String(basis.year)],
    ['basis.today', basis.today],
    ['basis.monthsLeft', basis.monthsLeft],
    ['basis.asOf', basis.asOf],
  ];
  const text = (name: string): Column => ({ name, kind: 'text' });
  const line = (kind: string, groups: Cell[], figures: OutlookFigures): Cell[] => [
    ...[kind, ...groups, ...amountsOf(figures), figures.months],
    ...[figures.unexpected, figures.suppressed ?? null, ...rest.map(([, value]) => value)],
  ];
  return {
    name: `outlook-${basis.year}`,
    columns: [
      ...['kind', ...basis.groupBy].map(text),
      ...AMOUNTS.map((name): Column => ({ name, kind: 'amount' })),
      { name: 'months', kind: 'count' },
      ...['unexpected', 'suppressed', ...rest.map(([name]) => name)].map(text),
    ],
    rows: [
      ...rows.map((row) => {
        const groups = basis.groupBy.map((name): Cell => row[name] ?? null);
        return line('row', groups, row);
      }),
      line(
        'total',
        basis.groupBy.map(() => null),
        total,
      ),
    ],
  };
}

/** In the order of {@link AMOUNTS}. */
function amountsOf({ toDate, budget, budgetToDate, expected }: OutlookFigures): Cell[] {
  return [
    ...[toDate, budget, budgetToDate],
    ...[expected?.low ?? null, expected?.mid ?? null, expected?.high ?? null],
  ];
}
