/** What the nats-servers say of themselves. */
import { STREAM } from '@effectstroom/contracts';
import { type JetStreamManager, jetstreamManager, type StreamInfo } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { until } from '../harness/until.ts';
import type { Machines } from './machines.ts';
import { NATS } from './machines.ts';

const ANSWER_MS = 2_000;
/** A server that comes back reads what it missed. */
const CATCH_UP_MS = 120_000;

export class StreamState {
  readonly #connection: NatsConnection;
  readonly #manager: JetStreamManager;

  private constructor(connection: NatsConnection, manager: JetStreamManager) {
    this.#connection = connection;
    this.#manager = manager;
  }

  static async open(machines: Machines): Promise<StreamState> {
    const urls = machines.natsUrl.split(',').map((url) => new URL(url));
    const connection = await connect({
      servers: urls.map(({ host }) => host),
      ...{ user: urls[0]?.username ?? '', pass: urls[0]?.password ?? '' },
      ...{ maxReconnectAttempts: -1, reconnectTimeWait: 100, waitOnFirstConnect: true },
      ...{ timeout: ANSWER_MS, pingInterval: 1_000, maxPingOut: 2 },
    });
    const options = { checkAPI: false, timeout: ANSWER_MS };
    return new StreamState(connection, await jetstreamManager(connection, options));
  }

  /** The server that leads the stream. @throws Error where none is known */
  async leader(): Promise<string> {
    const leader = (await this.#info()).cluster?.leader;
    if (leader === undefined) throw new Error('the stream has no leader');
    return leader;
  }

  /** Waits until all servers have everything, so that another one may be lost. @throws Error where that takes long */
  async whole(): Promise<void> {
    const isWhole = async () => {
      const { cluster } = await this.#info();
      const current = cluster?.replicas?.filter((replica) => replica.current && !replica.offline) ?? [];
      return cluster?.leader !== undefined && current.length === NATS.length - 1;
    };
    await until(isWhole, 'every nats-server has the whole stream', CATCH_UP_MS);
  }

  close(): Promise<void> {
    return this.#connection.close();
  }

  #info(): Promise<StreamInfo> {
    return this.#manager.streams.info(STREAM);
  }
}
