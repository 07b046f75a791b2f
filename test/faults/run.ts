/** A whole run: the worlds in which its faults strike, one after the other. */
import { type RunOptions, runWorld, type WorldRun } from './world-run.ts';

/** All that a run was. */
export interface FaultsRun {
  runs: readonly WorldRun[];
  /** Why a world did not come to its verdict, in sentences. */
  broken: readonly string[];
  /** The kinds that were to strike and did not. */
  missed: readonly string[];
}

const LEAST_SHARE = 0.2;

/**
 * Runs the faults of each place in a world made for them, one after the other.
 * @throws what ended the first world, where none came to a verdict
 */
export async function runFaults(options: RunOptions, signal: AbortSignal): Promise<FaultsRun> {
  const runs: WorldRun[] = [];
  const errors: unknown[] = [];
  const places = Map.groupBy(options.faults, ({ place }): WorldRun['place'] => place ?? 'here');
  for (const [place, faults] of places) {
    const share = shareOf(faults.length, options.faults.length);
    try {
      runs.push(await runWorld({ ...options, faults, share }, place, signal));
    } catch (error) {
      signal.throwIfAborted();
      errors.push(error);
      options.tell(`no verdict: ${error instanceof Error ? error.message : error}`);
    }
  }
  if (runs.length === 0) throw errors[0];
  const struck = new Set(runs.flatMap(({ strikes }) => strikes.map(({ kind }) => kind)));
  return {
    runs,
    broken: errors.map((error) => (error instanceof Error ? (error.stack ?? error.message) : String(error))),
    missed: options.faults.map(({ kind }) => kind).filter((kind) => !struck.has(kind)),
  };
}

/** Of the time: by the number of kinds, but for few of them not too little. */
function shareOf(kinds: number, all: number): number {
  return Math.min(Math.max(kinds / all, LEAST_SHARE), kinds === all ? 1 : 1 - LEAST_SHARE);
}
