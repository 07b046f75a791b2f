/** What a failed question is answered with. */
import { FaultsError } from '@effectstroom/contracts';
import { isOutdated, TooManyCellsError } from '@effectstroom/database';
import { type Logger, ProblemError } from '@effectstroom/runtime';

/** PostgreSQL's code for a statement that took longer than it may. */
const STATEMENT_ENDED = '57014';

/** Classes of PostgreSQL's codes: connection, password, resources, an operator who stops or starts it. */
const DATABASE_AWAY = /^(08|28|53|57P)/;

/** What a replica says that had to move on while it was read: the same question works again. */
const OVERTAKEN = '40001';

/** Tables that are not there, because the schema is not: a migration is still to come. */
const SCHEMA_MISSING: ReadonlySet<string> = new Set(['42P01', '42703', '3D000']);

const AGAIN = { 'retry-after': '2' };

/**
 * The problem that says what went wrong and what to do. Errors that nothing is known about are given back as
 * they are.
 */
export function problemOf(error: unknown, log: Logger): unknown {
  if (error instanceof FaultsError)
    return new ProblemError(400, 'the question has faults: see errors', {}, { errors: error.faults });
  if (error instanceof TooManyCellsError)
    return new ProblemError(
      400,
      'the answer would be too large: narrow the period or the filters, or group by less',
    );
  if (!(error instanceof Error)) return error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (code === STATEMENT_ENDED) {
    log.warn('a question took longer than it may');
    return new ProblemError(503, 'the question takes too long: narrow the period or the filters', AGAIN);
  }
  if (!isDatabaseAway(error, code) && !isOutdated(error)) return error;
  log.warn({ err: error }, 'the database cannot answer');
  return new ProblemError(503, 'the database cannot answer now: try again later', AGAIN);
}

function isDatabaseAway({ message }: Error, code: string): boolean {
  if (DATABASE_AWAY.test(code) || SCHEMA_MISSING.has(code) || code === OVERTAKEN) return true;
  if (/^E(CONN|HOST|NET|PIPE|TIMEDOUT|AI_AGAIN|NOTFOUND)/.test(code)) return true;
  // pg gives these no code.
  return /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered)/.test(
    message,
  );
}
