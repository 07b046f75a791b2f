/** Reads the stream in its order and keeps what has arrived until the worker takes it. */
import { setImmediate } from 'node:timers/promises';
import { STREAM } from '@effectstroom/contracts';
import type { Consumer, ConsumerMessages, JetStreamClient, JsMsg } from '@nats-io/jetstream';
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

/** How often JetStream is asked for a consumer: a cluster chooses any of its servers, also one that was just lost. */
const CONSUMER_ATTEMPTS = 4;
const HEARTBEAT_MS = 1_000;

/** An ordered consumer, and what comes of it. */
interface Source {
  consumer: Consumer;
  messages: ConsumerMessages;
}

/** A message as it came, which takes far less memory than when it is decoded. */
interface Waiting {
  message: RawMessage;
  /** One at least: also messages of other partitions wait in memory. */
  events: number;
}

export class StreamReader {
  readonly #js: JetStreamClient;
  readonly #reading: Reading;
  #source: Source;
  /** More was asked for than may be in memory: the source must be opened anew before it is read on. */
  #isOverdrawn = false;
  #waiting: Waiting[] = [];
  #waitingEvents = 0;
  #waitingBytes = 0;
  #ended: Error | undefined;
  #wake: () => void = () => undefined;
  #roomMade: () => void = () => undefined;

  private constructor(js: JetStreamClient, reading: Reading, source: Source) {
    this.#js = js;
    this.#reading = reading;
    this.#source = source;
  }

  /**
   * Starts to read after a position, with an ordered consumer: the position in PostgreSQL is the truth, not an ack.
   * @throws Error where JetStream makes no consumer
   */
  static async open(js: JetStreamClient, after: bigint, reading: Reading): Promise<StreamReader> {
    const reader = new StreamReader(js, reading, await sourceAfter(js, after));
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
    await this.#source.messages.close();
  }

  async #read(): Promise<void> {
    let last = await this.#readSource();
    while (last !== undefined) {
      this.#source.consumer.delete().catch(() => undefined); // JetStream does so itself where it is not used
      this.#source = await sourceAfter(this.#js, last);
      this.#isOverdrawn = false;
      if (this.#ended !== undefined) void this.#source.messages.close();
      last = await this.#readSource();
    }
  }

  /** @returns after which sequence to go on with another source; undefined where there is nothing to go on with */
  async #readSource(): Promise<bigint | undefined> {
    const { messages } = this.#source;
    void this.#watch(messages);
    let breath = 0;
    for await (const message of messages) {
      // Messages that have arrived come without a pause: PostgreSQL's answers must be heard in between.
      if (++breath % MESSAGES_A_BREATH === 0) await setImmediate();
      const arrived = rawMessage(message);
      const events = Math.max(1, linesOf(arrived, this.#reading));
      this.#waiting.push({ message: arrived, events });
      this.#waitingEvents += events;
      this.#waitingBytes += arrived.data.length;
      this.#wake();
      if (this.#isFull() && this.#ended === undefined) await this.#room();
      if (this.#isOverdrawn && this.#ended === undefined) return arrived.sequence;
    }
    return undefined;
  }

  /**
   * While nothing is taken the client asks JetStream for nothing, and therefore hears no heartbeats; of each that it
   * misses it makes one more request of `AHEAD_BYTES_MAX`, and sends them all as soon as it is read on.
   */
  async #watch(messages: ConsumerMessages): Promise<void> {
    for await (const { type } of messages.status())
      if (type === 'heartbeats_missed' && this.#isFull()) this.#isOverdrawn = true;
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

/** @throws Error where JetStream makes no consumer */
async function sourceAfter(js: JetStreamClient, after: bigint): Promise<Source> {
  const options = { deliver_policy: DeliverPolicy.StartSequence, opt_start_seq: Number(after) + 1 };
  for (let attempt = 1; ; attempt++) {
    try {
      const consumer = await js.consumers.get(STREAM, options);
      const ahead = { max_bytes: AHEAD_BYTES_MAX, idle_heartbeat: HEARTBEAT_MS };
      return { consumer, messages: await consumer.consume(ahead) };
    } catch (error) {
      if (attempt === CONSUMER_ATTEMPTS) throw error;
    }
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
