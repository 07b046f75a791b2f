/**
 * Applies messages of cases: one batch is one transaction, with the position that it moves. Preparing a batch and
 * committing it are apart, so that the next batch is prepared while PostgreSQL writes this one.
 */
import {
  type CaseKey,
  countDropped,
  type DroppedEvents,
  type EncodedBatch,
  encodeBatch,
  eventNumber,
  type Identity,
  movePositions,
  type Position,
  type PositionTarget,
  readCases,
  readIdentities,
  type UnreadableRow,
  writeBatch,
} from '@effectstroom/database';
import { carryOn, takeUpCase } from './case-in-hand.ts';
import type { Decoded, DecodedEvent } from './decode.ts';
import { Dropped } from './erasures/erased-cases.ts';
import { type Arrival, caseKeyOf, foldEvents, identityOf, type Stored } from './fold.ts';
import type { WorkerState } from './worker-state.ts';

export type CaseMessage = Exclude<Decoded, { kind: 'settings' }>;

/** A batch that is ready to be written. */
export interface Prepared {
  messages: readonly CaseMessage[];
  batch: EncodedBatch;
  /** The positions as they are in PostgreSQL once all batches before this one are committed. */
  before: readonly Position[];
  /** Events of erased cases, which count nowhere. */
  dropped: readonly DroppedEvents[];
  /** Absent where the positions stay. */
  target: PositionTarget | undefined;
  /** The cases and identities that the batch names, as they are after it. */
  stored: Stored;
}

/** Everything is in up to and including these messages, which are in the order of the stream. */
export function targetOf(messages: readonly Decoded[]): PositionTarget {
  const target = { sequence: 0n, storedAt: 0n, knownAt: 0n };
  for (const { sequence, storedAt } of messages) {
    target.sequence = sequence;
    target.storedAt = storedAt;
    if (storedAt > target.knownAt) target.knownAt = storedAt;
  }
  return target;
}

/**
 * Works out what messages change, and moves `state.positions` on as if that were committed.
 * @param under the batch that is being written now: what it names counts as it is after that batch.
 */
export async function prepare(
  state: WorkerState,
  messages: readonly CaseMessage[],
  target: PositionTarget | undefined,
  under: Stored | undefined,
): Promise<Prepared> {
  const before = state.positions;
  const { arrivals, unreadable, dropped } = await arrive(state, messages);
  const stored = await readStored(state, arrivals, under);
  const folded = foldEvents(arrivals, stored, state.book, state.groups);
  await state.groups.assign(state.reads);
  if (target !== undefined) state.positions = before.map((position) => movedTo(position, target));
  return { messages, batch: encodeBatch({ ...folded, unreadable }), dropped, before, target, stored };
}

/** Writes a batch. @throws whatever PostgreSQL throws; then nothing of it has happened. */
export async function commit(
  { session }: WorkerState,
  { batch, dropped, before, target }: Prepared,
): Promise<void> {
  await session.db.transaction().execute(async (tx) => {
    await writeBatch(tx, session.client, batch);
    await countDropped(tx, dropped);
    if (target === undefined) return;
    const behind = before.filter(({ sequence }) => sequence < target.sequence);
    await movePositions(tx, behind, target);
  });
}

/** A position after a move, as `movePositions` writes it. */
export function movedTo(position: Position, { sequence, storedAt, knownAt }: PositionTarget): Position {
  if (position.sequence >= sequence) return position;
  return { ...position, sequence, storedAt, knownAt: knownAtOf(knownAt, position), revaluation: undefined };
}

/** An event becomes known when JetStream stored it, but never at a moment that was already answered for. */
export function knownAtOf(storedAt: bigint, position: Position): bigint {
  return storedAt > position.knownAt ? storedAt : position.knownAt + 1n;
}

/** The worker's position that a message moves; undefined where it is another's or has been applied. */
function positionOf(state: WorkerState, message: CaseMessage): Position | undefined {
  const position = state.positions.find(({ partition }) => partition === message.partition);
  return position !== undefined && position.sequence < message.sequence ? position : undefined;
}

async function arrive(
  state: WorkerState,
  messages: readonly CaseMessage[],
): Promise<{ arrivals: Arrival[]; unreadable: UnreadableRow[]; dropped: DroppedEvents[] }> {
  const { epoch, reads, organisations, sources, erased } = state;
  const dropped = new Dropped();
  const unreadable: UnreadableRow[] = [];
  const own: { message: CaseMessage; knownAt: bigint; events: readonly DecodedEvent[] }[] = [];
  const organisationCodes = new Set<string>();
  const sourceUris = new Set<string>();
  let storedAt = 0n; // a clock that steps back must not bring the entries of one case out of order
  for (const message of messages) {
    if (message.storedAt > storedAt) storedAt = message.storedAt;
    const position = positionOf(state, message);
    if (position === undefined) continue;
    const knownAt = knownAtOf(storedAt, position);
    const from = { epoch, sequence: message.sequence, storedAt: message.storedAt };
    const events = message.kind === 'cases' ? erased.sift(message.events, from, dropped) : [];
    own.push({ message, knownAt, events });
    for (const { index, detail, payload } of message.unreadable)
      unreadable.push({
        number: eventNumber({ epoch, sequence: message.sequence, index }),
        detail,
        payload,
        knownAt,
      });
    for (const { event } of events) {
      organisationCodes.add(event.data.organisation);
      sourceUris.add(event.source);
    }
  }
  await organisations.ensure(reads, organisationCodes);
  await sources.ensure(reads, sourceUris);
  const arrivals: Arrival[] = [];
  for (const { message, knownAt, events } of own) {
    const { sequence, partition } = message;
    for (const { index, event, payload } of events) {
      const organisation = organisations.id(event.data.organisation);
      const source = sources.id(event.source);
      arrivals.push({
        ...{
          number: eventNumber({ epoch, sequence, index }),
          knownAt,
          event,
          payload,
          organisation,
          source,
          partition,
        },
        identity: identityOf(organisation, source, event.id),
        caseKey: caseKeyOf(organisation, event.data.caseId),
      });
    }
  }
  return { arrivals, unreadable, dropped: dropped.all() };
}

async function readStored(
  { reads }: WorkerState,
  arrivals: readonly Arrival[],
  under: Stored | undefined,
): Promise<Stored> {
  const stored: Stored = { cases: new Map(), identities: new Map() };
  const identities = new Map<string, Identity>();
  const cases = new Map<string, CaseKey>();
  for (const { organisation, source, event, identity, caseKey } of arrivals) {
    const payload = under?.identities.get(identity);
    if (payload === undefined) identities.set(identity, { organisation, source, id: event.id });
    else stored.identities.set(identity, payload);
    const inHand = under?.cases.get(caseKey);
    if (inHand === undefined) cases.set(caseKey, { organisation, caseId: event.data.caseId });
    else if (!stored.cases.has(caseKey)) stored.cases.set(caseKey, carryOn(inHand));
  }
  if (identities.size > 0)
    for (const { organisation, source, id, payload } of await readIdentities(reads, [...identities.values()]))
      stored.identities.set(identityOf(organisation, source, id), payload);
  if (cases.size > 0)
    for (const known of await readCases(reads, [...cases.values()]))
      stored.cases.set(caseKeyOf(known.organisation, known.caseId), takeUpCase(known));
  return stored;
}
