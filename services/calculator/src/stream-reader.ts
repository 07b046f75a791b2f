/** Reads the stream in its order and keeps what has arrived until the worker takes it. */
import { setImmediate } from 'node:timers/promises';
import { STREAM } from '@effectstroom/contracts';
import type { ConsumerMessages, JetStreamClient, JsMsg } from '@nats-io/jetstream';
import { DeliverPolicy } from '@nats-io/jetstream';
import { type Decoded, decode, type Reading } from './decode.ts';
import { AHEAD_BYTES_MAX, BATCH_EVENTS_MAX, WAITING_EVENTS_MAX } from './limits.ts';

const NANOS_A_MICRO = 1_000n;
const MESSAGES_A_BREATH = 8;

export class StreamReader {
  readonly #messages: ConsumerMessages;
  readonly #reading: Reading;
  #waiting: Decoded[] = [];
  #waitingEvents = 0;
  #ended: Error | undefined;
  #wake: () => void = () => undefined;
  #roomMade: () => void = () => undefined;

  private constructor(messages: ConsumerMessages, reading: Reading) {
    this.#messages = messages;
    this.#reading = reading;
  }

  /** Starts to read after a position, with an ordered consumer: the position in PostgreSQL is the truth, not an ack. */
  static async open(js: JetStreamClient, after: bigint, reading: Reading): Promise<StreamReader> {
    const consumer = await js.consumers.get(STREAM, {
      deliver_policy: DeliverPolicy.StartSequence,
      opt_start_seq: Number(after) + 1,
    });
    const messages = await consumer.consume({ max_bytes: AHEAD_BYTES_MAX, idle_heartbeat: 1_000 });
    const reader = new StreamReader(messages, reading);
    reader.#read().then(
      () => reader.#end(new Error('The stream stopped sending')),
      (error: unknown) => reader.#end(error instanceof Error ? error : new Error(String(error))),
    );
    return reader;
  }

  /**
   * What has arrived, at most one batch; waits up to `waitMs` while there is nothing.
   * @throws Error once the stream has ended.
   */
  async take(waitMs: number): Promise<Decoded[]> {
    if (this.#waiting.length === 0 && this.#ended === undefined) await this.#arrival(waitMs);
    if (this.#waiting.length === 0 && this.#ended !== undefined) throw this.#ended;
    let events = 0;
    let count = 0;
    for (const message of this.#waiting) {
      if (count > 0 && events + eventsOf(message) > BATCH_EVENTS_MAX) break;
      events += eventsOf(message);
      count++;
    }
    const batch = this.#waiting.splice(0, count);
    this.#waitingEvents -= events;
    this.#roomMade();
    return batch;
  }

  async close(): Promise<void> {
    this.#end(new Error('closed'));
    await this.#messages.close();
  }

  async #read(): Promise<void> {
    let breath = 0;
    for await (const message of this.#messages) {
      // Messages that have arrived come without a pause: PostgreSQL's answers must be heard in between.
      if (++breath % MESSAGES_A_BREATH === 0) await setImmediate();
      const decoded = decode(rawMessage(message), this.#reading);
      this.#waiting.push(decoded);
      this.#waitingEvents += eventsOf(decoded);
      this.#wake();
      if (this.#waitingEvents >= WAITING_EVENTS_MAX && this.#ended === undefined) await this.#room();
    }
  }

  #room(): Promise<void> {
    return new Promise((resolve) => {
      this.#roomMade = resolve;
    });
  }

  #arrival(waitMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, waitMs);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  #end(error: Error): void {
    this.#ended ??= error;
    this.#wake();
    this.#roomMade();
  }
}

function rawMessage(message: JsMsg) {
  return {
    subject: message.subject,
    sequence: BigInt(message.seq),
    storedAt: message.timestampNanos / NANOS_A_MICRO,
    data: message.data,
  };
}

function eventsOf(message: Decoded): number {
  // One at least: also messages of other partitions wait in memory.
  return message.kind === 'cases' ? Math.max(1, message.events.length + message.unreadable.length) : 1;
}
