/**
 * The whole pipeline on real servers, each part a process that tests may kill, all in a folder of its own.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type Database } from '@effectstroom/database';
import {
  becomesTrue,
  type Nats,
  type Postgres,
  type Service,
  type ServiceName,
  startNats,
  startPostgres,
  startService,
} from '@effectstroom/infra';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect as connectNats, type NatsConnection } from '@nats-io/transport-node';
import type { Kysely } from 'kysely';
import { leftoversOf } from './leftovers.ts';
import { Part } from './part.ts';
import { pendingOf } from './pending.ts';
import { serviceFiles } from './service-files.ts';
import { until } from './until.ts';

export const STREAM = 'CASES';

/** What is killed must lose nothing. Power failures are not tried: nothing needs to wait for the disk. */
const POSTGRES = { fsync: 'off', full_page_writes: 'off' };

export class Pipeline {
  readonly folder = mkdtempSync(join(tmpdir(), 'effectstroom-pipeline-'));
  readonly #parts: Part<Postgres | Nats | Service>[] = [];
  readonly #postgresSettings: Readonly<Record<string, string>>;
  readonly postgres = this.#keep<Postgres>('postgres', (port) => {
    const settings = { ...POSTGRES, ...this.#postgresSettings };
    return startPostgres({ folder: join(this.folder, 'postgres'), settings, ...port });
  });
  readonly nats = this.#keep<Nats>('nats', (port) =>
    startNats({ folder: join(this.folder, 'nats'), ...port }),
  );
  readonly calculator = this.service('calculator');
  readonly ingest = this.service('ingest', { DATA_FOLDER: join(this.folder, 'ingest-data') });
  readonly portal = this.service('portal');
  #db: Kysely<Database> | undefined;
  #connection: NatsConnection | undefined;

  /** @param postgresSettings on top of the usual ones */
  constructor(postgresSettings: Readonly<Record<string, string>> = {}) {
    this.#postgresSettings = postgresSettings;
  }

  /** A further service, not started yet; `label` tells apart two of the same name. */
  service(name: ServiceName, env: Record<string, string> = {}, label: string = name): Part<Service> {
    return this.#keep<Service>(label, (port) => {
      const servers = { DATABASE_URL: this.postgres.running.url, NATS_URL: this.nats.running.url };
      const folder = join(this.folder, label);
      return startService({
        ...{ name, folder, ...port },
        env: { ...servers, ...serviceFiles(this.folder), ...env },
      });
    });
  }

  #keep<P extends Postgres | Nats | Service>(
    name: string,
    start: (port: { port?: number }) => Promise<P>,
  ): Part<P> {
    const part = new Part<P>(name, (port) => start(port === undefined ? {} : { port }));
    this.#parts.push(part);
    return part;
  }

  /** Starts the servers, then the services. */
  async start(services: readonly Part<Service>[]): Promise<void> {
    await Promise.all([this.postgres.start(), this.nats.start()]);
    this.#db = connect({ url: this.postgres.running.url, applicationName: 'test' });
    const { username, password } = new URL(this.nats.running.url);
    const servers = `127.0.0.1:${this.nats.running.port}`;
    const patient = { maxReconnectAttempts: -1, reconnectTimeWait: 100 };
    this.#connection = await connectNats({ servers, user: username, pass: password, ...patient });
    await Promise.all(services.map((service) => service.start()));
  }

  /** Ends everything. @throws Error where a part ended by itself, or something of it is left. */
  async end(): Promise<void> {
    await this.#connection?.close();
    await this.#db?.destroy();
    const [postgres, nats, ...services] = this.#parts;
    await Promise.all(services.map((service) => service.stop()));
    await Promise.all([postgres?.stop(), nats?.stop()]);
    const pids = this.#parts.flatMap((part) => part.pids);
    await becomesTrue(() => leftoversOf(this.folder, pids).length === 0, 5_000);
    const faults = [...this.#parts.flatMap((part) => part.fault ?? []), ...leftoversOf(this.folder, pids)];
    rmSync(this.folder, { recursive: true, force: true });
    if (faults.length > 0) throw new Error(faults.join('\n'));
  }

  /** The test's own connection to PostgreSQL. */
  get db(): Kysely<Database> {
    if (this.#db === undefined) throw new Error('PostgreSQL was not started');
    return this.#db;
  }

  /** The test's own connection to nats-server. */
  get connection(): NatsConnection {
    if (this.#connection === undefined) throw new Error('nats-server was not started');
    return this.#connection;
  }

  /** Publishes a message straight to the stream, past ingest. @returns its sequence */
  async publish(subject: string, payload: string | Uint8Array, msgID?: string): Promise<number> {
    const { seq } = await jetstream(this.connection).publish(subject, payload, { ...(msgID && { msgID }) });
    return seq;
  }

  /** The sequence of the last message in the stream. */
  async lastSequence(): Promise<number> {
    const manager = await jetstreamManager(this.connection, { checkAPI: false });
    return (await manager.streams.info(STREAM)).state.last_seq;
  }

  /** Waits until everything that was accepted is in the totals, by the word of the portal. */
  async settled(deadlineMs = 60_000): Promise<void> {
    await this.until(
      async () => (await pendingOf(this.portal.running.url)) === 0,
      'everything is in the totals',
      deadlineMs,
    );
  }

  /** What `GET /v1/status` says. @throws Error while the portal cannot say it */
  async status(): Promise<{ applied: { pending: number }; quarantined: number }> {
    return (await this.ask('/v1/status')) as { applied: { pending: number }; quarantined: number };
  }

  /** The answer of the portal to a question. @throws Error where it gives none */
  async ask(path: string): Promise<unknown> {
    const response = await fetch(`${this.portal.running.url}${path}`, {
      headers: { authorization: 'Bearer local-read' },
      signal: AbortSignal.timeout(20_000),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
    return JSON.parse(text);
  }

  /**
   * Waits until something is so; while it cannot be asked, it is not.
   * @throws Error with the calculators' last words
   */
  async until(isSo: () => Promise<boolean>, what: string, deadlineMs = 60_000): Promise<void> {
    await until(isSo, what, deadlineMs).catch((error: Error) => {
      const words = this.#parts
        .filter(({ name, wasStarted }) => wasStarted && name.startsWith('calculator'))
        .map(({ name, running }) => `${name} said: ${running.lastWords().slice(-1_500)}`);
      error.message += `\n${words.join('\n')}`;
      throw error;
    });
  }
}
