import { STREAM } from '@effectstroom/contracts';
import {
  connectNats,
  doubtOf,
  type KeyBucket,
  type Lifecycle,
  type Logger,
  type RefusalCounts,
} from '@effectstroom/runtime';
import { type JetStreamManager, jetstreamManager } from '@nats-io/jetstream';
import type { StreamState } from './collector.ts';

const ANSWER_MS_MAX = 2_000;

/**
 * Connects to nats-server, now or whenever it comes up, and returns what asks it how far the stream is:
 * undefined while it cannot say, or has no stream yet. That never rejects.
 * `refusals` then follows what ingest refuses, and `keys` the bucket of keys.
 */
export function watchStream(
  log: Logger,
  url: string,
  lifecycle: Lifecycle,
  refusals: RefusalCounts,
  keys: KeyBucket,
): () => Promise<StreamState | undefined> {
  let manager: JetStreamManager | undefined;
  const connecting = async () => {
    const connection = await connectNats(log, url, 'exporter');
    lifecycle.onStop('nats', () => connection.close());
    void refusals.follow(connection, lifecycle.signal);
    await keys.use(connection);
    manager = await jetstreamManager(connection, { checkAPI: false, timeout: ANSWER_MS_MAX });
  };
  connecting().catch(lifecycle.fail);
  return async () => {
    try {
      const info = await manager?.streams.info(STREAM);
      const doubt = info && doubtOf(info);
      if (doubt !== undefined) throw new Error(doubt);
      return info && { lastSequence: info.state.last_seq, createdAt: new Date(info.created) };
    } catch (error) {
      log.warn({ err: error }, 'the stream does not answer');
      return undefined;
    }
  };
}
