/**
 * Works out what a batch changes, a slice at a time: what PostgreSQL answers meanwhile, to this and to the batch that
 * is being written, is heard in between, and of the events themselves only the bytes to be written stay in memory.
 */
import { setImmediate } from 'node:timers/promises';
import { BatchEncoder, type CaseStateRow, type PositionTarget } from '@effectstroom/database';
import { type CaseMessage, movedTo, type Prepared } from './apply.ts';
import { Arrivals, type ArrivedEvent } from './arrivals.ts';
import { Fold, IDENTITY_CONFLICT, type Stored } from './fold.ts';
import { BREATH_EVENTS, SLICE_EVENTS } from './limits.ts';
import { readStored } from './read-stored.ts';
import type { WorkerState } from './worker-state.ts';

/** How a batch is prepared. */
export interface Preparing {
  /** The batch that is being written now: what it names counts as it is after that batch. */
  under: Stored | undefined;
  /** Whether identities are looked up that may be recorded; else all are taken as new, and their key tells. */
  lookUp: boolean;
}

/**
 * Works out what messages change, and moves `state.positions` on as if that were committed. The messages are decoded
 * as they are come to.
 * @param target where the positions go; undefined where they stay
 */
export async function prepare(
  state: WorkerState,
  messages: Iterable<CaseMessage>,
  target: PositionTarget | undefined,
  { under, lookUp }: Preparing,
): Promise<Prepared> {
  const before = state.positions;
  const stored: Stored = { cases: new Map(), identities: new Map() };
  const arrivals = new Arrivals(state);
  const fold = new Fold(stored, state.book, state.groups);
  const encoder = new BatchEncoder();
  const slices = slicesOf(messages);
  /** Undefined behind the last slice. */
  const next = async () => {
    const { done, value } = await slices.next();
    if (done) return undefined;
    const arrived = await arrivals.of(value);
    return { arrived, read: await readStored(state.reads, arrived, { stored, under, lookUp }) };
  };
  let coming = next();
  for (;;) {
    const slice = await coming;
    if (slice === undefined) break;
    slice.read(stored);
    // While this slice is folded, the next is decoded and its cases are read.
    coming = next();
    coming.catch(() => undefined); // it fails where it is awaited, or not at all
    for (let at = 0; at < slice.arrived.length; at += BREATH_EVENTS) {
      await setImmediate();
      await foldPart(state, fold, encoder, slice.arrived.slice(at, at + BREATH_EVENTS));
    }
  }
  const changedCases = await encodeCases(fold, encoder);
  if (target !== undefined) state.positions = before.map((position) => movedTo(position, target));
  const { repetitions, ...rest } = fold.rest();
  const conflicts = rest.quarantined.filter(({ reason }) => reason === IDENTITY_CONFLICT.reason).length;
  const batch = encoder.encoded({ ...rest, changedCases, unreadable: arrivals.unreadable });
  const recorded = repetitions + conflicts;
  return { batch, dropped: arrivals.dropped, before, target, stored, recorded };
}

/** Messages in slices of about {@link SLICE_EVENTS}. */
async function* slicesOf(messages: Iterable<CaseMessage>): AsyncGenerator<CaseMessage[]> {
  let slice: CaseMessage[] = [];
  let events = 0;
  let breath = 0;
  for (const message of messages) {
    slice.push(message);
    if (message.kind === 'cases') events += message.events.length;
    if (events >= SLICE_EVENTS) {
      yield slice;
      slice = [];
      events = 0;
      breath = 0;
    } else if (events - breath >= BREATH_EVENTS) {
      breath = events;
      await setImmediate();
    }
  }
  if (slice.length > 0) yield slice;
}

async function foldPart(
  { groups, reads }: WorkerState,
  fold: Fold,
  encoder: BatchEncoder,
  arrived: readonly ArrivedEvent[],
): Promise<void> {
  const { events, entries } = fold.add(arrived);
  await groups.assign(reads);
  for (const event of events) encoder.addEvent(event);
  for (const entry of entries) encoder.addEntry(entry);
}

/** @returns the cases that are not new. */
async function encodeCases(fold: Fold, encoder: BatchEncoder): Promise<CaseStateRow[]> {
  const changed: CaseStateRow[] = [];
  let cases = 0;
  for (const { row, isNew } of fold.cases()) {
    if (isNew) encoder.addNewCase(row);
    else changed.push(row);
    if (++cases % BREATH_EVENTS === 0) await setImmediate();
  }
  return changed;
}
