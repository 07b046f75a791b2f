/** Holding partitions: whose turn it is, and where to go on. */
import {
  Codes,
  type Database,
  eventNumber,
  Groups,
  lockPartitions,
  openEpoch,
  type Position,
  readPositions,
  readSettings,
} from '@effectstroom/database';
import type { Logger } from '@effectstroom/runtime';
import type { Kysely } from 'kysely';
import type { CaseStream } from './case-stream.ts';
import { SettingsBook } from './settings-book.ts';
import type { WorkerState } from './worker-state.ts';

/** Takes the partitions that are free, at most `max`; their locks are held until the session ends. */
export function takePartitions(db: Kysely<Database>, partitions: number, max: number): Promise<number[]> {
  return lockPartitions(db, range(partitions), max);
}

/** Where to go on with the partitions that are held, and the settings that hold there. */
export async function takeUp(
  { log, session, reads }: Pick<WorkerState, 'log' | 'session' | 'reads'>,
  stream: CaseStream,
  held: readonly number[],
): Promise<WorkerState> {
  const identity = await stream.identity();
  let epoch = await openEpoch(session.db, identity);
  let positions = await readPositions(session.db, held, epoch);
  if (await lostItsEnd(stream, positions)) {
    log.error(
      { epoch },
      'the stream lost messages that were applied: it is read again from its start, in a new epoch',
    );
    epoch = await openEpoch(session.db, identity, true);
    positions = await readPositions(session.db, held, epoch);
  }
  await warnOfExpired(log, stream, leastSequence(positions));
  const settingsUpTo = eventNumber({ epoch, sequence: leastSequence(positions), index: 0 });
  return {
    ...{ session, reads, stream: identity, epoch, positions, log },
    book: new SettingsBook(await readSettings(session.db, settingsUpTo)),
    groups: new Groups(),
    organisations: new Codes('organisation'),
    sources: new Codes('source'),
  };
}

/** The stream keeps messages for a month: older ones that were never applied are gone, and someone must know. */
async function warnOfExpired(log: Logger, stream: CaseStream, after: bigint): Promise<void> {
  const { first, last } = await stream.bounds();
  if (last > after && first > after + 1n)
    log.error(
      { from: `${after + 1n}`, to: `${first - 1n}` },
      'messages left the stream before they were applied here',
    );
}

/** Whether a sequence that was applied now stands for another message, or for none yet. */
async function lostItsEnd(stream: CaseStream, positions: readonly Position[]): Promise<boolean> {
  for (const { sequence, storedAt } of positions) {
    if (sequence === 0n) continue;
    const { first, last } = await stream.bounds();
    if (sequence > last) return true;
    if (sequence >= first && (await stream.storedAt(sequence)) !== storedAt) return true;
  }
  return false;
}

/** Partitions that another worker let go of are taken by starting again with them. */
export async function takeFreePartitions(partitionsMax: number, state: WorkerState): Promise<void> {
  const { partitions } = state.stream;
  const own = new Set(state.positions.map(({ partition }) => partition));
  const others = range(partitions).filter((partition) => !own.has(partition));
  const taken = await lockPartitions(state.session.db, others, partitionsMax - own.size);
  if (taken.length > 0) throw new Error(`Partitions came free: ${taken.join(', ')}`);
}

export function leastSequence(positions: readonly Position[]): bigint {
  return positions.reduce(
    (least, { sequence }) => (sequence < least ? sequence : least),
    positions[0]?.sequence ?? 0n,
  );
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}
