/** Whether the stream is still the one that was applied. Another one begins a new epoch. */
import { setTimeout as sleep } from 'node:timers/promises';
import {
  openEpoch,
  type Position,
  readMetStream,
  readPositions,
  type StreamIdentity,
} from '@effectstroom/database';
import type { CaseStream, StreamLook } from './case-stream.ts';
import { LOOK_AGAIN_MS, OTHER_LOOKS, OTHER_LOOKS_OF_SEVERAL, UNSURE_MS } from './limits.ts';
import type { WorkerState } from './worker-state.ts';

export interface Recognised {
  identity: StreamIdentity;
  epoch: number;
  /** Of the partitions that are held, in this epoch. */
  positions: Position[];
}

/** How the stream differs from the one that was applied. */
interface Difference {
  /** For the log. */
  found: Readonly<Record<string, string>>;
  isMadeAnew: boolean;
  /** Whether a server that has not everything yet would say the same. */
  mayCatchUp: boolean;
}

/** That it differs, seen time after time. */
interface Suspicion {
  looks: number;
  last: StreamLook;
}

/**
 * The epoch of the stream, and the positions in it. A new epoch makes workers read all of the stream again, so it begins
 * only where the stream is another one for certain: one server says so time after time, and does not come nearer to what
 * was applied. In a cluster a message may arrive from one server before the one that leads next has it.
 * @throws PartitionsChanged where the stream has other partitions than the database
 * @throws Error where no server can say it, or what it says goes on to change
 */
export async function recogniseStream(
  stream: CaseStream,
  { log, session: { db }, stop }: Pick<WorkerState, 'log' | 'session' | 'stop'>,
  held: readonly number[],
): Promise<Recognised> {
  const deadline = performance.now() + UNSURE_MS;
  let suspicion: Suspicion | undefined;
  for (;;) {
    const look = await stream.look();
    const met = await readMetStream(db, look);
    const epoch = met?.epoch ?? (await openEpoch(db, look));
    const positions = await readPositions(db, held, epoch);
    const difference = await differenceOf(stream, look, positions, met?.isSame ?? true);
    if (difference === undefined) {
      if (suspicion !== undefined) log.info({ epoch }, 'the stream is the one that was applied');
      return { identity: look, epoch, positions };
    }
    const { found } = difference;
    if (suspicion === undefined)
      log.warn({ epoch, ...found }, 'the stream looks like another one than was applied: it is asked again');
    suspicion = seenAgain(suspicion, look, positions, difference);
    if (suspicion.looks >= looksNeeded(look, difference)) {
      log.error({ epoch, ...found }, 'the stream is another one than was applied: it is read in a new epoch');
      const next = await openEpoch(db, look, met?.isSame ? epoch : undefined);
      return { identity: look, epoch: next, positions: await readPositions(db, held, next) };
    }
    if (performance.now() > deadline)
      throw new Error('nats-server does not say for certain whether the stream is the one that was applied');
    await sleep(LOOK_AGAIN_MS, undefined, { signal: stop });
  }
}

/** A server that keeps the stream alone knows at once when it was made. */
function looksNeeded({ leader }: StreamLook, { isMadeAnew }: Difference): number {
  if (leader !== undefined) return OTHER_LOOKS_OF_SEVERAL;
  return isMadeAnew ? 1 : OTHER_LOOKS;
}

/** Counts on, or begins anew where another server says it, or the same one was still catching up. */
function seenAgain(
  before: Suspicion | undefined,
  look: StreamLook,
  positions: readonly Position[],
  { mayCatchUp }: Difference,
): Suspicion {
  if (before === undefined) return { looks: 1, last: look };
  const { leader, createdAt, last } = before.last;
  // What came after the lost end is newer than what was lost.
  const isOld = positions.some(({ storedAt }) => look.lastAt <= storedAt);
  const comesNearer = mayCatchUp && look.last > last && isOld;
  const isSteady = leader === look.leader && createdAt === look.createdAt && !comesNearer;
  return { looks: isSteady ? before.looks + 1 : 1, last: look };
}

/** A stream made at another moment; or a sequence that was applied and now stands for another message, or for none. */
async function differenceOf(
  stream: CaseStream,
  { createdAt, first, last }: StreamLook,
  positions: readonly Position[],
  isSame: boolean,
): Promise<Difference | undefined> {
  if (!isSame) return { found: { createdAt }, isMadeAnew: true, mayCatchUp: false };
  for (const { sequence, storedAt } of positions) {
    if (sequence === 0n || sequence < first) continue;
    const mayCatchUp = sequence > last;
    const found = mayCatchUp ? undefined : await stream.storedAt(sequence);
    if (found === storedAt) continue;
    const texts = { sequence: `${sequence}`, last: `${last}`, storedAt: `${storedAt}`, now: `${found}` };
    return { found: texts, isMadeAnew: false, mayCatchUp };
  }
  return undefined;
}
