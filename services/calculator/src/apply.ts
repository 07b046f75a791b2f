/** Applies messages of cases: one batch is one transaction, with the position that it moves. */
import {
  countDropped,
  type DroppedEvents,
  type EncodedBatch,
  movePositions,
  type Position,
  type PositionTarget,
  writeBatch,
} from '@effectstroom/database';
import type { Decoded } from './decode.ts';
import type { Stored } from './fold.ts';
import type { WorkerState } from './worker-state.ts';

export type CaseMessage = Exclude<Decoded, { kind: 'settings' }>;

/** A batch that is ready to be written. */
export interface Prepared {
  batch: EncodedBatch;
  /** The positions as they are in PostgreSQL once all batches before this one are committed. */
  before: readonly Position[];
  /** Events of erased cases, which count nowhere. */
  dropped: readonly DroppedEvents[];
  /** Absent where the positions stay. */
  target: PositionTarget | undefined;
  /** The cases and identities that the batch names, as they are after it. */
  stored: Stored;
  /** Events whose identity is recorded already, with the same content or other. */
  recorded: number;
}

/** Everything is in up to and including these messages, which are in the order of the stream. */
export function targetOf(messages: readonly Pick<Decoded, 'sequence' | 'storedAt'>[]): PositionTarget {
  const target = { sequence: 0n, storedAt: 0n, knownAt: 0n };
  for (const { sequence, storedAt } of messages) {
    target.sequence = sequence;
    target.storedAt = storedAt;
    if (storedAt > target.knownAt) target.knownAt = storedAt;
  }
  return target;
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
export function positionOf(state: WorkerState, message: CaseMessage): Position | undefined {
  const position = state.positions.find(({ partition }) => partition === message.partition);
  return position !== undefined && position.sequence < message.sequence ? position : undefined;
}
