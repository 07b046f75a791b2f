/** Five nats-servers on this machine, three of which keep the stream: these may be away while the others go on. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { STREAM } from '@effectstroom/contracts';
import { freePort, type Nats, type NatsProgram, startNats } from '@effectstroom/infra';
import { type JetStreamManager, jetstreamManager, type StreamInfo } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { Part } from '../harness/part.ts';

const NAMES = ['one', 'two', 'three', 'four', 'five'] as const;
const PASSWORD = 'of-servers-that-live-for-a-minute';
const ANSWER_MS = 2_000;

export class NatsCluster {
  readonly #servers: ReadonlyMap<string, Part<Nats>>;
  #connection: NatsConnection | undefined;
  #manager: JetStreamManager | undefined;

  private constructor(servers: ReadonlyMap<string, Part<Nats>>) {
    this.#servers = servers;
  }

  static async start(folder: string, program: NatsProgram): Promise<NatsCluster> {
    const routes = new Map<string, number>();
    for (const name of NAMES) routes.set(name, await freePort());
    const servers = NAMES.map((name): [string, Part<Nats>] => {
      const place = join(folder, name);
      mkdirSync(place, { recursive: true, mode: 0o700 });
      writeFileSync(join(place, 'password'), `${PASSWORD}\n`, { mode: 0o600 });
      const others = [...routes].filter(([other]) => other !== name).map(([, port]) => `127.0.0.1:${port}`);
      const cluster = { name, port: routes.get(name) ?? 0, others };
      return [name, new Part(name, (port) => startNats({ folder: place, program, cluster, ...of(port) }))];
    });
    const cluster = new NatsCluster(new Map(servers));
    await Promise.all(servers.map(([, server]) => server.start()));
    await cluster.#connect();
    return cluster;
  }

  server(name: string): Part<Nats> {
    const server = this.#servers.get(name);
    if (server === undefined) throw new Error(`there is no server ${name}`);
    return server;
  }

  /** All of them, as a service is told. */
  get url(): string {
    return [...this.#servers.values()].map(({ running }) => running.url).join(',');
  }

  /** What one of them says of the stream. @throws Error where none answers */
  async stream(): Promise<StreamInfo> {
    if (this.#manager === undefined) throw new Error('not connected');
    return this.#manager.streams.info(STREAM);
  }

  /** The next who publishes makes it anew. */
  async deleteStream(): Promise<void> {
    await this.#manager?.streams.delete(STREAM);
  }

  /** @returns which ended by themselves, in sentences */
  async end(): Promise<string[]> {
    await this.#connection?.close();
    const servers = [...this.#servers.values()];
    await Promise.all(servers.map((server) => server.stop()));
    return servers.flatMap(({ fault }) => fault ?? []);
  }

  async #connect(): Promise<void> {
    const places = [...this.#servers.values()].map(({ running }) => new URL(running.url));
    this.#connection = await connect({
      servers: places.map(({ host }) => host),
      ...{ user: places[0]?.username ?? '', pass: PASSWORD },
      ...{ maxReconnectAttempts: -1, reconnectTimeWait: 100 },
    });
    const options = { checkAPI: false, timeout: ANSWER_MS };
    this.#manager = await jetstreamManager(this.#connection, options);
  }
}

function of(port: number | undefined): { port?: number } {
  return port === undefined ? {} : { port };
}
