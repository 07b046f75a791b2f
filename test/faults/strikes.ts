/** The faults of a run, one after the other: what comes when is drawn from the seed. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../scenarios/random.ts';
import type { Fault, FaultWorld } from './fault.ts';
import { randomAt } from './load/invented-chunk.ts';
import { NotRecovered, type Probe } from './probe.ts';

/** A fault that struck. Moments are milliseconds since 1970. */
export interface Strike {
  kind: string;
  /** What was done. */
  what: string;
  from: number;
  /** When the fault was over, and when the product was known to do everything again. */
  over: number;
  recovered: number;
}

export interface Strikes {
  strikes: Strike[];
  /** Faults that could not be done, and why: they count as none. */
  failed: string[];
  /** Why it ended before its time, where it did. */
  notRecovered: string | undefined;
}

export interface StrikeOptions {
  seed: number;
  faults: readonly Fault[];
  /** A new fault begins only before this moment of `performance.now()`. */
  until: number;
  tell: (line: string) => void;
}

/** Longer than any fault lasts. */
const STRIKE_MAX_MS = 120_000;
/** In which a fault that lasts too long must have been undone. */
const UNDO_MAX_MS = 60_000;
const CALM_MS = 600;

/**
 * Strikes until the time is over, or the product does not recover. A fault that could not be done is told,
 * and the run goes on: the product must be well after it too.
 */
export async function strike(
  world: FaultWorld,
  probe: Probe,
  options: StrikeOptions,
  signal: AbortSignal,
): Promise<Strikes> {
  const all: Strikes = { strikes: [], failed: [], notRecovered: undefined };
  const random = randomAt(options.seed, 300, 0);
  let number = 0;
  for (const fault of inTurns(options.faults, random)) {
    if (performance.now() > options.until) break;
    await sleep(random.below(CALM_MS), undefined, { signal });
    const { kind } = fault;
    const from = Date.now();
    options.tell(`  ${kind} …`);
    const { what, failure } = await attempt(fault, world, randomAt(options.seed, 400, number++), signal);
    const over = Date.now();
    const recovery = await recoveryOf(probe, signal);
    const isBack = typeof recovery === 'number';
    if (what !== undefined)
      all.strikes.push({ kind, what, from, over, recovered: isBack ? over + recovery : Date.now() });
    if (failure !== undefined) all.failed.push(`${kind}: ${failure}`);
    const none = failure === undefined ? 'found nothing to strike' : `could not be done: ${failure}`;
    const done = what ?? none;
    if (!isBack) return { ...all, notRecovered: `${kind} (${done}): ${recovery.message}` };
    options.tell(`  ${kind}: ${done}; recovered ${recovery} ms after it`);
  }
  return all;
}

/** Does a fault. @returns what was done, or why it could not be; neither where there was nothing to do */
async function attempt(
  fault: Fault,
  world: FaultWorld,
  random: Random,
  signal: AbortSignal,
): Promise<{ what?: string | undefined; failure?: string }> {
  const ended = new AbortController();
  const tooLong = AbortSignal.timeout(STRIKE_MAX_MS);
  const notUndone = sleep(STRIKE_MAX_MS + UNDO_MAX_MS, undefined, { signal: ended.signal }).then(() => {
    throw new Error(`it is not undone after ${(STRIKE_MAX_MS + UNDO_MAX_MS) / 1_000} seconds`);
  });
  try {
    const done = fault.strike(world, random, AbortSignal.any([signal, tooLong]));
    return { what: await Promise.race([done, notUndone]) };
  } catch (error) {
    signal.throwIfAborted();
    return { failure: error instanceof Error ? error.message : String(error) };
  } finally {
    notUndone.catch(() => undefined);
    ended.abort();
  }
}

/** In whole milliseconds. */
async function recoveryOf(probe: Probe, signal: AbortSignal): Promise<number | NotRecovered> {
  try {
    return Math.round(await probe.recovery(signal));
  } catch (error) {
    if (error instanceof NotRecovered) return error;
    throw error;
  }
}

/**
 * First those that open the run, once; then the others in rounds without end, each in another order: none
 * strikes a second time before every one had its turn.
 */
export function* inTurns(faults: readonly Fault[], random: Random): Generator<Fault> {
  yield* faults.filter(({ opens }) => opens);
  const others = faults.filter(({ opens }) => !opens);
  while (others.length > 0) {
    const round = [...others];
    while (round.length > 0) yield* round.splice(random.below(round.length), 1);
  }
}
