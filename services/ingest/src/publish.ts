import { setTimeout as sleep } from 'node:timers/promises';
import {
  type CaseStream,
  ensureStream,
  type Logger,
  type NatsConnection,
  ProblemError,
  type PublishAcked,
  publishAcked,
  Silence,
  type StreamOptions,
  streamAsker,
} from '@effectstroom/runtime';
import { type JetStreamManager, jetstreamManager } from '@nats-io/jetstream';
import type { Message } from './messages.ts';

/** Milliseconds in which a request is published, own retries included. */
export const PUBLISH_MS = 5000;
/** Milliseconds that one attempt waits for its acknowledgement. */
export const ATTEMPT = 2000;
/** Milliseconds between attempts. */
const PAUSE = 100;

interface Client {
  publish: PublishAcked;
  manager: JetStreamManager;
  silence: Silence;
}

/**
 * Publishes to the stream, and makes the stream where it is not there yet. Done means durable. Throws a
 * problem, 503, where JetStream does not acknowledge in time: some of a request may be stored then, and
 * sending the same again is safe.
 */
export class Publisher {
  readonly #log: Logger;
  readonly #options: StreamOptions;
  #client: Client | undefined;
  #isConnected = false;
  #stream: CaseStream | undefined;
  #partitions: number;

  constructor(log: Logger, options: StreamOptions) {
    this.#log = log;
    this.#options = options;
    this.#partitions = options.partitions;
  }

  /** Gives it its connection to `url`, once, when nats-server is there. */
  async use(connection: NatsConnection, url: string): Promise<void> {
    this.#isConnected = true;
    void this.#follow(connection);
    const silence = new Silence(connection, url);
    // No request to nats-server yet: it may be gone again already.
    const manager = await jetstreamManager(connection, { checkAPI: false, timeout: ATTEMPT });
    this.#client = { publish: publishAcked(connection), manager, silence };
    // Also where nobody sends anything: nobody would, to one that is not ready.
    await streamAsker(connection, silence);
  }

  /** Partitions that the stream has, or will have where it was not seen yet. */
  get partitions(): number {
    return this.#partitions;
  }

  /** Undefined when the stream is there and answers; else why not. */
  async check(): Promise<string | undefined> {
    if (!this.#isConnected || this.#client === undefined) return 'nats-server cannot be reached';
    try {
      this.#stream = this.#keep(await ensureStream(this.#client.manager, this.#options));
      return undefined;
    } catch (error) {
      return `the stream is not there: ${messageOf(error)}`;
    }
  }

  /**
   * Publishes messages; all of them again until all are acknowledged at once. Their ids, and behind them the
   * identity of events, make repetitions harmless. `partitions` are those for which case messages were made:
   * a stream with other ones, seen for the first time or made anew, takes them when they are sent again.
   * `within`: milliseconds until it gives up.
   */
  async publish(messages: readonly Message[], partitions?: number, within = PUBLISH_MS): Promise<void> {
    const deadline = performance.now() + within;
    let reason = 'nats-server cannot be reached';
    for (let left = within; left > 0; left = deadline - performance.now()) {
      const tried = performance.now();
      try {
        // What is sent without a connection would wait in memory: rather wait here, where there is a
        // deadline.
        if (this.#isConnected && this.#client !== undefined) {
          this.#stream ??= this.#keep(await ensureStream(this.#client.manager, this.#options));
          if (this.#stream.partitions !== (partitions ?? this.#partitions)) throw unavailable();
          await this.#send(this.#client, messages, Math.min(left, ATTEMPT));
          this.#client.silence.end();
          return;
        }
      } catch (error) {
        if (error instanceof ProblemError) throw error;
        reason = messageOf(error);
        this.#stream = undefined;
        this.#client?.silence.failed(error, tried);
      }
      await sleep(Math.min(left, PAUSE));
    }
    this.#log.warn({ reason }, 'not acknowledged in time');
    throw unavailable();
  }

  /** In one go: the client then writes all to its socket together. */
  async #send({ publish }: Client, messages: readonly Message[], timeout: number): Promise<void> {
    await Promise.all(messages.map(({ subject, payload, id }) => publish(subject, payload, id, timeout)));
  }

  #keep(stream: CaseStream): CaseStream {
    this.#partitions = stream.partitions;
    return stream;
  }

  async #follow(connection: NatsConnection): Promise<void> {
    for await (const { type } of connection.status()) {
      if (type === 'disconnect') this.#isConnected = false;
      if (type === 'reconnect') {
        // It may be another server, or one that lost its files.
        this.#stream = undefined;
        this.#isConnected = true;
      }
    }
    this.#isConnected = false;
  }
}

/** The problem, 503, of what JetStream does not acknowledge in time. */
export function unavailable(): ProblemError {
  const detail = 'the stream does not acknowledge now: send the same again later';
  return new ProblemError(503, detail, { 'retry-after': '1' });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
