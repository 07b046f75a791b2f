/** Whether the whole product is exact again after its machine lost power. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from '@effectstroom/database';
import {
  type NatsProgram,
  type ServiceName,
  startNats,
  startPostgres,
  startService,
} from '@effectstroom/infra';
import { sql } from 'kysely';
import { settingsBodies } from '../bench/workload.ts';
import { pendingOf } from '../harness/pending.ts';
import { post } from '../harness/post.ts';
import { serviceFiles } from '../harness/service-files.ts';
import { until } from '../harness/until.ts';
import { eventsToIngest, Load } from './acknowledged.ts';
import { type Begun, endAll, type Subject } from './subject.ts';

const SETTLED_MS = 120_000;

/** PostgreSQL, nats-server and the services on one disk. What is found is what stands in the totals. */
export function productSubject(program: NatsProgram, syncsAlways: boolean, seed: number): Subject {
  const start = (disk: string, signal: AbortSignal) => Product.start(disk, { program, syncsAlways }, signal);
  return {
    name: 'all of the product',
    setting: `nats-server ${program.version.join('.')}, ${syncsAlways ? '`always`' : '`2m`'}; \`fsync = on\``,
    mayLose: !syncsAlways,
    begin: async (disk, signal): Promise<Begun> => {
      const product = await start(disk, signal);
      const stops: (() => unknown)[] = [() => product.stop()];
      try {
        await product.putSettings();
        const load = new Load(eventsToIngest(product.ingest, seed));
        stops.push(() => load.stop());
        return { pids: product.servers, load, stop: () => endAll(stops) };
      } catch (error) {
        await endAll(stops);
        throw error;
      }
    },
    found: async (disk, signal) => {
      const product = await start(disk, signal);
      try {
        await product.settled();
        return await product.cases();
      } finally {
        await product.stop();
      }
    },
    sentAgain: async (disk, signal, upTo) => {
      const product = await start(disk, signal);
      try {
        await product.putSettings();
        const send = eventsToIngest(product.ingest, seed)();
        for (let sent = -1; sent < upTo; ) sent = (await send()).at(-1) ?? sent;
        await product.settled();
        return await product.cases();
      } finally {
        await product.stop();
      }
    },
  };
}

/** The product on a disk. */
class Product {
  readonly servers: readonly number[];
  readonly ingest: string;
  readonly #portal: string;
  readonly #database: string;
  readonly stop: () => Promise<void>;

  private constructor(
    servers: readonly number[],
    urls: { ingest: string; portal: string; database: string },
    stop: () => Promise<void>,
  ) {
    this.servers = servers;
    this.ingest = urls.ingest;
    this.#portal = urls.portal;
    this.#database = urls.database;
    this.stop = stop;
  }

  static async start(
    disk: string,
    options: { program: NatsProgram; syncsAlways: boolean },
    signal: AbortSignal,
  ): Promise<Product> {
    const stops: (() => unknown)[] = [];
    try {
      const postgres = await startPostgres({ folder: join(disk, 'postgres'), signal });
      stops.push(() => postgres.stop());
      const nats = await startNats({ folder: join(disk, 'nats'), ...options, signal });
      stops.push(() => nats.stop());
      const run = `${disk}-run`;
      stops.push(() => rmSync(run, { recursive: true, force: true }));
      const env = { DATABASE_URL: postgres.url, NATS_URL: nats.url, ...serviceFiles(run) };
      const service = async (name: ServiceName) => {
        const started = await startService({ name, folder: run, env, signal });
        stops.push(() => started.stop());
        return started.url;
      };
      await service('calculator');
      const ingest = await service('ingest');
      const portal = await service('portal');
      const urls = { ingest, portal, database: postgres.url };
      return new Product([nats.pid, postgres.pid], urls, () => endAll(stops));
    } catch (error) {
      await endAll(stops);
      throw error;
    }
  }

  async putSettings(): Promise<void> {
    for (const [path, body] of settingsBodies) {
      const request = { method: 'PUT', path, key: 'local-admin', type: 'application/json', body } as const;
      const isPut = async () => (await post(this.ingest, request)) === 202;
      await until(isPut, `${path} is accepted`, SETTLED_MS);
    }
  }

  /** Waits until all that the stream has is in the totals, by the word of the portal. */
  settled(): Promise<void> {
    const isIn = async () => (await pendingOf(this.#portal)) === 0;
    return until(isIn, 'everything is in the totals', SETTLED_MS);
  }

  /** The numbers of the cases that count. @throws Error where the totals count others, or one twice */
  async cases(): Promise<Set<number>> {
    const db = connect({ url: this.#database, applicationName: 'power-loss' });
    try {
      const { rows } = await sql<{ number: number }>`
        SELECT substr(case_id, 3)::integer AS number FROM case_state WHERE state = 'assessed'`.execute(db);
      const { rows: totals } = await sql<{ assessed: string }>`
        SELECT coalesce(sum(assessed), 0)::text AS assessed FROM case_total`.execute(db);
      if (totals[0]?.assessed !== String(rows.length))
        throw new Error(`the totals count ${totals[0]?.assessed} cases, of ${rows.length}`);
      return new Set(rows.map(({ number }) => number));
    } finally {
      await db.destroy();
    }
  }
}
