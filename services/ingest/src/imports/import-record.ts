import type { Import, ImportState } from '@effectstroom/contracts';

/** What is to be done when an import's turn comes. */
export type ImportTask = 'read' | 'deliver' | 'withdraw';

/** The last staged row that was worked through; rows are taken by case, revision and row. */
export interface Place {
  caseId: string;
  revision: number;
  row: number;
}

/** Why an import ended or was stopped by itself: what to do, never what the file holds. */
export interface Failure {
  code: string;
  detail: string;
}

/** An import as it is kept. Times are milliseconds since 1970. */
export interface ImportRecord {
  number: number;
  id: string;
  name: string | null;
  organisation: string;
  source: string;
  key: string;
  keyId: string;
  mapping: { code: string; version: number };
  dryRun: boolean;
  full: boolean;
  state: ImportState;
  task: ImportTask;
  createdAt: number;
  startedAt: number | null;
  endedAt: number | null;
  withdrawal: { at: number; reason: string } | null;
  /** Starts since something was last committed. */
  starts: number;
  rows: { total: number | null; accepted: number; unchanged: number; refused: number; unreadable: number };
  cases: { accepted: number; unchanged: number; refused: number; withdrawn: number };
  vanished: number | null;
  failure: Failure | null;
  after: Place;
}

type Row = Record<string, unknown>;

/** A row of the table `import` as a record. */
export function recordOf(row: Row): ImportRecord {
  const number = (name: string): number => Number(row[name]);
  const text = (name: string): string => String(row[name]);
  const orNull = (name: string): number | null => (row[name] === null ? null : Number(row[name]));
  return {
    number: number('number'),
    id: text('id'),
    name: row['name'] === null ? null : text('name'),
    organisation: text('organisation'),
    source: text('source'),
    key: text('key'),
    keyId: text('key_id'),
    mapping: { code: text('mapping_code'), version: number('mapping_version') },
    dryRun: row['dry_run'] === 1,
    full: row['is_full'] === 1,
    state: row['state'] as ImportState,
    task: row['task'] as ImportTask,
    createdAt: number('created_at'),
    startedAt: orNull('started_at'),
    endedAt: orNull('ended_at'),
    withdrawal:
      row['withdrawal_at'] === null
        ? null
        : { at: number('withdrawal_at'), reason: text('withdrawal_reason') },
    starts: number('starts'),
    rows: {
      total: orNull('rows_total'),
      accepted: number('rows_accepted'),
      unchanged: number('rows_unchanged'),
      refused: number('rows_refused'),
      unreadable: number('rows_unreadable'),
    },
    cases: {
      accepted: number('cases_accepted'),
      unchanged: number('cases_unchanged'),
      refused: number('cases_refused'),
      withdrawn: number('cases_withdrawn'),
    },
    vanished: orNull('vanished'),
    failure:
      row['failure_code'] === null ? null : { code: text('failure_code'), detail: text('failure_detail') },
    after: { caseId: text('after_case'), revision: number('after_revision'), row: number('after_row') },
  };
}

/** How fast an import goes. */
export interface Rate {
  rowsPerSecond: number;
  secondsLeft: number | null;
}

/** An import as it is answered; `rate` where it runs. */
export function importOf(record: ImportRecord, rate: Rate | undefined): Import {
  const { id, name, state, dryRun, full, mapping, organisation, source, key, failure, vanished } = record;
  const { total, accepted, unchanged, refused } = record.rows;
  return {
    ...{ id, name, state, dryRun, full, mapping, organisation, source, key },
    createdAt: isoOf(record.createdAt),
    startedAt: record.startedAt === null ? null : isoOf(record.startedAt),
    endedAt: record.endedAt === null ? null : isoOf(record.endedAt),
    rows: { total, done: accepted + unchanged + refused, accepted, unchanged, refused },
    cases: record.cases,
    rowsPerSecond: rate?.rowsPerSecond ?? null,
    secondsLeft: rate?.secondsLeft ?? null,
    failure,
    vanished,
  };
}

function isoOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
