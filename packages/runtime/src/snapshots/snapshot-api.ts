/** Asking JetStream's API for what the client library has no call for. */
import type { NatsConnection } from '@nats-io/nats-core';

/** How long nats-server may take to answer, or to send the next piece: it may have much to check first. */
export const SNAPSHOT_SILENCE_MS = 60_000;

/** A stream could not be saved or put back. */
export class SnapshotFault extends Error {
  constructor(stream: string, reason: unknown) {
    super(`stream ${stream}: ${reason instanceof Error ? reason.message : String(reason)}`, {
      cause: reason,
    });
  }
}

/** One request to `$JS.API.<call>`. @throws Error with what nats-server has against it */
export async function askApi(connection: NatsConnection, call: string, body: object): Promise<unknown> {
  const answer = await connection.request(`$JS.API.${call}`, JSON.stringify(body), {
    timeout: SNAPSHOT_SILENCE_MS,
  });
  return checked(answer.json());
}

/** The answer, unless it is a fault: `{"error": {"description": …}}`. */
export function checked(answer: unknown): unknown {
  const fault = (answer as { error?: { description?: string } } | null)?.error;
  if (fault !== undefined) throw new Error(fault.description ?? 'nats-server refuses it');
  return answer;
}
