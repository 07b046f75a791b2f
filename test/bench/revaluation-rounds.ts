/**
 * Cases a second that one calculator values again after prices changed, beside applying them the first time.
 */
import { sql } from 'kysely';
import { bareInsert, type Payloads, payloadsOf } from './bare-insert.ts';
import { appliedPerSecond } from './calculator-rate.ts';
import { Child } from './child.ts';
import { moment } from './clock.ts';
import { fillStream } from './fill-stream.ts';
import { Follower } from './follower.ts';
import { checkWork, type FreshDatabase, withEmptyDatabase, withFreshDatabase } from './fresh-database.ts';
import { seedOf } from './ingest-rounds.ts';
import type { LoadAnswer, LoadRequest } from './load-generator.ts';
import type { BenchContext, PartReport } from './parts.ts';
import { measurePeer } from './peers/measure-peer.ts';
import { PEER_CONNECTIONS } from './peers/peer.ts';
import { transactionPerEvent } from './peers/transaction-per-event.ts';
import { revaluationReport } from './revaluation-report.ts';
import { type Servers, withServers } from './servers.ts';
import { checkedSettings } from './workload.ts';

/** Cases a second. */
export interface RevaluationRound {
  /** One calculator, the first time. */
  applied: number;
  /** After one price of the list changed: all cases are looked at, few become another amount. */
  onePrice: number;
  /** After all prices changed: every case becomes another amount. */
  allPrices: number;
  /** As many rows, put in a table with one unique key. */
  limit: number;
  /** What there is instead where totals are projections: all events again, a transaction each. */
  replayed: number;
}

const LOOK_EVERY_MS = 5;

/** Each round on databases of its own: apply everything in the stream, then correct the price list. */
export async function revaluationPart({ options, signal, tell }: BenchContext): Promise<PartReport> {
  const cases = options.revaluedCases;
  const load = Child.start<LoadRequest, LoadAnswer>('load-generator.ts');
  try {
    return await withServers(signal, async (servers) => {
      const rounds: RevaluationRound[] = [];
      for (let round = 0; round < options.rounds; round++) {
        signal.throwIfAborted();
        await fillStream(servers, load, seedOf(options, round), cases);
        const payloads = payloadsOf(seedOf(options, round), cases);
        const measured = {
          ...(await withFreshDatabase(servers.databaseUrl, (fresh) => measureRound(servers, fresh, cases))),
          ...(await measureOthers(servers, payloads, options.peerSeconds)),
        };
        rounds.push(measured);
        const { applied, onePrice, allPrices, limit, replayed } = measured;
        const rates = [onePrice, allPrices, applied, limit, replayed].map(Math.round).join(', ');
        tell(`round ${round + 1}: one price, all prices, the first time, limit, replayed: ${rates} cases/s`);
      }
      return revaluationReport({ cases, rounds, versions: servers.versions });
    });
  } finally {
    await load.stop();
  }
}

async function measureOthers(
  { databaseUrl }: Servers,
  payloads: Payloads,
  seconds: number,
): Promise<Pick<RevaluationRound, 'limit' | 'replayed'>> {
  const limit = await withEmptyDatabase(databaseUrl, ({ url }) => bareInsert(url, payloads, 1));
  const { texts } = payloads;
  const replayed = await measurePeer(transactionPerEvent(PEER_CONNECTIONS), databaseUrl, { texts, seconds });
  return { limit, replayed };
}

async function measureRound(
  servers: Servers,
  database: FreshDatabase,
  cases: number,
): Promise<Pick<RevaluationRound, 'applied' | 'onePrice' | 'allPrices'>> {
  const follower = new Follower(database.client, LOOK_EVERY_MS).start();
  const calculator = await servers.startCalculator(database.url);
  try {
    await follower.until(await servers.lastSequence());
    const applied = await appliedPerSecond(database.client, follower.passed, cases);
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
