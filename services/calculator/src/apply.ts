/**
 * Applies messages of cases: one batch is one transaction, with the position that it moves. Preparing a batch and
 * committing it are apart, so that the next batch is prepared while PostgreSQL writes this one.
 */
import {
  type CaseKey,
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
import type { Decoded, DecodedEvent, UnreadableLine } from './decode.ts';
import { type Arrival, caseKeyOf, foldEvents, identityOf, type Stored } from './fold.ts';
import type { WorkerState } from './worker-state.ts';

export type CaseMessage = Exclude<Decoded, { kind: 'settings' }>;

/** A batch that is ready to be written. */
export interface Prepared {
  messages: readonly CaseMessage[];
  batch: EncodedBatch;
  /** The positions as they are in PostgreSQL once all batches before this one are committed. */
  before: readonly Position[];
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
  const { arrivals, unreadable } = await arrive(state, messages);
  const stored = await readStored(state, arrivals, under);
  const folded = foldEvents(arrivals, stored, state.book, state.groups);
  await state.groups.assign(state.reads);
  if (target !== undefined) state.positions = before.map((position) => movedTo(position, target));
  return { messages, batch: encodeBatch({ ...folded, unreadable }), before, target, stored };
}

/** Writes a batch. @throws whatever PostgreSQL throws; then nothing of it has happened. */
export async function commit({ session }: WorkerState, { batch, before, target }: Prepared): Promise<void> {
  await session.db.transaction().execute(async (tx) => {
    await writeBatch(tx, session.client, batch);
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
): Promise<{ arrivals: Arrival[]; unreadable: UnreadableRow[] }> {
  const { epoch, reads, organisations, sources } = state;
  const unreadable: UnreadableRow[] = [];
  const events: (DecodedEvent & { partition: number; number: bigint; knownAt: bigint })[] = [];
  let storedAt = 0n; // a clock that steps back must not bring the entries of one case out of order
  for (const message of messages) {
    if (message.storedAt > storedAt) storedAt = message.storedAt;
    const position = positionOf(state, message);
    if (position === undefined) continue;
    const { sequence } = message;
    const knownAt = knownAtOf(storedAt, position);
    const numberOf = ({ index }: DecodedEvent | UnreadableLine) => eventNumber({ epoch, sequence, index });
    for (const line of message.unreadable)
      unreadable.push({ number: numberOf(line), detail: line.detail, payload: line.payload, knownAt });
    if (message.kind !== 'cases') continue;
    for (const event of message.events)
      events.push({ ...event, partition: message.partition, number: numberOf(event), knownAt });
  }
  const organisationCodes = events.map(({ event }) => event.data.organisation);
  await organisations.ensure(reads, organisationCodes);
  const sourceUris = events.map(({ event }) => event.source);
  await sources.ensure(reads, sourceUris);
  const arrivals = events.map((arrival) => ({
    ...arrival,
    organisation: organisations.id(arrival.event.data.organisation),
    source: sources.id(arrival.event.source),
  }));
  return { arrivals, unreadable };
}

async function readStored(
  { reads }: WorkerState,
  arrivals: readonly Arrival[],
  under: Stored | undefined,
): Promise<Stored> {
  const stored: Stored = { cases: new Map(), identities: new Map() };
  const identities = new Map<string, Identity>();
  const cases = new Map<string, CaseKey>();
  for (const { organisation, source, event } of arrivals) {
    const identity = { organisation, source, id: event.id };
    const payload = under?.identities.get(identityOf(identity));
    if (payload === undefined) identities.set(identityOf(identity), identity);
    else stored.identities.set(identityOf(identity), payload);
    const key = caseKeyOf({ organisation, caseId: event.data.caseId });
    const inHand = under?.cases.get(key);
    if (inHand === undefined) cases.set(key, { organisation, caseId: event.data.caseId });
    else if (!stored.cases.has(key)) stored.cases.set(key, carryOn(inHand));
  }
  if (identities.size > 0)
    for (const known of await readIdentities(reads, [...identities.values()]))
      stored.identities.set(identityOf(known), known.payload);
  if (cases.size > 0)
    for (const known of await readCases(reads, [...cases.values()]))
      stored.cases.set(caseKeyOf(known), takeUpCase(known));
  return stored;
}
