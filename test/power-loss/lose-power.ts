/** Takes the power away at some moments, and counts what was acknowledged and is gone. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartFault } from '@effectstroom/infra';
import { DiskImage } from '../machines/disk-image.ts';
import { signalTree } from '../machines/process-tree.ts';
import type { Random } from '../scenarios/random.ts';
import type { Acknowledged } from './acknowledged.ts';
import type { Begun, Subject } from './subject.ts';

/** In which acknowledgements that are on their way arrive at the clients. */
const UNDER_WAY_MS = 200;
const FIRST_MS = 3_000;
const DISK_BYTES = 2 ** 30;

export interface Plan {
  /** Power failures of each subject. */
  moments: number;
  /** Seconds of load in which they fall. */
  seconds: number;
  random: Random;
  /** Holds the disks; on a file system with room for one more than there are moments. */
  folder: string;
}

/** What one power failure took. */
export interface Loss {
  /** Milliseconds of load before it. */
  afterMs: number;
  acknowledged: number;
  lost: number;
  /** Milliseconds from the oldest acknowledgement of what is gone; 0 where nothing is. */
  backMs: number;
  /** What became of the server: it may know nothing of it all any more, or not start. */
  state: 'goes on' | 'forgot all' | 'does not start';
  /** Once all was sent again: of what was acknowledged, still missing. Undefined where that was not tried. */
  missing: number | undefined;
}

interface Failure {
  afterMs: number;
  at: number;
  acknowledged: Acknowledged;
  image: string;
}

/** The power failures of one run of a subject; each is found on a copy of its disk: the run goes on. */
export async function losePower(subject: Subject, plan: Plan, signal: AbortSignal): Promise<Loss[]> {
  const failures = await failuresOf(subject, plan, signal);
  const losses: Loss[] = [];
  for (const failure of failures) losses.push(await lossOf(subject, failure, plan.folder, signal));
  return losses;
}

async function failuresOf(subject: Subject, plan: Plan, signal: AbortSignal): Promise<Failure[]> {
  const image = await DiskImage.make(join(plan.folder, 'disk.img'), join(plan.folder, 'disk'), DISK_BYTES);
  try {
    const begun = await subject.begin(image.folder, signal);
    try {
      const startedAt = performance.now();
      const failures: Failure[] = [];
      for (const moment of momentsOf(plan)) {
        await sleep(Math.max(0, startedAt + moment - performance.now()), undefined, { signal });
        const copy = join(plan.folder, `disk-${failures.length}.img`);
        failures.push({ afterMs: moment, image: copy, ...(await failNow(begun, image, copy)) });
      }
      return failures;
    } finally {
      await begun.stop();
    }
  } finally {
    await image.unmount();
  }
}

/** Sorted milliseconds from the start of the load. */
function momentsOf({ moments, seconds, random }: Plan): number[] {
  const drawn = Array.from({ length: moments }, () => FIRST_MS + random.below(seconds * 1_000 - FIRST_MS));
  return drawn.sort((one, other) => one - other);
}

/** Holds the server, hears what it still acknowledged, and copies what is on its disk; then it goes on. */
async function failNow(
  { pids, load }: Begun,
  image: DiskImage,
  copy: string,
): Promise<Pick<Failure, 'at' | 'acknowledged'>> {
  for (const pid of pids) signalTree(pid, 'SIGSTOP');
  try {
    await sleep(UNDER_WAY_MS);
    const acknowledged = load.acknowledged();
    const at = performance.now();
    await image.copyAsHeld(copy);
    return { at, acknowledged };
  } finally {
    for (const pid of pids) signalTree(pid, 'SIGCONT');
  }
}

async function lossOf(
  subject: Subject,
  { afterMs, at, acknowledged, image: file }: Failure,
  folder: string,
  signal: AbortSignal,
): Promise<Loss> {
  const image = await DiskImage.mount(file, join(folder, 'found'));
  const gone = (found: ReadonlySet<number> | undefined) =>
    [...acknowledged].filter(([number]) => found?.has(number) !== true);
  try {
    const found = await subject.found(image.folder, signal).catch(doesNotStart);
    const lost = gone(found === 'does not start' ? undefined : found);
    const oldest = lost.reduce((least, [, acknowledgedAt]) => Math.min(least, acknowledgedAt), at);
    const upTo = [...acknowledged.keys()].reduce((most, number) => Math.max(most, number), 0);
    const again = await subject.sentAgain?.(image.folder, signal, upTo);
    return {
      afterMs,
      acknowledged: acknowledged.size,
      lost: lost.length,
      backMs: at - oldest,
      state: found === 'does not start' ? found : found === undefined ? 'forgot all' : 'goes on',
      missing: again === undefined ? undefined : gone(again).length,
    };
  } finally {
    await image.unmount();
  }
}

function doesNotStart(error: unknown): 'does not start' {
  if (error instanceof StartFault) return 'does not start';
  throw error;
}
