import { setTimeout as sleep } from 'node:timers/promises';
import { Refused, ServerAway } from './faults.ts';

/** How long to go on with a server that is away or asks to wait. */
export interface Patience {
  /** Milliseconds for one that gives no answer. */
  awayMs: number;
  /** Milliseconds for one that answers 429 or 5xx. */
  busyMs: number;
  /** Other statuses that are waited for, as long as for a server that is away. */
  alsoFor: readonly number[];
  /** Told before each wait. */
  onWait(reason: ServerAway | Refused, waitMs: number): void;
  /** Told when an answer came after waits. */
  onBack?(): void;
}

const FIRST_WAIT_MS = 500;
const MOST_WAIT_MS = 15_000;
/** Statuses that pass by themselves. 500 is not one that a server asks patience with, but it may be so. */
const PASSING = new Set([408, 429, 500, 502, 503, 504]);

/**
 * Tries until it succeeds, is refused for good, or patience is at its end.
 *
 * @throws what the last attempt threw, or the reason of the signal
 */
export async function patiently<Result>(
  patience: Patience,
  signal: AbortSignal,
  attempt: () => Promise<Result>,
): Promise<Result> {
  const since = performance.now();
  for (let tried = 0; ; tried++) {
    signal.throwIfAborted();
    try {
      const result = await attempt();
      if (tried > 0) patience.onBack?.();
      return result;
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof ServerAway || error instanceof Refused)) throw error;
      const waitMs = waitAfter(error, tried);
      if (performance.now() - since + waitMs > patienceFor(error, patience)) throw error;
      patience.onWait(error, waitMs);
      await sleep(waitMs, undefined, { signal });
    }
  }
}

/** Longer each time, and by chance: many clients do not come back at the same moment. */
function waitAfter(error: ServerAway | Refused, tried: number): number {
  const grown = Math.min(FIRST_WAIT_MS * 2 ** Math.min(tried, 10), MOST_WAIT_MS);
  const asked = error instanceof Refused ? (error.retryAfterMs ?? 0) : 0;
  return Math.max(asked, grown) * (1 + Math.random() / 4);
}

function patienceFor(error: ServerAway | Refused, patience: Patience): number {
  if (error instanceof ServerAway) return patience.awayMs;
  if (patience.alsoFor.includes(error.status)) return patience.awayMs;
  return PASSING.has(error.status) ? patience.busyMs : 0;
}
