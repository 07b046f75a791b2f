/** Applies a decision on what stands in quarantine: the case of the event is resolved again. */
import type { QuarantineDecision } from '@effectstroom/contracts';
import {
  encodeBatch,
  moveIdentityConflicts,
  type Position,
  readCaseOfEvent,
  writeBatch,
} from '@effectstroom/database';
import { knownAtOf } from './apply.ts';
import { IDENTITY_CONFLICT } from './fold.ts';
import { resolveAgain, type SettingsCause } from './resolve-again.ts';
import type { WorkerState } from './worker-state.ts';

/**
 * Brings the worker's partitions `own` to a decision that is in the book. A second time it changes nothing; an event
 * that has not come yet meets the decision when it comes.
 */
export async function decide(
  state: WorkerState,
  own: readonly Position[],
  decision: QuarantineDecision,
  cause: SettingsCause,
): Promise<void> {
  const { session, log } = state;
  const { target, reason } = decision;
  const partitions = own.map(({ partition }) => partition);
  if (target === 'identity-conflict') {
    const to =
      decision.decision === 'dismiss'
        ? ({ reason: 'dismissed', detail: reason } as const)
        : IDENTITY_CONFLICT;
    const known = own.map((position) => knownAtOf(cause.storedAt, position));
    const knownAt = known.reduce((latest, one) => (one > latest ? one : latest), cause.storedAt);
    await session.db
      .transaction()
      .execute((tx) => moveIdentityConflicts(tx, decision, to, knownAt, partitions));
  } else {
    const recorded = await readCaseOfEvent(session.db, decision, partitions);
    if (recorded === undefined) return;
    const batch = encodeBatch(await resolveAgain(state, own, [recorded], cause));
    await session.db.transaction().execute((tx) => writeBatch(tx, session.client, batch));
  }
  log.info({ decision: decision.decision, target }, 'quarantine decision applied');
}
