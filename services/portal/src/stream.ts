import { STREAM } from '@effectstroom/contracts';
import type { Progress } from '@effectstroom/database';
import {
  connectNats,
  doubtOf,
  findStream,
  type KeyRing,
  type Lifecycle,
  type Logger,
  type NatsConnection,
  type RefusalCounts,
} from '@effectstroom/runtime';
import { type JetStreamManager, jetstreamManager } from '@nats-io/jetstream';

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

const ANSWER_MS_MAX = 2_000;

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
  let manager: JetStreamManager | undefined;
  const use = async (): Promise<void> => {
    const connection = await connectNats(log, url, 'effectstroom-portal');
    lifecycle.onStop('nats', () => connection.close());
    manager = await jetstreamManager(connection, { checkAPI: false, timeout: ANSWER_MS_MAX });
    await keys.use(connection);
    for (const other of others) await other.use(connection);
    void refusals.follow(connection, lifecycle.signal);
    throw (await connection.closed()) ?? new Error('the connection to nats-server was closed');
  };
  use().catch((error: unknown) => lifecycle.fail(error));
  return {
    read: async () => {
      if (manager === undefined) throw new Error('nats-server has not answered yet');
      if ((await findStream(manager)) === undefined) return undefined;
      const info = await manager.streams.info(STREAM);
      const doubt = doubtOf(info);
      if (doubt !== undefined) throw new Error(doubt);
      const { state, created } = info;
      return { lastSequence: BigInt(state.last_seq), createdAt: new Date(created) };
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
