/** Events a second that one calculator applies, beside its limit and beside workers with a transaction per event. */
import { eventNumber } from '@effectstroom/database';
import { bareInsert, type Payloads, payloadsOf, WARM_UP_SHARE } from './bare-insert.ts';
import { Follower } from './follower.ts';
import { checkWork, type FreshDatabase, withFreshDatabase } from './fresh-database.ts';
import { seedOf } from './ingest-rounds.ts';
import { type Memory, MemoryWatch } from './memory-watch.ts';
import type { BenchOptions } from './options.ts';
import type { Servers } from './servers.ts';
import { eventByEvent } from './transaction-per-event.ts';

const LOOK_EVERY_MS = 5;
export const PEER_CONNECTIONS = 16;

export interface CalculatorRound {
  /** Events a second. */
  limit: number;
  applied: number;
  /** A transaction per event, on one connection and on several. */
  peer: number;
  peers: number;
}

export interface CalculatorResult {
  rounds: CalculatorRound[];
  /** Of the last round; the others are like it. */
  memory: Memory | undefined;
}

/** Measures in turns, each on a database of its own. The stream holds the settings and one round's events. */
export async function measureCalculator(
  servers: Servers,
  options: BenchOptions,
  tell: (line: string) => void,
): Promise<CalculatorResult> {
  const { events } = options;
  const payloads = payloadsOf(seedOf(options, options.rounds - 1), events);
  const rounds: CalculatorRound[] = [];
  let memory: Memory | undefined;
  for (let round = 0; round < options.rounds; round++) {
    const inFresh = <T>(work: (database: FreshDatabase) => Promise<T>) =>
      withFreshDatabase(servers.databaseUrl, work);
    const limit = await inFresh(({ client }) => bareInsert(client, payloads));
    const calculator = await inFresh((database) => applyStream(servers, database, events));
    const peer = await inFresh((database) => oneByOne(database, payloads, 1, options));
    const peers = await inFresh((database) => oneByOne(database, payloads, PEER_CONNECTIONS, options));
    rounds.push({ limit, applied: calculator.applied, peer, peers });
    memory = calculator.memory;
    const [applied, ...others] = [calculator.applied, limit, peer, peers].map(Math.round);
    tell(
      `calculator ${round + 1}: ${applied} events/s, limit ${others[0]}, per event ${others.slice(1).join(' and ')}`,
    );
  }
  return { rounds, memory };
}

/** Starts a calculator on everything in the stream, and ends it when all is in. */
async function applyStream(servers: Servers, database: FreshDatabase, events: number) {
  const end = await servers.lastSequence();
  const follower = new Follower(database.client, LOOK_EVERY_MS).start();
  const calculator = await servers.startCalculator(database.url);
  const watch = new MemoryWatch(calculator.pid);
  try {
    await follower.until(end);
  } finally {
    await follower.stop();
  }
  const memory = watch.stop();
  await calculator.stop();
  await checkWork(database.db, events);
  return { applied: await eventsPerSecond(database, follower, events), memory };
}

/** Over the time after the warming up, between two moments at which a reader saw how far the calculator was. */
export async function eventsPerSecond({ client }: FreshDatabase, { passed }: Follower, events: number) {
  const seen: { at: number; events: number }[] = [];
  for (const { at, sequence } of passed) {
    const number = eventNumber({ epoch: 0, sequence, index: 511 }).toString();
    const counted = 'SELECT count(*) FROM event WHERE number <= $1';
    const { rows } = await client.query<{ count: string }>(counted, [number]);
    seen.push({ at, events: Number(rows[0]?.count) });
  }
  const from = seen.find((one) => one.events >= events * WARM_UP_SHARE);
  const to = seen.at(-1);
  if (from === undefined || to === undefined || to.at <= from.at)
    throw new Error('Too few events to measure the calculator: give more with --events');
  return ((to.events - from.events) * 1_000) / (to.at - from.at);
}

async function oneByOne(
  { url, db }: FreshDatabase,
  { texts }: Payloads,
  connections: number,
  { peerSeconds }: BenchOptions,
): Promise<number> {
  const { applied, perSecond } = await eventByEvent({ url, db, texts, connections, seconds: peerSeconds });
  await checkWork(db, applied);
  return perSecond;
}
