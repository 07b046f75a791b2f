import { setTimeout as sleep } from 'node:timers/promises';
import { ProblemError } from '@effectstroom/runtime';
import { type DeliveryContext, publishAccepted } from '../delivery/deliver-cases.ts';
import type { AcceptedEvent } from '../parse.ts';

/** Milliseconds between attempts, each of which has its own patience. */
const PAUSE = 1000;

/** How long is tried. */
export interface Patience {
  /** Milliseconds that JetStream may be away. */
  patience: number;
  /** Aborted when nothing more is to be tried. */
  signal: AbortSignal;
}

/**
 * Publishes, again and again while JetStream is away. Sending the same again is safe. Never rejects for that
 * reason: the answer says how it ended.
 */
export async function publishPatiently(
  context: DeliveryContext,
  accepted: readonly AcceptedEvent[],
  { patience, signal }: Patience,
): Promise<'done' | 'stopped' | 'stream-away'> {
  const deadline = performance.now() + patience;
  for (;;) {
    try {
      await publishAccepted(context, accepted);
      return 'done';
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
    }
    if (signal.aborted) return 'stopped';
    if (performance.now() >= deadline) return 'stream-away';
    await sleep(PAUSE, undefined, { signal }).catch(() => undefined);
  }
}
