/** The careful way through messages of which one cannot be applied: that event is set apart, the others count. */
import { Groups } from '@effectstroom/database';
import { type CaseMessage, commit, targetOf } from './apply.ts';
import { isDataFault } from './database-fault.ts';
import type { DecodedEvent } from './decode.ts';
import { prepare } from './prepare.ts';
import type { WorkerState } from './worker-state.ts';

const ALONE = { under: undefined, lookUp: true };

/**
 * Applies each event in a transaction of its own, and moves the positions at the end. A crash in between repeats
 * events that are recorded, which changes nothing.
 */
export async function applyOneByOne(
  state: WorkerState,
  messages: readonly CaseMessage[],
  reason: unknown,
): Promise<void> {
  state.log.error(
    { err: reason, messages: messages.length },
    'a message cannot be applied: one event at a time',
  );
  for (const message of messages) {
    await applyPart(state, { ...message, ...(message.kind === 'cases' ? { events: [] } : {}) });
    if (message.kind !== 'cases') continue;
    for (const event of message.events) {
      state.stop.throwIfAborted();
      await applyEvent(state, message, event);
    }
  }
  await commit(state, await prepare(state, [], targetOf(messages), ALONE));
}

async function applyEvent(
  state: WorkerState,
  message: CaseMessage & { kind: 'cases' },
  event: DecodedEvent,
): Promise<void> {
  const { index, payload } = event;
  try {
    await applyPart(state, { ...message, events: [event], unreadable: [] });
  } catch (error) {
    if (!isDataFault(error)) throw error;
    state.log.error({ err: error, sequence: message.sequence.toString(), index }, 'an event is set apart');
    const detail = error instanceof Error ? error.message : String(error);
    await applyPart(state, {
      ...message,
      events: [],
      unreadable: [{ index, detail, payload }],
    });
  }
}

async function applyPart(state: WorkerState, message: CaseMessage): Promise<void> {
  state.groups = new Groups(); // a group that could not be written would fail again and again
  await commit(state, await prepare(state, [message], undefined, ALONE));
}
