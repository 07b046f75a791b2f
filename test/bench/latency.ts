/** How long after its 202 an event is in the totals, at 1,000 events a second. */
import { eventPlace } from '@effectstroom/database';
import { payloadsOf } from './bare-insert.ts';
import { Child } from './child.ts';
import { Follower, type Passed } from './follower.ts';
import { checkWork, type FreshDatabase, withFreshDatabase } from './fresh-database.ts';
import { type Load, seedOf } from './ingest-rounds.ts';
import { applyAtPace, insertAtPace } from './latency-peers.ts';
import { latencyReport } from './latency-report.ts';
import type { LoadAnswer, LoadRequest } from './load-generator.ts';
import { type Memory, MemoryWatch } from './memory-watch.ts';
import type { BenchOptions } from './options.ts';
import type { BenchContext, PartReport } from './parts.ts';
import { type Servers, withServers } from './servers.ts';
import { quantile } from './statistics.ts';

export const EVENTS_PER_SECOND = 1_000;
const LOOK_EVERY_MS = 1;

/** Milliseconds. */
export interface Times {
  p50: number;
  p99: number;
  max: number;
}

export interface LatencyRound {
  product: ProductLatency;
  /**
   * Without a stream: an INSERT an event, and the whole work in a transaction an event; from due to
   * committed.
   */
  insert: Times;
  transaction: Times;
}

export interface ProductLatency {
  /** From the answer to the moment at which another connection sees the totals moved. */
  committed: Times;
  /** From the moment at which the request was due to its answer. */
  answered: Times;
  /** From the moment at which the request was due to the totals. */
  whole: Times;
  /** Requests a second that were really answered. */
  pace: number;
  calculator: Memory | undefined;
}

/** Measures in turns, each on a database of its own. */
export async function latencyPart({ options, signal, tell }: BenchContext): Promise<PartReport> {
  const load = Child.start<LoadRequest, LoadAnswer>('load-generator.ts');
  try {
    return await withServers(signal, async (servers) => {
      const { latencySeconds, warmUpSeconds } = options;
      const count = (latencySeconds + warmUpSeconds) * EVENTS_PER_SECOND;
      const work = { payloads: payloadsOf(seedOf(options, 0), count), perSecond: EVENTS_PER_SECOND };
      const afterWarmUp = (times: readonly number[]) =>
        summary(times.slice(warmUpSeconds * EVENTS_PER_SECOND));
      const rounds: LatencyRound[] = [];
      for (let round = 0; round < options.rounds; round++) {
        signal.throwIfAborted();
        const product = await measureProduct(servers, load, options, round);
        const insert = afterWarmUp(await insertAtPace(servers.databaseUrl, work));
        const transaction = afterWarmUp(await applyAtPace(servers.databaseUrl, work));
        rounds.push({ product, insert, transaction });
        const told = [product.whole, insert, transaction].map(
          ({ p50, p99 }) => `${p50.toFixed(1)}/${p99.toFixed(1)}`,
        );
        tell(`round ${round + 1}, p50/p99 in ms: product, insert, transaction ${told.join(', ')}`);
      }
      return latencyReport({ rounds, options, versions: servers.versions });
    });
  } finally {
    await load.stop();
  }
}

/** One event a request, all the way from the front door to the totals. */
async function measureProduct(
  servers: Servers,
  load: Load,
  options: BenchOptions,
  round: number,
): Promise<ProductLatency> {
  const { latencySeconds, warmUpSeconds } = options;
  const events = (latencySeconds + warmUpSeconds) * EVENTS_PER_SECOND;
  await load.ask({ do: 'prepare', seed: seedOf(options, round + 1), events, eventsPerRequest: 1 });
  await servers.emptyStream();
  return withFreshDatabase(servers.databaseUrl, async (database) => {
    const calculator = await servers.startCalculator(database.url);
    const follower = new Follower(database.client, LOOK_EVERY_MS).start();
    try {
      await follower.until(await servers.lastSequence());
      const url = `${servers.ingest.url}/v1/events`;
      const watch = new MemoryWatch(calculator.pid);
      let sent: LoadAnswer;
      let memory: Memory | undefined;
      try {
        sent = await load.ask({ do: 'pace', url, requestsPerSecond: EVENTS_PER_SECOND });
        await follower.until(await servers.lastSequence());
      } finally {
        memory = watch.stop();
      }
      await follower.stop();
      await checkWork(database.db, events);
      const sequences = await sequencesOf(database, events);
      const first = warmUpSeconds * EVENTS_PER_SECOND;
      return { ...timesOf(sent, committedAt(sequences, follower.passed), first), calculator: memory };
    } finally {
      await follower.stop();
      await calculator.stop();
    }
  });
}

/** Sequence of the message of each event, by its place. */
async function sequencesOf({ client }: FreshDatabase, events: number): Promise<bigint[]> {
  const { rows } = await client.query<{ place: number; number: string }>(
    `SELECT substr(case_id, 3)::integer AS place, number::text FROM event`,
  );
  const sequences = new Array<bigint>(events).fill(0n);
  for (const { place, number } of rows) sequences[place] = eventPlace(BigInt(number)).sequence;
  return sequences;
}

/** When each message was seen to be in: at the first look at which the position was past it. */
function committedAt(sequences: readonly bigint[], passed: readonly Passed[]): number[] {
  return sequences.map((sequence) => {
    let [low, high] = [0, passed.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((passed[middle]?.sequence ?? 0n) >= sequence) high = middle;
      else low = middle + 1;
    }
    return passed[low]?.at ?? Number.NaN;
  });
}

function timesOf({ dueAt, answeredAt }: LoadAnswer, committed: readonly number[], first: number) {
  const answers = [...answeredAt.subarray(first)];
  const due = dueAt.subarray(first);
  const seen = committed.slice(first);
  const after = (moments: ArrayLike<number>) => (moment: number, place: number) =>
    moment - (moments[place] ?? Number.NaN);
  return {
    // An event may be in before its sender has the answer.
    committed: summary(seen.map(after(answers)).map((time) => Math.max(0, time))),
    answered: summary(answers.map(after(due))),
    whole: summary(seen.map(after(due))),
    pace: (answers.length * 1_000) / (Math.max(...answers) - (due[0] ?? Number.NaN)),
  };
}

function summary(times: readonly number[]): Times {
  return { p50: quantile(times, 0.5), p99: quantile(times, 0.99), max: quantile(times, 1) };
}
