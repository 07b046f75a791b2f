/** What ingest refused, counted per organisation and source from the stream of refusals. */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseRefusal, REFUSAL_LIMITS, REFUSAL_STREAM } from '@effectstroom/contracts';
import { DeliverPolicy, type JsMsg, jetstream, jetstreamManager } from '@nats-io/jetstream';
import { isStreamNotFound } from './jetstream-errors.ts';
import type { Logger } from './log.ts';
import type { NatsConnection } from './nats.ts';

/** Sources that are counted; a key can only name those it covers. */
const SOURCES_MAX = 10_000;

/** How long until the stream is looked for again, in milliseconds. */
const AGAIN_MS = 5_000;

const DAY_MS = 86_400_000;

/** Keeps how many events and rows were refused in the last days, as long as it follows the stream. */
export class RefusalCounts {
  /** By organisation and source, then by day (UTC). */
  #counts = new Map<string, Map<string, number>>();
  #isRead = false;
  readonly #log: Logger;

  constructor(log: Logger) {
    this.#log = log;
  }

  /** Reads the stream and what comes after, until the signal or the end of the connection. Never rejects. */
  async follow(connection: NatsConnection, signal: AbortSignal): Promise<void> {
    while (!signal.aborted && !connection.isClosed()) {
      await this.#read(connection, signal).catch((error: unknown) => {
        if (!isStreamNotFound(error))
          this.#log.warn({ err: error }, 'the refusals cannot be read: they are read anew');
      });
      this.#isRead = false;
      this.#counts.clear();
      await sleep(AGAIN_MS, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  /**
   * Events and rows of a source that were refused in the last 90 days, as far as they are kept (1,000 requests of
   * each key); undefined while the stream is not there or has not been read to its end.
   */
  of(organisation: string, source: string, now: Date): number | undefined {
    if (!this.#isRead) return undefined;
    const days = this.#counts.get(`${organisation} ${source}`);
    if (days === undefined) return 0;
    const oldest = dayOf(new Date(now.getTime() - REFUSAL_LIMITS.days * DAY_MS).toISOString());
    let sum = 0;
    for (const [day, count] of days) {
      if (day < oldest) days.delete(day);
      else sum += count;
    }
    return sum;
  }

  async #read(connection: NatsConnection, signal: AbortSignal): Promise<void> {
    const manager = await jetstreamManager(connection, { checkAPI: false });
    const { state } = await manager.streams.info(REFUSAL_STREAM);
    const consumer = await jetstream(connection).consumers.get(REFUSAL_STREAM, {
      deliver_policy: DeliverPolicy.All,
    });
    const messages = await consumer.consume({ idle_heartbeat: 5_000, abort_on_missing_resource: true });
    const close = (): void => void messages.close();
    signal.addEventListener('abort', close);
    this.#isRead = state.messages === 0;
    try {
      for await (const message of messages) {
        this.#add(message);
        if (message.info.pending === 0) this.#isRead = true;
      }
    } finally {
      signal.removeEventListener('abort', close);
      await messages.close();
    }
  }

  #add(message: JsMsg): void {
    const refusal = parseRefusal(message.string());
    if (refusal?.organisation === undefined || refusal.source === undefined) return;
    const key = `${refusal.organisation} ${refusal.source}`;
    let days = this.#counts.get(key);
    if (days === undefined) {
      if (this.#counts.size >= SOURCES_MAX) return;
      days = new Map();
      this.#counts.set(key, days);
    }
    const day = dayOf(refusal.time);
    days.set(day, (days.get(day) ?? 0) + refusal.count);
  }
}

function dayOf(time: string): string {
  return time.slice(0, 10);
}
