/** Holding partitions: whose turn it is, and where to go on. */
import {
  Codes,
  countWorkers,
  type Database,
  endSilentWorkers,
  eventNumber,
  Groups,
  lockPartitions,
  movePositions,
  type Position,
  readSettings,
  readSettingsBetween,
  requireIdentityKey,
  unlockPartitions,
} from '@effectstroom/database';
import type { Kysely } from 'kysely';
import { movedTo } from './apply.ts';
import type { CaseStream } from './case-stream.ts';
import { ErasedCases } from './erasures/erased-cases.ts';
import { LEASE_MS } from './limits.ts';
import { recogniseStream } from './recognise-stream.ts';
import { applyRecorded } from './revalue.ts';
import { SettingsBook } from './settings-book.ts';
import type { WorkerState } from './worker-state.ts';

/**
 * Takes the partitions that are free, at most `max` and as long as others wait no more than an equal share; their
 * locks are held until the session ends.
 */
export async function takePartitions(
  db: Kysely<Database>,
  partitions: number,
  max: number,
): Promise<number[]> {
  await endSilentWorkers(db, LEASE_MS);
  const { working, waiting } = await countWorkers(db);
  // This one waits, too.
  const most = waiting > 1 ? Math.min(max, Math.ceil(partitions / working)) : max;
  return lockPartitions(db, range(partitions), most);
}

/**
 * Where to go on with the partitions that are held, and the settings that hold there.
 * @throws PartitionsChanged where the stream has other partitions than the database; NoIdentityKey
 */
export async function takeUp(
  { log, session, reads, stop }: Pick<WorkerState, 'log' | 'session' | 'reads' | 'stop'>,
  stream: CaseStream,
  held: readonly number[],
): Promise<WorkerState> {
  await requireIdentityKey(session.db);
  const { identity, epoch, positions } = await recogniseStream(stream, { log, session, stop }, held);
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

/**
 * Takes partitions that another worker let go of, and leaves those beyond an equal share to a worker that has none.
 * Everything that was prepared must be committed.
 * @returns the partitions that are held from now on; undefined where they are the same
 */
export async function keepShare(partitionsMax: number, state: WorkerState): Promise<number[] | undefined> {
  const { db } = state.session;
  const { partitions } = state.stream;
  const own = state.positions.map(({ partition }) => partition);
  await endSilentWorkers(db, LEASE_MS);
  const { working, waiting } = await countWorkers(db);
  const share = Math.ceil(partitions / working);
  if (waiting > 0 && own.length > share) {
    await unlockPartitions(db, own.slice(share));
    return own.slice(0, share);
  }
  const most = waiting > 0 ? Math.min(partitionsMax, share) : partitionsMax;
  const others = range(partitions).filter((partition) => !own.includes(partition));
  const taken = await lockPartitions(db, others, most - own.length);
  return taken.length === 0 ? undefined : [...own, ...taken].sort((one, other) => one - other);
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
