import { setTimeout as sleep } from 'node:timers/promises';
import type { SettingsEvent } from '@effectstroom/contracts';
import {
  type CaseStream,
  ensureStream,
  type Logger,
  type NatsConnection,
  ProblemError,
  type StreamOptions,
} from '@effectstroom/runtime';
import { type JetStreamClient, type JetStreamManager, jetstream, jetstreamManager } from '@nats-io/jetstream';
import { caseMessages, type Message, settingsMessage } from './messages.ts';
import type { AcceptedEvent } from './parse.ts';

/** Milliseconds in which a request is published, own retries included. */
const DEADLINE = 5000;
/** Milliseconds that one attempt waits for its acknowledgement. */
const ATTEMPT = 2000;
/** Milliseconds between attempts. */
const PAUSE = 100;

interface Client {
  publish: JetStreamClient['publish'];
  manager: JetStreamManager;
}

/**
 * Publishes to the stream, and makes the stream where it is not there yet. Done means durable. Throws a problem,
 * 503, where JetStream does not acknowledge in time: some of a request may be stored then, and sending the same
 * again is safe.
 */
export class Publisher {
  readonly #log: Logger;
  readonly #options: StreamOptions;
  #client: Client | undefined;
  #isConnected = false;
  #stream: CaseStream | undefined;

  constructor(log: Logger, options: StreamOptions) {
    this.#log = log;
    this.#options = options;
  }

  /** Gives it its connection, once, when nats-server is there. */
  async use(connection: NatsConnection): Promise<void> {
    void this.#follow(connection);
    // No request to nats-server yet: it may be gone again already.
    const manager = await jetstreamManager(connection, { checkAPI: false, timeout: ATTEMPT });
    const js = jetstream(connection);
    this.#client = { publish: js.publish.bind(js), manager };
    this.#isConnected = true;
  }

  /** Publishes the events of one request. */
  async publishEvents(events: readonly AcceptedEvent[]): Promise<void> {
    const deadline = Date.now() + DEADLINE;
    const { partitions } = await this.#inTime(deadline, (client) => this.#ensureStream(client));
    const messages = caseMessages(events, partitions);
    await Promise.all(messages.map((message) => this.#publish(deadline, message, partitions)));
  }

  /** Publishes settings. */
  async publishSettings(event: SettingsEvent): Promise<void> {
    await this.#publish(Date.now() + DEADLINE, settingsMessage(event));
  }

  /** Undefined when the stream is there and answers; else why not. */
  async check(): Promise<string | undefined> {
    if (!this.#isConnected || this.#client === undefined) return 'nats-server cannot be reached';
    try {
      this.#stream = await ensureStream(this.#client.manager, this.#options);
      return undefined;
    } catch (error) {
      return `the stream is not there: ${messageOf(error)}`;
    }
  }

  /** `partitions`: the stream for which the message was made; a stream made anew may have other ones. */
  async #publish(deadline: number, { subject, payload, id }: Message, partitions?: number): Promise<void> {
    await this.#inTime(deadline, async (client, timeout) => {
      const stream = await this.#ensureStream(client);
      if (partitions !== undefined && stream.partitions !== partitions) throw unavailable();
      await client.publish(subject, payload, { msgID: id, timeout });
    });
  }

  async #ensureStream({ manager }: Client): Promise<CaseStream> {
    this.#stream ??= await ensureStream(manager, this.#options);
    return this.#stream;
  }

  /** The result of `attempt`, tried until it succeeds or the deadline has passed. */
  async #inTime<Result>(
    deadline: number,
    attempt: (client: Client, timeout: number) => Promise<Result>,
  ): Promise<Result> {
    let reason = 'nats-server cannot be reached';
    for (let left = deadline - Date.now(); left > 0; left = deadline - Date.now()) {
      try {
        // What is sent without a connection would wait in memory: rather wait here, where there is a deadline.
        if (this.#isConnected && this.#client !== undefined) {
          return await attempt(this.#client, Math.min(left, ATTEMPT));
        }
      } catch (error) {
        if (error instanceof ProblemError) throw error;
        reason = messageOf(error);
        this.#stream = undefined;
      }
      await sleep(Math.min(left, PAUSE));
    }
    this.#log.warn({ reason }, 'not acknowledged in time');
    throw unavailable();
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

function unavailable(): ProblemError {
  return new ProblemError(503, 'the stream does not acknowledge now: send the same again later', {
    'retry-after': '1',
  });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
