import {
  type AskStream,
  connectNats,
  type KeyBucket,
  type Lifecycle,
  type Logger,
  type RefusalCounts,
  Silence,
  streamAsker,
} from '@effectstroom/runtime';
import type { StreamState } from './collector.ts';

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
  let ask: AskStream | undefined;
  const connecting = async () => {
    const connection = await connectNats(log, url, 'exporter');
    lifecycle.onStop('nats', () => connection.close());
    void refusals.follow(connection, lifecycle.signal);
    await keys.use(connection);
    ask = await streamAsker(connection, new Silence(connection, url));
  };
  connecting().catch(lifecycle.fail);
  return async () => {
    try {
      const info = await ask?.();
      return info && { lastSequence: info.state.last_seq, createdAt: new Date(info.created) };
    } catch (error) {
      log.warn({ err: error }, 'the stream does not answer');
      return undefined;
    }
  };
}
