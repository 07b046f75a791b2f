/** Reads the stream in its order and keeps what has arrived until the worker takes it. */
import { setImmediate } from 'node:timers/promises';
import { STREAM } from '@effectstroom/contracts';
import type { ConsumerMessages, JetStreamClient, JsMsg } from '@nats-io/jetstream';
import { DeliverPolicy } from '@nats-io/jetstream';
import { linesOf, type RawMessage, type Reading } from './decode.ts';
import {
  AHEAD_BYTES_MAX,
  BATCH_BYTES_MAX,
  BATCH_EVENTS_MAX,
  WAITING_BYTES_MAX,
  WAITING_EVENTS_MAX,
} from './limits.ts';

const NANOS_A_MICRO = 1_000n;
const MESSAGES_A_BREATH = 64;

/** A message as it came, which takes far less memory than when it is decoded. */
interface Waiting {
  message: RawMessage;
  /** One at least: also messages of other partitions wait in memory. */
  events: number;
}

export class StreamReader {
  readonly #messages: ConsumerMessages;
  readonly #reading: Reading;
  #waiting: Waiting[] = [];
  #waitingEvents = 0;
  #waitingBytes = 0;
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
  async take(waitMs: number): Promise<RawMessage[]> {
    if (this.#waiting.length === 0 && this.#ended === undefined) await this.#arrival(waitMs);
    if (this.#waiting.length === 0 && this.#ended !== undefined) throw this.#ended;
    const batch: RawMessage[] = [];
    let [events, bytes] = [0, 0];
    for (const { message, events: more } of this.#waiting) {
      const isFull = events + more > BATCH_EVENTS_MAX || bytes + message.data.length > BATCH_BYTES_MAX;
      if (batch.length > 0 && isFull) break;
      batch.push(message);
      events += more;
      bytes += message.data.length;
    }
    this.#waiting.splice(0, batch.length);
    this.#waitingEvents -= events;
    this.#waitingBytes -= bytes;
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
      const arrived = rawMessage(message);
      const events = Math.max(1, linesOf(arrived, this.#reading));
      this.#waiting.push({ message: arrived, events });
      this.#waitingEvents += events;
      this.#waitingBytes += arrived.data.length;
      this.#wake();
      if (this.#isFull() && this.#ended === undefined) await this.#room();
    }
  }

  #isFull(): boolean {
    return this.#waitingEvents >= WAITING_EVENTS_MAX || this.#waitingBytes >= WAITING_BYTES_MAX;
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

function rawMessage(message: JsMsg): RawMessage {
  return {
    subject: message.subject,
    sequence: BigInt(message.seq),
    storedAt: message.timestampNanos / NANOS_A_MICRO,
    data: message.data,
  };
}
