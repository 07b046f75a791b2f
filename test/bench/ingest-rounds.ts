/**
 * Events a second that ingest accepts, beside its limit: a bare server with the same check, under the same
 * load.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Table } from '../reports/report.ts';
import type { BareHttpRequest } from './bare-http.ts';
import { Child } from './child.ts';
import { cpuSeconds } from './cpu-time.ts';
import { ingestReport } from './ingest-report.ts';
import type { LoadAnswer, LoadRequest } from './load-generator.ts';
import { type Memory, MemoryWatch } from './memory-watch.ts';
import { type BenchOptions, EVENTS_PER_REQUEST } from './options.ts';
import type { BenchContext, PartReport } from './parts.ts';
import { PEER_CONNECTIONS } from './peers/peer.ts';
import { readProfiles } from './profile.ts';
import { profileTables } from './profile-table.ts';
import { type Servers, withServers } from './servers.ts';

export type Load = Child<LoadRequest, LoadAnswer>;

export const CONNECTIONS = 16;
const WARM_UP_EVENTS = 20_000;
/** A server that answers after a transaction for each request is slow: fewer events say as much. */
const EVENTS_OF_PEER = 10;

export interface IngestRound {
  /** Events a second: the bare server with zod's check, the same with the product's own, and ingest. */
  limit: number;
  ownLimit: number;
  accepted: number;
  /** Of a server that writes the events of a request to PostgreSQL before it answers. */
  insert: number;
  /** Processor seconds of ingest and of nats-server, per million events. */
  cpu: { ingest: number; nats: number };
}

export interface IngestResult {
  rounds: IngestRound[];
  ingest: Memory | undefined;
  nats: Memory | undefined;
}

/** The seed of a round: ids that JetStream has seen in the last two minutes would not be stored again. */
export function seedOf({ seed }: BenchOptions, round: number): number {
  return seed * 1_000 + round;
}

/** Measures in turns. */
export async function ingestPart({ options, signal, tell }: BenchContext): Promise<PartReport> {
  const load = Child.start<LoadRequest, LoadAnswer>('load-generator.ts');
  try {
    return await withServers(signal, async (servers) => {
      const result = await measureRounds(servers, load, options, tell);
      const profile = options.profile ? await profileIngest(servers, load, options) : [];
      return ingestReport({ result, options, versions: servers.versions, profile });
    });
  } finally {
    await load.stop();
  }
}

async function measureRounds(
  servers: Servers,
  load: Load,
  options: BenchOptions,
  tell: BenchContext['tell'],
): Promise<IngestResult> {
  const bare = [startBare(), startBare(), startBare()] as const;
  try {
    const { databaseUrl } = servers;
    const zod = await bare[0].ask({ check: 'zod' });
    const own = await bare[1].ask({ check: 'own' });
    const insert = await bare[2].ask({
      check: 'own',
      insert: { databaseUrl, connections: PEER_CONNECTIONS },
    });
    const url = `${servers.ingest.url}/v1/events`;
    await prepare(load, seedOf(options, options.rounds), WARM_UP_EVENTS);
    for (const warmed of [zod, own, url, insert]) await eventsPerSecond(load, warmed, WARM_UP_EVENTS);
    const watches = [new MemoryWatch(servers.ingest.pid), new MemoryWatch(servers.natsPid)];
    let memories: (Memory | undefined)[] = [];
    const rounds: IngestRound[] = [];
    try {
      for (let round = 0; round < options.rounds; round++)
        rounds.push(await measureRound(servers, load, { zod, own, insert, url }, round, options, tell));
    } finally {
      memories = watches.map((watch) => watch.stop());
    }
    const [ingest, nats] = memories;
    return { rounds, ingest, nats };
  } finally {
    await Promise.all(bare.map((server) => server.stop()));
  }
}

/** Where events are sent: ingest, and what stands beside it. */
type Addresses = Record<'zod' | 'own' | 'insert' | 'url', string>;

async function measureRound(
  servers: Servers,
  load: Load,
  { zod, own, insert, url }: Addresses,
  round: number,
  options: BenchOptions,
  tell: BenchContext['tell'],
): Promise<IngestRound> {
  const { events } = options;
  await prepare(load, seedOf(options, round), events);
  await servers.emptyStream();
  const limit = await eventsPerSecond(load, zod, events);
  const ownLimit = await eventsPerSecond(load, own, events);
  const spentBefore = spent(servers);
  const accepted = await eventsPerSecond(load, url, events);
  const spentAfter = spent(servers);
  const cpu = {
    ingest: ((spentAfter.ingest - spentBefore.ingest) * 1e6) / events,
    nats: ((spentAfter.nats - spentBefore.nats) * 1e6) / events,
  };
  await prepare(load, seedOf(options, round), events / EVENTS_OF_PEER);
  const inserted = await eventsPerSecond(load, insert, events / EVENTS_OF_PEER);
  const [rate, besideZod, besideOwn, peer] = [accepted, limit, ownLimit, inserted].map(Math.round);
  tell(`round ${round + 1}: ${rate} events/s, limits ${besideZod} and ${besideOwn}, inserts ${peer}`);
  return { limit, ownLimit, accepted, insert: inserted, cpu };
}

/** A round of its own, of an ingest of its own. */
async function profileIngest(servers: Servers, load: Load, options: BenchOptions): Promise<Table[]> {
  const folder = join(servers.folder, 'profile');
  mkdirSync(folder);
  const ingest = await servers.startIngest(folder);
  await prepare(load, seedOf(options, options.rounds + 2), options.events);
  await servers.emptyStream();
  await eventsPerSecond(load, `${ingest.url}/v1/events`, options.events);
  await ingest.stop();
  const run = { subject: 'ingest', time: readProfiles(folder), events: options.events };
  return profileTables('bench-ingest-profile', [run]);
}

function spent({ ingest, natsPid }: Servers) {
  return { ingest: cpuSeconds(ingest.pid), nats: cpuSeconds(natsPid) };
}

function startBare() {
  return Child.start<BareHttpRequest, string>('bare-http.ts');
}

async function prepare(load: Load, seed: number, events: number): Promise<void> {
  await load.ask({ do: 'prepare', seed, events, eventsPerRequest: EVENTS_PER_REQUEST });
}

async function eventsPerSecond(load: Load, url: string, events: number): Promise<number> {
  const { dueAt, answeredAt } = await load.ask({ do: 'send', url, connections: CONNECTIONS });
  const rate = (events * 1_000) / (greatest(answeredAt) - (dueAt[0] ?? Number.NaN));
  if (!Number.isFinite(rate)) throw new Error('No request was answered');
  return rate;
}

function greatest(moments: Float64Array): number {
  return moments.reduce((one, other) => Math.max(one, other), 0);
}
