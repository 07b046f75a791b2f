import type { DatabaseSync } from 'node:sqlite';
import type { ConnectionStatus, FailingZaken } from '@effectstroom/contracts';
import type { Connection } from './connection.ts';

/** Kinds of failures, and zaken of each, that are shown at most. */
const MOST_KINDS = 100;
const MOST_ZAKEN = 10;

type Row = Record<string, unknown>;

/** How a connection is doing, from the tables of `zaak-tables.ts`. */
export function statusOf(db: DatabaseSync, { code, mapping, zakenUrl }: Connection): ConnectionStatus {
  const row: Row = db.prepare('SELECT * FROM zaak_connection WHERE code = ?').get(code) ?? {};
  const countOf = (where: string): number =>
    Number(
      db.prepare(`SELECT count(*) AS count FROM zaak WHERE connection = ? AND ${where}`).get(code)?.['count'],
    );
  const { taken, ignored, refused, accepted, unchanged, withdrawn, poll_failure: failure } = row;
  return {
    code,
    organisation: mapping.organisation,
    source: mapping.source,
    notifications: {
      last: momentOf(row['notified']),
      ...{ taken: Number(taken), ignored: Number(ignored), refused: Number(refused) },
    },
    poll: {
      last: momentOf(row['polled']),
      completed: momentOf(row['completed']),
      next: momentOf(row['next_poll']),
      failure: typeof failure === 'string' ? failure : null,
    },
    zaken: {
      pending: countOf('due IS NOT NULL'),
      delivered: countOf('identity IS NOT NULL'),
      failing: failingOf(db, code, zakenUrl),
    },
    cases: { accepted: Number(accepted), unchanged: Number(unchanged), withdrawn: Number(withdrawn) },
  };
}

function failingOf(db: DatabaseSync, code: string, zakenUrl: string): FailingZaken[] {
  const kinds = db.prepare(
    `SELECT code, faults, count(*) AS count FROM zaak WHERE connection = ? AND code IS NOT NULL
      GROUP BY code, faults ORDER BY count DESC LIMIT ?`,
  );
  const some = db.prepare(
    `SELECT uuid FROM zaak WHERE connection = ? AND code = ? AND faults IS ? ORDER BY uuid LIMIT ?`,
  );
  return kinds.all(code, MOST_KINDS).map(({ code: kind, faults, count }) => {
    const text = typeof faults === 'string' ? faults : null;
    return {
      code: String(kind),
      faults: text === null ? [] : JSON.parse(text),
      count: Number(count),
      zaken: some.all(code, String(kind), text, MOST_ZAKEN).map(({ uuid }) => `${zakenUrl}zaken/${uuid}`),
    };
  });
}

function momentOf(time: unknown): string | null {
  return typeof time === 'number' ? new Date(time).toISOString() : null;
}
