/**
 * A nats-server and an ingest that keeps a folder, for the rounds of imports; ingest can be killed. And a
 * PostgreSQL for the script that ingest stands beside.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { STREAM } from '@effectstroom/contracts';
import { type Service, startNats, startPostgres, startService } from '@effectstroom/infra';
import { connectNats, createLog, type NatsConnection } from '@effectstroom/runtime';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { ImportClient } from '../imports/import-client.ts';
import { mappingOf } from '../imports/simple-export.ts';

export const MAPPING = 'bench';

export class ImportServers {
  readonly folder: string;
  readonly versions: Record<'PostgreSQL' | 'nats-server', string>;
  readonly databaseUrl: string;
  readonly client: ImportClient;
  readonly #connection: NatsConnection;
  readonly #start: () => Promise<Service>;
  readonly #stopServers: () => Promise<unknown>;
  #ingest: Service;

  private constructor(
    folder: string,
    nats: Awaited<ReturnType<typeof startNats>>,
    postgres: Awaited<ReturnType<typeof startPostgres>>,
    connection: NatsConnection,
    ingest: Service,
    start: () => Promise<Service>,
  ) {
    this.folder = folder;
    this.versions = { PostgreSQL: postgres.version, 'nats-server': nats.version };
    this.databaseUrl = postgres.url;
    this.#stopServers = () => Promise.all([nats.stop(), postgres.stop()]);
    this.#connection = connection;
    this.#ingest = ingest;
    this.#start = start;
    this.client = new ImportClient(() => this.#ingest.url);
  }

  static async start(signal: AbortSignal): Promise<ImportServers> {
    const folder = mkdtempSync(join(tmpdir(), 'effectstroom-bench-'));
    const nats = await startNats({ folder: join(folder, 'nats'), signal });
    const postgres = await startPostgres({ folder: join(folder, 'postgres'), signal });
    const secret = join(folder, 'resident-key.secret');
    writeFileSync(secret, randomBytes(32).toString('base64'), { mode: 0o600 });
    const env = {
      ...{ NATS_URL: nats.url, LOG_LEVEL: 'warn', LOCAL_KEYS: 'true', RESIDENT_KEY_SECRET_FILE: secret },
      DATA_FOLDER: join(folder, 'data'),
    };
    const start = () => startService({ name: 'ingest', folder: join(folder, 'run'), signal, env });
    const connection = await connectNats(createLog('bench', 'warn'), nats.url, 'bench');
    return new ImportServers(folder, nats, postgres, connection, await start(), start);
  }

  get pid(): number {
    return this.#ingest.pid;
  }

  /** An empty stream, an empty folder and an ingest that has done nothing yet. */
  async startAnew(): Promise<void> {
    await this.#ingest.stop();
    rmSync(join(this.folder, 'data'), { recursive: true, force: true });
    await (await jetstreamManager(this.#connection)).streams.purge(STREAM);
    this.#ingest = await this.#start();
    await this.client.putMapping(MAPPING, mappingOf());
  }

  /** kill -9, and a new start. */
  async killIngest(): Promise<void> {
    this.#ingest.kill('SIGKILL');
    await this.#ingest.exited;
    this.#ingest = await this.#start();
  }

  /** The case events in the stream, one by one. */
  async *events(): AsyncGenerator<{ data: { caseId: string; avoided: { quantity: string }[] } }> {
    const { state } = await (await jetstreamManager(this.#connection)).streams.info(STREAM);
    if (state.messages === 0) return;
    const consumer = await jetstream(this.#connection).consumers.get(STREAM);
    for await (const message of await consumer.consume()) {
      for (const line of message.string().split('\n')) yield JSON.parse(line);
      if (message.seq >= state.last_seq) return;
    }
  }

  async stop(): Promise<void> {
    await this.#ingest.stop();
    await this.#connection.close();
    await this.#stopServers();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
