/** Lists of assessing as tables. */
import type { Reviews, Worklist } from '@effectstroom/contracts';
import type { Column, Table } from '../tables/table.ts';

const CASE_NAMES = [
  'organisation',
  'municipality',
  'programme',
  'caseId',
  'revision',
  'date',
  'theme',
  'goal',
] as const;

const WAITING_NAMES = [...CASE_NAMES, 'workType', 'team', 'state', 'similarCases'] as const;

/** The work list as rows of cells. */
export function worklistTable({ rows, next }: Worklist): Table {
  return {
    name: 'assessments',
    columns: [...WAITING_NAMES.map(columnOf), columnOf('remarks')],
    rows: rows.map((row) => [...WAITING_NAMES.map((name) => row[name]), row.remarks.join(' ')]),
    next,
  };
}

const REVIEWED_NAMES = [...CASE_NAMES, 'workType', 'team', 'knownAt', 'source', 'similarCases'] as const;

/** Assessments with their reviews as rows of cells. */
export function reviewsTable({ rows, next }: Reviews): Table {
  return {
    name: 'reviews',
    columns: [
      ...REVIEWED_NAMES.map(columnOf),
      { name: 'gross', kind: 'amount' },
      { name: 'corrected', kind: 'amount' },
      ...['decision', 'remarks', 'reviewedAt'].map(columnOf),
    ],
    rows: rows.map(({ review, ...row }) => [
      ...REVIEWED_NAMES.map((name) => row[name]),
      ...[row.gross, row.corrected],
      ...[review?.decision ?? null, review?.remarks.join(' ') ?? null, review?.reviewedAt ?? null],
    ]),
    next,
  };
}

function columnOf(name: string): Column {
  return { name, kind: name === 'revision' || name === 'similarCases' ? 'count' : 'text' };
}
