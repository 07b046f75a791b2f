/** What is tried: a server with a setting, on a disk that loses its power. */
import type { Load } from './acknowledged.ts';

export interface Subject {
  /** As the report calls it. */
  name: string;
  setting: string;
  /** Whether what was acknowledged may be gone; never of what we run where a loss counts. */
  mayLose: boolean;
  /** Starts it on an empty disk, with clients that load it. */
  begin(disk: string, signal: AbortSignal): Promise<Begun>;
  /** The numbers that are still there, by its own word; undefined where it knows nothing of them any more. */
  found(disk: string, signal: AbortSignal): Promise<ReadonlySet<number> | undefined>;
  /** After `found`: what is there once all that was sent up to a number is sent again, as a source can. */
  sentAgain?(disk: string, signal: AbortSignal, upTo: number): Promise<ReadonlySet<number>>;
}

export interface Begun {
  /** The processes of the servers; they may have others below them. */
  pids: readonly number[];
  load: Load;
  /** Ends the clients, then the server. */
  stop(): Promise<void>;
}

/** Ends what was started, last first, whatever happens to one of them. */
export async function endAll(stops: readonly (() => unknown)[]): Promise<void> {
  const faults: unknown[] = [];
  for (const stop of stops.toReversed())
    await Promise.resolve()
      .then(stop)
      .catch((error: unknown) => faults.push(error));
  if (faults.length > 0) throw faults[0];
}
