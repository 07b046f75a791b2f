/** Ingest, one calculator and PostgreSQL, with a stream that three of five nats-servers keep. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type Database } from '@effectstroom/database';
import {
  type NatsProgram,
  type Postgres,
  type Service,
  type ServiceName,
  startPostgres,
  startService,
} from '@effectstroom/infra';
import { type Kysely, sql } from 'kysely';
import { audit } from '../harness/auditor.ts';
import { faultsAgainst } from '../harness/faults-against.ts';
import { PLACE, PRICE_LIST, PRICES, PROGRAMME } from '../harness/plain-programme.ts';
import { eventsRequest, jsonRequest, type Request } from '../harness/post.ts';
import { addressOf, type SentEvent } from '../harness/sent.ts';
import { serviceFiles } from '../harness/service-files.ts';
import { until } from '../harness/until.ts';
import { ask, Met } from './asking.ts';
import { Registration } from './events.ts';
import { NatsCluster } from './nats-cluster.ts';

const KEY = 'replicated-admin';
const BATCHES = 10;
const APPLIED_MS = 60_000;

export class ReplicatedPipeline {
  readonly nats: NatsCluster;
  readonly #folder: string;
  readonly #postgres: Postgres;
  readonly #db: Kysely<Database>;
  readonly #services = new Map<ServiceName, Service>();
  readonly #registration = new Registration(1, 1);
  readonly #accepted: SentEvent[] = [];

  private constructor(folder: string, nats: NatsCluster, postgres: Postgres) {
    this.#folder = folder;
    this.nats = nats;
    this.#postgres = postgres;
    this.#db = connect({ url: postgres.url, applicationName: 'test', connectionsMax: 2 });
  }

  static async start(program: NatsProgram): Promise<ReplicatedPipeline> {
    const folder = mkdtempSync(join(tmpdir(), 'effectstroom-replicated-'));
    const settings = { fsync: 'off', full_page_writes: 'off' };
    const [nats, postgres] = await Promise.all([
      NatsCluster.start(join(folder, 'nats'), program),
      startPostgres({ folder: join(folder, 'postgres'), settings }),
    ]);
    const pipeline = new ReplicatedPipeline(folder, nats, postgres);
    for (const name of ['calculator', 'ingest'] as const) await pipeline.#startService(name);
    await pipeline.#ask(jsonRequest('PUT', `/v1/price-lists/${PRICES}`, KEY, PRICE_LIST));
    await pipeline.#ask(jsonRequest('PUT', `/v1/programmes/${addressOf(PLACE)}`, KEY, PROGRAMME));
    return pipeline;
  }

  /** Sends some batches of events, and waits until they are applied. */
  async sendAll(): Promise<void> {
    for (let sent = 0; sent < BATCHES; sent++) {
      const events = this.#registration.batch();
      await this.#ask(eventsRequest(KEY, events));
      this.#accepted.push(...events);
    }
    const isApplied = async () => {
      const { state, created } = await this.nats.stream();
      const { rows } = await sql<{ is: boolean }>`SELECT min(sequence) = ${state.last_seq}::bigint
          AND bool_and(s.created_at = ${created}::timestamptz) AS is
        FROM partition_position JOIN stream s USING (epoch)`.execute(this.#db);
      return rows[0]?.is ?? false;
    };
    await until(isApplied, `everything is applied: ${this.calculatorSaid()}`, APPLIED_MS);
  }

  /** Up to where every partition is applied. */
  async position(): Promise<number> {
    const { rows } = await sql<{ least: number }>`SELECT min(sequence)::integer AS least
      FROM partition_position`.execute(this.#db);
    return rows[0]?.least ?? 0;
  }

  /** How many streams the calculator has met. */
  async epochs(): Promise<number> {
    const { rows } = await sql<{ epochs: number }>`SELECT count(*)::integer AS epochs FROM stream`.execute(
      this.#db,
    );
    return rows[0]?.epochs ?? 0;
  }

  calculatorSaid(): string {
    return this.#services.get('calculator')?.lastWords() ?? '';
  }

  /** How what is in PostgreSQL differs from what was sent, in sentences. */
  faults(): Promise<string[]> {
    const book = {
      dismissed: new Set<string>(),
      programmes: new Map([[addressOf(PLACE), PROGRAMME]]),
      priceLists: new Map([[PRICES, PRICE_LIST]]),
    };
    return faultsAgainst({ db: this.#db, url: this.#postgres.url }, audit(this.#accepted, book));
  }

  /** Ends everything. @returns which nats-servers ended by themselves, in sentences */
  async end(): Promise<string[]> {
    await this.#db.destroy();
    await Promise.all([...this.#services.values()].map((service) => service.stop()));
    const [faults] = await Promise.all([this.nats.end(), this.#postgres.stop()]);
    rmSync(this.#folder, { recursive: true, force: true });
    return faults;
  }

  async #ask(request: Request): Promise<void> {
    await ask([this.#services.get('ingest')?.url ?? ''], request, 202, new Met());
  }

  async #startService(name: ServiceName): Promise<void> {
    const env = {
      ...{ DATABASE_URL: this.#postgres.url, NATS_URL: this.nats.url, REPLICAS: '3' },
      ...serviceFiles(this.#folder, { [KEY]: ['admin'] }),
    };
    this.#services.set(name, await startService({ name, env, folder: join(this.#folder, name) }));
  }
}
