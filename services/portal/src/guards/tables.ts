/** The answers of guards as tables: one line a row, columns named as the members of the JSON. */
import type {
  CeilingsAnswer,
  DoubleClaimsAnswer,
  FollowUpAnswer,
  SpreadAnswer,
} from '@effectstroom/contracts';
import type { Cell, Column, Table } from '../tables/table.ts';

type Columns = readonly (readonly [kind: Column['kind'], ...names: string[]])[];

const OUTCOMES = ['stayedAway', 'partly', 'usedAnyway'];
const SPREAD = (which: string): Columns => [
  ['quotient', `${which}.mean`, ...[0, 1, 2].map((at) => `${which}.quartiles.${at}`)],
  ['quotient', ...['certain', 'probable', 'possible', 'number'].map((level) => `${which}.levels.${level}`)],
  ['quotient', `${which}.difference`, `${which}.standardError`],
  ['text', `${which}.stands`],
];

export function doubleClaimsTable({ basis, all, double, without, rows, next }: DoubleClaimsAnswer): Table {
  const columns: Columns = [
    ['text', 'kind', 'organisation', 'caseId', 'date', 'team', 'service'],
    ['amount', 'corrected'],
    ['text', 'across', 'earlier.organisation', 'earlier.caseId', 'earlier.date', 'earlier.team'],
  ];
  const totals = Object.entries({ all, double, without }).map(([kind, euros]) => ({ kind, ...euros }));
  const lines = [...rows.map((row) => ({ kind: 'row', ...row })), ...totals];
  return { ...tableOf('double-claims', basis, columns, lines), next };
}

export function ceilingsTable({ basis, rows }: CeilingsAnswer): Table {
  const columns: Columns = [
    ['text', 'municipality', 'organisation', 'programme', 'service'],
    ['quotient', 'ceiling.quantity'],
    ['amount', 'ceiling.amount'],
    ['text', 'ceiling.source'],
    ['count', 'cases'],
    ['quotient', 'claimed.quantity'],
    ['amount', 'claimed.gross', 'claimed.corrected'],
    ['quotient', 'share'],
    ['text', 'over'],
    ['quotient', 'above.quantity'],
    ['amount', 'above.gross', 'above.corrected'],
  ];
  return tableOf('ceilings', basis, columns, rows);
}

export function followUpTable({ basis, rows, total }: FollowUpAnswer): Table {
  const columns: Columns = [
    ['text', 'kind', 'theme', 'goal', 'organisation', 'team'],
    ['count', 'assessed', 'followed', ...OUTCOMES.map((name) => `outcomes.${name}`)],
    ['quotient', 'realised', 'claimed', 'difference'],
    ['count', ...['tooEarly', 'tooLate'].flatMap((when) => OUTCOMES.map((name) => `${when}.${name}`))],
  ];
  return tableOf('follow-up', basis, columns, withTotal(rows, total));
}

export function spreadTable({ basis, rows, total }: SpreadAnswer): Table {
  const columns: Columns = [
    ['text', 'kind', 'organisation', 'team', 'theme'],
    ['count', 'cases', 'lines'],
    ...SPREAD('likelihood'),
    ...SPREAD('contribution'),
  ];
  return tableOf('spread', basis, columns, withTotal(rows, total));
}

function withTotal(rows: readonly object[], total: object): object[] {
  return [...rows.map((row) => ({ kind: 'row', ...row })), { kind: 'total', ...total }];
}

function tableOf(
  name: string,
  basis: { from: string; to: string; asOf: string | null },
  columns: Columns,
  rows: readonly object[],
): Table {
  const all = columns.flatMap(([kind, ...names]) => names.map((one): Column => ({ name: one, kind })));
  return {
    name: `${name}-${basis.from}-${basis.to}`,
    columns: [...all, { name: 'basis.asOf', kind: 'text' }],
    rows: rows.map((row) => [...all.map((column) => cellAt(row, column.name)), basis.asOf]),
  };
}

/** What stands at a path of members; null where there is nothing. */
function cellAt(row: object, path: string): Cell {
  let value: unknown = row;
  for (const step of path.split('.')) value = Reflect.get(Object(value), step);
  if (value === undefined || value === null) return null;
  return typeof value === 'number' ? value : String(value);
}
