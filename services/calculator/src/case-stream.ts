/** The stream as the worker sees it. */
import { STREAM } from '@effectstroom/contracts';
import type { StreamIdentity } from '@effectstroom/database';
import { ensureStream, type StreamOptions } from '@effectstroom/runtime';
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

export interface Bounds {
  /** Sequence of the oldest message that is still there. */
  first: bigint;
  last: bigint;
}

export class CaseStream {
  readonly #js: JetStreamClient;
  readonly #manager: JetStreamManager;

  readonly #isReconnected: () => boolean;

  private constructor(connection: NatsConnection, manager: JetStreamManager) {
    this.#js = jetstream(connection);
    this.#manager = manager;
    const opened = connectionName(connection);
    this.#isReconnected = () => connectionName(connection) !== opened;
  }

  /** Makes the stream where it is not there yet. @throws Error where JetStream does not answer. */
  static async open(connection: NatsConnection, options: StreamOptions): Promise<CaseStream> {
    const manager = await jetstreamManager(connection);
    await ensureStream(manager, options);
    return new CaseStream(connection, manager);
  }

  /** Whether nats-server was away since this was opened. It may have come back without its last messages. */
  isReconnected(): boolean {
    return this.#isReconnected();
  }

  async identity(): Promise<StreamIdentity> {
    const { created, config } = await this.#info();
    return {
      createdAt: created,
      partitions: config.subjects.filter((subject) => subject.startsWith('cases.')).length,
    };
  }

  async bounds(): Promise<Bounds> {
    const { state } = await this.#info();
    return { first: BigInt(state.first_seq), last: BigInt(state.last_seq) };
  }

  /** When a message was stored, in microseconds; undefined where it is not there. */
  async storedAt(sequence: bigint): Promise<bigint | undefined> {
    const message = await this.#manager.streams.getMessage(STREAM, { seq: Number(sequence) });
    return message === null ? undefined : microsOf(message.timestamp);
  }

  read(after: bigint, reading: Reading): Promise<StreamReader> {
    return StreamReader.open(this.#js, after, reading);
  }

  #info(): Promise<StreamInfo> {
    return this.#manager.streams.info(STREAM);
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
