/**
 * A job that comes again some seconds after it ended, by the clock that nobody can set. A cron of seconds goes by
 * the time of day: where that jumps ahead, node-cron makes up for every round it passed, one by one, which holds
 * up the process for minutes (40 days); where it then jumps back, no round comes until that time has come again.
 */
import { setTimeout as sleep } from 'node:timers/promises';

/** @param round never throws @returns what stops it; a round that has begun goes on */
export function atIntervals(ms: number, round: () => Promise<void>): () => Promise<void> {
  const stop = new AbortController();
  const { signal } = stop;
  const work = async (): Promise<void> => {
    for (;;) {
      await sleep(ms, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      await round();
    }
  };
  void work();
  return async () => stop.abort();
}
