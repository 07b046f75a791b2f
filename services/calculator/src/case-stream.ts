/** The stream as the worker sees it. */
import { STREAM } from '@effectstroom/contracts';
import type { StreamIdentity } from '@effectstroom/database';
import { doubtOf, ensureStream, type StreamOptions } from '@effectstroom/runtime';
import {
  type JetStreamClient,
  type JetStreamManager,
  jetstream,
  jetstreamManager,
  type StreamInfo,
} from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/nats-core';
import type { Reading } from './decode.ts';
import { StreamReader } from './stream-reader.ts';

/** Milliseconds that JetStream may take for an answer. */
const ANSWER_MS = 3_000;

/** Milliseconds that JetStream may take to make a consumer. */
const CONSUMER_MS = 1_500;

export interface Bounds {
  /** Sequence of the oldest message that is still there. */
  first: bigint;
  last: bigint;
}

/** The stream at one moment, by the word of the server that leads it. */
export interface StreamLook extends Bounds, StreamIdentity {
  /** When the newest message was stored, in microseconds; long ago where there was none. */
  lastAt: bigint;
  /** The server that leads it, where several keep it. */
  leader: string | undefined;
}

export class CaseStream {
  readonly #js: JetStreamClient;
  readonly #connection: NatsConnection;
  readonly #manager: JetStreamManager;

  readonly #isReconnected: () => boolean;

  private constructor(connection: NatsConnection, manager: JetStreamManager) {
    this.#js = jetstream(connection, { timeout: CONSUMER_MS });
    this.#connection = connection;
    this.#manager = manager;
    const opened = connectionName(connection);
    this.#isReconnected = () => connectionName(connection) !== opened;
  }

  /** Makes the stream where it is not there yet. @throws Error where JetStream does not answer. */
  static async open(connection: NatsConnection, options: StreamOptions): Promise<CaseStream> {
    try {
      const manager = await jetstreamManager(connection, { timeout: ANSWER_MS });
      await ensureStream(manager, options);
      return new CaseStream(connection, manager);
    } catch (error) {
      // This server may be cut off from the others of its cluster, which keep the stream without it.
      await connection.reconnect();
      throw error;
    }
  }

  /** Whether nats-server was away since this was opened. It may have come back without its last messages. */
  isReconnected(): boolean {
    return this.#isReconnected();
  }

  /** @throws Error where no server can say it now */
  async look(): Promise<StreamLook> {
    const { created, config, state, cluster } = await this.#info();
    return {
      createdAt: created,
      partitions: config.subjects.filter((subject) => subject.startsWith('cases.')).length,
      ...{ first: BigInt(state.first_seq), last: BigInt(state.last_seq), lastAt: microsOf(state.last_ts) },
      leader: config.num_replicas > 1 ? cluster?.leader : undefined,
    };
  }

  /** What stays as it is. @throws Error as `look` */
  identity(): Promise<StreamIdentity> {
    return this.look();
  }

  /** @throws Error as `look` */
  bounds(): Promise<Bounds> {
    return this.look();
  }

  /** When a message was stored, in microseconds; undefined where it is not there. */
  async storedAt(sequence: bigint): Promise<bigint | undefined> {
    const message = await this.#manager.streams.getMessage(STREAM, { seq: Number(sequence) });
    return message === null ? undefined : microsOf(message.timestamp);
  }

  /** Reads what comes after a sequence. @throws Error where JetStream makes no consumer */
  read(after: bigint, reading: Reading): Promise<StreamReader> {
    return StreamReader.open(this.#js, after, reading);
  }

  /** @throws Error where JetStream does not answer, or the word of the server that does counts for nothing */
  async #info(): Promise<StreamInfo> {
    const info = await this.#manager.streams.info(STREAM);
    const doubt = doubtOf(info);
    if (doubt === undefined) return info;
    await this.#connection.reconnect();
    throw new Error(`${doubt}: it is asked again`);
  }
}

/** Each server process and each connection to it has a number of its own. */
function connectionName({ info }: NatsConnection): string {
  return `${info?.server_id} ${info?.client_id}`;
}

/** Microseconds since 1970 of an RFC 3339 moment, the rest cut off. */
export function microsOf(timestamp: string): bigint {
  const fraction = /\.(\d+)/.exec(timestamp)?.[1] ?? '';
  const seconds = Math.floor(Date.parse(timestamp) / 1_000);
  return BigInt(seconds) * 1_000_000n + BigInt(fraction.slice(0, 6).padEnd(6, '0'));
}
