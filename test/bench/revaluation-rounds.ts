/**
 * Cases a second that one calculator values again after prices changed, beside applying them the first
 * time.
 */
import { sql } from 'kysely';
import { eventsPerSecond } from './calculator-rounds.ts';
import { Child } from './child.ts';
import { moment } from './clock.ts';
import { Follower } from './follower.ts';
import { checkWork, type FreshDatabase, withFreshDatabase } from './fresh-database.ts';
import { CONNECTIONS, type Load, seedOf } from './ingest-rounds.ts';
import type { LoadAnswer, LoadRequest } from './load-generator.ts';
import { type BenchOptions, EVENTS_PER_REQUEST } from './options.ts';
import { type Servers, withServers } from './servers.ts';
import { checkedSettings } from './workload.ts';

export interface RevaluationRound {
  /** Cases a second. */
  applied: number;
  /** After one price of the list changed: all cases are looked at, few become another amount. */
  onePrice: number;
  /** After all prices changed: every case becomes another amount. */
  allPrices: number;
}

export interface RevaluationResult {
  cases: number;
  rounds: RevaluationRound[];
}

const LOOK_EVERY_MS = 5;

/** Each round on a database of its own: apply everything in the stream, then correct the price list. */
export async function measureRevaluation(
  options: BenchOptions,
  signal: AbortSignal,
  tell: (line: string) => void,
): Promise<RevaluationResult> {
  const cases = options.revaluedCases;
  const load = Child.start<LoadRequest, LoadAnswer>('load-generator.ts');
  try {
    return await withServers(signal, async (servers) => {
      const rounds: RevaluationRound[] = [];
      for (let round = 0; round < options.rounds; round++) {
        await fillStream(servers, load, seedOf(options, round), cases);
        const work = (database: FreshDatabase) => measureRound(servers, database, cases);
        const measured = await withFreshDatabase(servers.databaseUrl, work);
        rounds.push(measured);
        const { applied, onePrice, allPrices } = measured;
        const rates = [onePrice, allPrices, applied].map(Math.round).join(', ');
        tell(`revaluation ${round + 1}: after one price, all prices, the first time: ${rates} cases/s`);
      }
      return { cases, rounds };
    });
  } finally {
    await load.stop();
  }
}

async function fillStream(servers: Servers, load: Load, seed: number, events: number): Promise<void> {
  await servers.emptyStream();
  await load.ask({ do: 'prepare', seed, events, eventsPerRequest: EVENTS_PER_REQUEST });
  await load.ask({ do: 'send', url: `${servers.ingest.url}/v1/events`, connections: CONNECTIONS });
}

async function measureRound(
  servers: Servers,
  database: FreshDatabase,
  cases: number,
): Promise<RevaluationRound> {
  const follower = new Follower(database.client, LOOK_EVERY_MS).start();
  const calculator = await servers.startCalculator(database.url);
  try {
    await follower.until(await servers.lastSequence());
    const applied = await eventsPerSecond(database, follower, cases);
    await checkWork(database.db, cases);
    const onePrice = await secondsOf(servers, follower, (place) => place === 0);
    const allPrices = await secondsOf(servers, follower, () => true);
    await requireAllRevalued(database, cases);
    return { applied, onePrice: cases / onePrice, allPrices: cases / allPrices };
  } finally {
    await follower.stop();
    await calculator.stop();
  }
}

/** From the list that is sent, with some prices a euro more, to the last case. */
async function secondsOf(
  servers: Servers,
  follower: Follower,
  isRaised: (place: number) => boolean,
): Promise<number> {
  const { priceList } = checkedSettings();
  const { code, ...list } = priceList;
  const editions = list.editions.map((edition) => ({
    ...edition,
    items: edition.items.map((item, place) => ({
      ...item,
      price: isRaised(place) ? euroMore(item.price) : item.price,
    })),
  }));
  const startedAt = moment();
  const response = await fetch(`${servers.ingest.url}/v1/price-lists/${code}`, {
    method: 'PUT',
    headers: { authorization: 'Bearer local-admin', 'content-type': 'application/json' },
    body: JSON.stringify({ ...list, editions }),
  });
  if (response.status !== 202) throw new Error(`The prices answer ${response.status}`);
  await follower.until(await servers.lastSequence());
  return ((follower.passed.at(-1)?.at ?? Number.NaN) - startedAt) / 1_000;
}

function euroMore(price: string): string {
  return `${Number(price.slice(0, -3)) + 1}${price.slice(-3)}`;
}

/** @throws Error where a case was left out. */
async function requireAllRevalued({ db }: FreshDatabase, cases: number): Promise<void> {
  const { rows } = await sql<{ cases: bigint }>`SELECT count(DISTINCT event) AS cases FROM ledger
    WHERE revalued`.execute(db);
  if (rows[0]?.cases !== BigInt(cases)) throw new Error(`${rows[0]?.cases} of ${cases} cases were revalued`);
}
