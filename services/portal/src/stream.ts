import type { Progress } from '@effectstroom/database';
import {
  type AskStream,
  connectNats,
  type KeyRing,
  type Lifecycle,
  type Logger,
  type NatsConnection,
  type RefusalCounts,
  Silence,
  streamAsker,
} from '@effectstroom/runtime';

/** The stream as JetStream knows it. */
export interface StreamState {
  lastSequence: bigint;
  createdAt: Date;
}

/** Asks JetStream for the stream. */
export interface StreamWatch {
  /** Undefined where there is no stream yet. Throws where JetStream does not answer in time. */
  read(): Promise<StreamState | undefined>;
}

/** Whatever follows a connection. */
interface Follower {
  use(connection: NatsConnection): Promise<void>;
}

/**
 * Connects to nats-server, now or whenever it comes up, and lets `keys`, `refusals` and `others` follow what they
 * need.
 */
export function watchStream(
  log: Logger,
  url: string,
  lifecycle: Lifecycle,
  refusals: RefusalCounts,
  keys: KeyRing,
  others: readonly Follower[] = [],
): StreamWatch {
  let ask: AskStream | undefined;
  const use = async (): Promise<void> => {
    const connection = await connectNats(log, url, 'effectstroom-portal');
    lifecycle.onStop('nats', () => connection.close());
    ask = await streamAsker(connection, new Silence(connection, url));
    await keys.use(connection);
    for (const other of others) await other.use(connection);
    void refusals.follow(connection, lifecycle.signal);
    throw (await connection.closed()) ?? new Error('the connection to nats-server was closed');
  };
  use().catch((error: unknown) => lifecycle.fail(error));
  return {
    read: async () => {
      if (ask === undefined) throw new Error('nats-server has not answered yet');
      const info = await ask();
      return info && { lastSequence: BigInt(info.state.last_seq), createdAt: new Date(info.created) };
    },
  };
}

/**
 * Whether the calculator has met the stream that is there. Of another one nothing has been applied, nor of one that
 * has fewer messages than were applied: it lost its end, and what came since has sequences that were in use before.
 */
export function isMet(
  { createdAt, lastSequence }: StreamState,
  { streamCreatedAt, sequence }: Progress,
): boolean {
  if (streamCreatedAt === undefined || lastSequence < sequence) return false;
  // JetStream says it in nanoseconds and PostgreSQL keeps it in microseconds, rounded.
  return Math.abs(createdAt.getTime() - streamCreatedAt.getTime()) <= 1;
}
