/** Which failures come from what a message says, and which from PostgreSQL not being there. */
import { DatabaseError } from 'pg';

/** SQLSTATE classes: data exception, integrity violation, program limit exceeded. */
const DATA_CLASSES = new Set(['22', '23', '54']);

/** Two workers recorded the same at once: the next try sees it. */
const UNIQUE_VIOLATION = '23505';

/**
 * True where the content of a message makes it fail; false where PostgreSQL or the connection does, and the same
 * message can be applied later.
 */
export function isDataFault(error: unknown): boolean {
  if (error instanceof DatabaseError) {
    const code = error.code ?? '';
    return code !== UNIQUE_VIOLATION && DATA_CLASSES.has(code.slice(0, 2));
  }
  return error instanceof RangeError || error instanceof TypeError || error instanceof SyntaxError;
}

/**
 * True where an event is recorded already: under its identity, or as itself, by its number, after a crash amidst events
 * that were applied one by one.
 */
export function isRecorded(error: unknown): boolean {
  return error instanceof DatabaseError && error.code === UNIQUE_VIOLATION && error.table === 'event';
}

/** SQLSTATE classes: connection exception, insufficient resources, operator intervention. */
const AWAY_CLASSES = new Set(['08', '53', '57']);

/** True where PostgreSQL cannot be reached or is busy with itself: later it can. */
export function isOutOfReach(error: unknown): boolean {
  return !(error instanceof DatabaseError) || AWAY_CLASSES.has((error.code ?? '').slice(0, 2));
}
