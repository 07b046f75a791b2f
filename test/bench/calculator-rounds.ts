/**
 * Events a second that calculators apply, beside their limit and beside what one might use instead of them.
 */
import { bareInsert, type Payloads, payloadsOf } from './bare-insert.ts';
import { appliedPerSecond } from './calculator-rate.ts';
import { calculatorReport } from './calculator-report.ts';
import { measureSpread } from './calculator-spread.ts';
import { Child } from './child.ts';
import { cpuSeconds } from './cpu-time.ts';
import { fillStream } from './fill-stream.ts';
import { Follower } from './follower.ts';
import { checkWork, type FreshDatabase, withEmptyDatabase, withFreshDatabase } from './fresh-database.ts';
import { seedOf } from './ingest-rounds.ts';
import type { LoadAnswer, LoadRequest } from './load-generator.ts';
import { type Memory, MemoryWatch } from './memory-watch.ts';
import type { BenchContext, PartReport } from './parts.ts';
import { peerRates } from './peers/measure-peer.ts';
import { PEER_PROCESSES } from './peers/peer.ts';
import { PEERS, PEERS_IN_PARALLEL } from './peers/peers.ts';
import { profileCalculators } from './profile-calculators.ts';
import { type Servers, withServers } from './servers.ts';

const LOOK_EVERY_MS = 5;
/** Calculators that divide the stream. */
export const WORKERS = [1, 2, 4] as const;
const PARTITIONS = 4;
const LIMIT_CONNECTIONS = 4;

/** Processor seconds per million events. */
export interface SpentOn {
  calculators: number;
  postgres: number;
  nats: number;
}

export interface Applied {
  /** Events a second. */
  rate: number;
  cpu: SpentOn;
  /** Of one of the calculators. */
  memory: Memory | undefined;
}

export interface CalculatorRound {
  /** Events a second of the bare insert, on one connection and on four. */
  limit: number;
  limitOnFour: number;
  /** By number of calculators. */
  applied: Record<(typeof WORKERS)[number], Applied>;
  /** Events a second by name, of one process; and of four where a peer works on several events at once. */
  peers: Record<string, number>;
  peersOfFour: Record<string, number>;
}

/** Measures in turns, each on a database of its own. The stream holds the settings and one round's events. */
export async function calculatorPart({ options, signal, tell }: BenchContext): Promise<PartReport> {
  const load = Child.start<LoadRequest, LoadAnswer>('load-generator.ts');
  try {
    return await withServers(signal, async (servers) => {
      const seed = seedOf(options, 0);
      await fillStream(servers, load, seed, options.events);
      await load.stop();
      const payloads = payloadsOf(seed, options.events);
      const rounds: CalculatorRound[] = [];
      for (let round = 0; round < options.rounds; round++) {
        tell(`round ${round + 1} of ${options.rounds}`);
        rounds.push(await measureRound(servers, payloads, { options, signal, tell }));
      }
      const profile = options.profile ? await profileCalculators(servers, options.events) : [];
      const spread = await measureSpread(servers, { options, signal, tell });
      return calculatorReport({ rounds, spread, options, versions: servers.versions, profile });
    });
  } finally {
    await load.stop();
  }
}

async function measureRound(
  servers: Servers,
  payloads: Payloads,
  { options, signal, tell }: BenchContext,
): Promise<CalculatorRound> {
  const { databaseUrl } = servers;
  const bare = (connections: number) =>
    withEmptyDatabase(databaseUrl, ({ url }) => bareInsert(url, payloads, connections));
  const [limit, limitOnFour] = [await bare(1), await bare(LIMIT_CONNECTIONS)];
  tell(
    `bare insert, 1 and ${LIMIT_CONNECTIONS} connections: ${whole(limit)}, ${whole(limitOnFour)} events/s`,
  );
  const applied: Partial<CalculatorRound['applied']> = {};
  for (const workers of WORKERS) {
    signal.throwIfAborted();
    const measured = await withFreshDatabase(databaseUrl, (database) =>
      applyStream(servers, database, { events: options.events, workers }),
    );
    applied[workers] = measured;
    const ratio = (measured.rate / limit).toFixed(2);
    tell(`calculators, ${workers}: ${whole(measured.rate)} events/s, ${ratio} of the limit`);
  }
  const work = { texts: payloads.texts, seconds: options.peerSeconds };
  const peers = await peerRates(PEERS, databaseUrl, work, { signal, tell });
  const inFour = { ...work, processes: PEER_PROCESSES };
  const peersOfFour = await peerRates(PEERS_IN_PARALLEL, databaseUrl, inFour, { signal, tell });
  return { limit, limitOnFour, peers, peersOfFour, applied: applied as CalculatorRound['applied'] };
}

export interface ApplyOptions {
  events: number;
  workers: number;
  profileFolder?: string;
}

/** Starts calculators on everything in the stream, and ends them when all is in. */
export async function applyStream(
  servers: Servers,
  database: FreshDatabase,
  { events, workers, profileFolder }: ApplyOptions,
): Promise<Applied> {
  const end = await servers.lastSequence();
  const follower = new Follower(database.client, LOOK_EVERY_MS).start();
  const before = { postgres: cpuSeconds(servers.postgresPid), nats: cpuSeconds(servers.natsPid) };
  const share = { partitions: PARTITIONS / workers, profileFolder };
  const start = () => servers.startCalculator(database.url, share);
  const calculators = await Promise.all(Array.from({ length: workers }, start));
  const watch = new MemoryWatch(calculators[0]?.pid ?? 0);
  let memory: Memory | undefined;
  try {
    await follower.until(end);
  } finally {
    memory = watch.stop();
    await follower.stop();
  }
  const perMillion = (seconds: number) => (seconds * 1e6) / events;
  const cpu = {
    calculators: perMillion(calculators.reduce((sum, { pid }) => sum + cpuSeconds(pid), 0)),
    postgres: perMillion(cpuSeconds(servers.postgresPid) - before.postgres),
    nats: perMillion(cpuSeconds(servers.natsPid) - before.nats),
  };
  await Promise.all(calculators.map((calculator) => calculator.stop()));
  await checkWork(database.db, events);
  const rate = await appliedPerSecond(database.client, follower.passed, events);
  return { rate, cpu, memory };
}

function whole(rate: number): string {
  return Math.round(rate).toLocaleString('en-US');
}
