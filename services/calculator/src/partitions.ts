/** Holding partitions: whose turn it is, and where to go on. */
import {
  Codes,
  type Database,
  eventNumber,
  Groups,
  lockPartitions,
  movePositions,
  openEpoch,
  type Position,
  readPositions,
  readSettings,
  readSettingsBetween,
} from '@effectstroom/database';
import type { Kysely } from 'kysely';
import { movedTo } from './apply.ts';
import type { CaseStream } from './case-stream.ts';
import { ErasedCases } from './erasures/erased-cases.ts';
import { applyRecorded } from './revalue.ts';
import { SettingsBook } from './settings-book.ts';
import type { WorkerState } from './worker-state.ts';

/** Takes the partitions that are free, at most `max`; their locks are held until the session ends. */
export function takePartitions(db: Kysely<Database>, partitions: number, max: number): Promise<number[]> {
  return lockPartitions(db, range(partitions), max);
}

/**
 * Where to go on with the partitions that are held, and the settings that hold there.
 * @throws PartitionsChanged where the stream has other partitions than the database.
 */
export async function takeUp(
  { log, session, reads, stop }: Pick<WorkerState, 'log' | 'session' | 'reads' | 'stop'>,
  stream: CaseStream,
  held: readonly number[],
): Promise<WorkerState> {
  const identity = await stream.identity();
  let epoch = await openEpoch(session.db, identity);
  let positions = await readPositions(session.db, held, epoch);
  if (await lostItsEnd(stream, positions)) {
    log.error({ epoch }, 'the stream lost messages that were applied: it is read again in a new epoch');
    epoch = await openEpoch(session.db, identity, epoch);
    positions = await readPositions(session.db, held, epoch);
  }
  const settings = positions
    .map((position) => position.settings)
    .reduce((least, one) => (one < least ? one : least));
  const state = {
    ...{ session, reads, stop, stream: identity, epoch, positions, log },
    book: new SettingsBook(await readSettings(session.db, settings)),
    groups: new Groups(),
    organisations: new Codes('organisation'),
    sources: new Codes('source'),
    erased: await ErasedCases.read(session.db),
  };
  const { first } = await stream.bounds();
  const next = leastSequence(positions) + 1n;
  const delivered = eventNumber({ epoch, sequence: first > next ? first : next, index: 0 });
  for (const version of await readSettingsBetween(session.db, settings, delivered))
    await applyRecorded(state, version);
  return state;
}

/**
 * The stream keeps messages for a month. Older ones that were never applied are gone: someone must know, and the
 * positions move past them, or nothing would ever count as complete again.
 */
export async function passExpired(state: WorkerState, first: bigint): Promise<void> {
  const behind = state.positions.filter(({ sequence }) => sequence + 1n < first);
  if (behind.length === 0) return;
  const from = leastSequence(behind) + 1n;
  state.log.error(
    { from: `${from}`, to: `${first - 1n}` },
    'messages left the stream before they were applied',
  );
  const target = { sequence: first - 1n, storedAt: 0n, knownAt: 0n };
  await state.session.db.transaction().execute((tx) => movePositions(tx, behind, target));
  state.positions = state.positions.map((position) => movedTo(position, target));
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
