/** Events a second that ingest accepts, beside its limit: a bare server with the same check, under the same load. */
import type { BareHttpRequest } from './bare-http.ts';
import { Child } from './child.ts';
import type { LoadAnswer, LoadRequest } from './load-generator.ts';
import { type Memory, MemoryWatch } from './memory-watch.ts';
import { type BenchOptions, EVENTS_PER_REQUEST } from './options.ts';
import type { Servers } from './servers.ts';

export type Load = Child<LoadRequest, LoadAnswer>;

export const CONNECTIONS = 16;
const WARM_UP_EVENTS = 20_000;

export interface IngestRound {
  /** Events a second: the bare server with zod's check, the same with the product's own, and ingest. */
  limit: number;
  strictLimit: number;
  accepted: number;
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

/** Measures in turns. The settings and the events of the last round stay in the stream. */
export async function measureIngest(
  servers: Servers,
  load: Load,
  options: BenchOptions,
  tell: (line: string) => void,
): Promise<IngestResult> {
  const [zod, own] = [startBare(), startBare()];
  try {
    const urls = [await zod.ask({ check: 'zod' }), await own.ask({ check: 'own' })];
    urls.push(`${servers.ingest.url}/v1/events`);
    await prepare(load, seedOf(options, options.rounds), WARM_UP_EVENTS);
    for (const url of urls) await eventsPerSecond(load, url, WARM_UP_EVENTS);
    const watches = [new MemoryWatch(servers.ingest.pid), new MemoryWatch(servers.natsPid)];
    const rounds: IngestRound[] = [];
    for (let round = 0; round < options.rounds; round++) {
      await prepare(load, seedOf(options, round), options.events);
      await servers.emptyStream();
      const rates: number[] = [];
      for (const url of urls) rates.push(await eventsPerSecond(load, url, options.events));
      const [limit = 0, strictLimit = 0, accepted = 0] = rates;
      rounds.push({ limit, strictLimit, accepted });
      tell(`ingest ${round + 1}: ${rates.map(Math.round).reverse().join(', limits ')} events/s`);
    }
    const [ingest, nats] = watches.map((watch) => watch.stop());
    return { rounds, ingest, nats };
  } finally {
    await Promise.all([zod.stop(), own.stop()]);
  }
}

function startBare() {
  return Child.start<BareHttpRequest, string>('bare-http.ts');
}

async function prepare(load: Load, seed: number, events: number): Promise<void> {
  await load.ask({ do: 'prepare', seed, events, eventsPerRequest: EVENTS_PER_REQUEST });
}

async function eventsPerSecond(load: Load, url: string, events: number): Promise<number> {
  const { dueAt, answeredAt } = await load.ask({ do: 'send', url, connections: CONNECTIONS });
  return (events * 1_000) / (Math.max(...answeredAt) - Math.min(...dueAt));
}
