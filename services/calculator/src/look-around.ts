/** What a worker does while nothing arrives. */
import { moveKnownAt, newestEpoch } from '@effectstroom/database';
import type { CaseStream } from './case-stream.ts';
import { OWNERSHIP_MS } from './limits.ts';
import { leastSequence, passExpired } from './partitions.ts';
import { needsUpgrade, upgradePage } from './upgrade.ts';
import type { WorkerState } from './worker-state.ts';

/**
 * While nothing arrives: is the stream still the one that is read, and is everything in? Then everything up to now is.
 * @returns whether nothing waits in the stream
 * @throws Error where it is another stream, or lost its end
 */
export async function lookAround(stream: CaseStream, state: WorkerState): Promise<boolean> {
  const { createdAt, first, last } = await stream.look();
  if (createdAt !== state.stream.createdAt) throw new Error('The stream was made anew');
  if ((await newestEpoch(state.session.db)) !== state.epoch)
    throw new Error('Another worker began a new epoch');
  if (last < leastSequence(state.positions)) throw new Error('The stream lost messages that were applied');
  await passExpired(state, first);
  if (last !== leastSequence(state.positions)) return false;
  const upgradesFrom = performance.now();
  while (needsUpgrade(state) && (await upgradePage(state))) {
    // The rest waits: for what arrived, for the next look at who holds what, or for the next start.
    if ((await stream.bounds()).last !== last || state.stop.aborted) return true;
    if (performance.now() - upgradesFrom > OWNERSHIP_MS) return true;
  }
  await moveOn(state);
  return true;
}

/** Nothing waits: everything up to now is in. */
async function moveOn(state: WorkerState): Promise<void> {
  const knownAt = await moveKnownAt(state.session.db, state.positions);
  state.positions = state.positions.map((position) =>
    position.knownAt < knownAt ? { ...position, knownAt } : position,
  );
}
