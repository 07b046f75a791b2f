/** The servers of a run: PostgreSQL, nats-server and ingest, in a temporary folder that goes when they go. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { STREAM } from '@effectstroom/contracts';
import { type Service, startNats, startPostgres, startService } from '@effectstroom/infra';
import { connectNats, createLog } from '@effectstroom/runtime';
import { type JetStreamManager, jetstreamManager } from '@nats-io/jetstream';
import { profileOptions } from './profile.ts';
import { settingsBodies } from './workload.ts';

export interface CalculatorShare {
  /** At most this many partitions of the stream; all of them where nothing is said. */
  partitions?: number;
  /** Where a profile of its processor time is written when it ends. */
  profileFolder?: string | undefined;
}

export interface Servers {
  /** Goes when the servers go. */
  folder: string;
  /** The database `postgres://…/effectstroom`; the others are made beside it. */
  databaseUrl: string;
  postgresPid: number;
  natsPid: number;
  ingest: Service;
  /** As a report names them. */
  versions: Record<string, string>;
  /** Removes all messages, and sends the settings anew. */
  emptyStream(): Promise<void>;
  /** Sequence of the last message. */
  lastSequence(): Promise<bigint>;
  /** A worker on a database that has the schema. */
  startCalculator(databaseUrl: string, share?: CalculatorShare): Promise<Service>;
  /** Another ingest, beside the first. */
  startIngest(profileFolder: string): Promise<Service>;
}

type Stop = () => unknown;

/** Starts the servers, does the work, and ends them whatever happens. */
export async function withServers<T>(
  signal: AbortSignal,
  work: (servers: Servers) => Promise<T>,
): Promise<T> {
  const stops: Stop[] = [];
  try {
    const servers = await startServers(signal, stops);
    return await Promise.race([work(servers), aborted(signal)]);
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}

async function startServers(signal: AbortSignal, stops: Stop[]): Promise<Servers> {
  const folder = mkdtempSync(join(tmpdir(), 'effectstroom-bench-'));
  stops.push(() => rmSync(folder, { recursive: true, force: true }));
  const postgres = await startPostgres({ folder: join(folder, 'postgres'), signal });
  stops.push(() => postgres.stop());
  const nats = await startNats({ folder: join(folder, 'nats'), signal });
  stops.push(() => nats.stop());
  const secret = join(folder, 'resident-key.secret');
  writeFileSync(secret, randomBytes(32).toString('base64'), { mode: 0o600 });
  const shared = { NATS_URL: nats.url, LOG_LEVEL: 'warn' };
  let started = 0;
  const start = async (
    name: 'calculator' | 'ingest',
    env: Record<string, string>,
    profileFolder?: string,
  ) => {
    const options = profileFolder === undefined ? {} : { NODE_OPTIONS: profileOptions(profileFolder) };
    const run = { folder: join(folder, 'run', String(started++)), signal };
    const service = await startService({ name, ...run, env: { ...shared, ...env, ...options } });
    stops.push(() => service.stop());
    return service;
  };
  const ofIngest = { LOCAL_KEYS: 'true', RESIDENT_KEY_SECRET_FILE: secret };
  const ingest = await start('ingest', ofIngest);
  const connection = await connectNats(createLog('bench', 'warn'), nats.url, 'bench');
  stops.push(() => connection.close());
  const manager = await jetstreamManager(connection);
  return {
    ...{ folder, ingest, databaseUrl: postgres.url, postgresPid: postgres.pid, natsPid: nats.pid },
    versions: {
      PostgreSQL: postgres.version,
      'nats-server': `${nats.version}${nats.syncsAlways ? ' (every message synced)' : ''}`,
    },
    emptyStream: () => emptyStream(manager, ingest.url),
    lastSequence: async () => BigInt((await manager.streams.info(STREAM)).state.last_seq),
    startCalculator: (databaseUrl, { partitions = 256, profileFolder } = {}) => {
      // Its check of the invariants, at night, would be measured too.
      const env = { DATABASE_URL: databaseUrl, VERIFY_CRON: '0 0 1 1 *', PARTITIONS_MAX: String(partitions) };
      return start('calculator', env, profileFolder);
    },
    startIngest: (profileFolder) => start('ingest', ofIngest, profileFolder),
  };
}

async function aborted(signal: AbortSignal): Promise<never> {
  signal.throwIfAborted();
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

async function emptyStream(manager: JetStreamManager, ingestUrl: string): Promise<void> {
  await manager.streams.purge(STREAM);
  for (const [path, body] of settingsBodies) {
    const headers = { authorization: 'Bearer local-admin', 'content-type': 'application/json' };
    const response = await fetch(ingestUrl + path, { method: 'PUT', headers, body });
    if (response.status !== 202)
      throw new Error(`PUT ${path} answers ${response.status}: ${await response.text()}`);
  }
}
