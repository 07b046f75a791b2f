/** Says, at the end, whether the product holds exactly what was answered with 202. */
import type { Database } from '@effectstroom/database';
import type { Kysely } from 'kysely';
import { audit } from '../harness/auditor.ts';
import { faultsAgainst } from '../harness/faults-against.ts';
import { pendingOf } from '../harness/pending.ts';
import { PLACE, PRICE_LIST, PRICES, PROGRAMME } from '../harness/plain-programme.ts';
import { jsonRequest } from '../harness/post.ts';
import { addressOf, type Book, type SentEvent } from '../harness/sent.ts';
import { until } from '../harness/until.ts';
import { ask, Met } from './asking.ts';
import { readGuard } from './guard.ts';
import type { Load } from './load.ts';
import { INGESTS, KEY, type Machines, PORTALS } from './machines.ts';

const SETTLED_MS = 60_000;

export interface Verdict {
  /** Different events that were answered with 202, and those among them that were sent more than once. */
  events: number;
  repeated: number;
  handovers: number;
  moves: number;
  /** In sentences; none is right. */
  faults: string[];
}

/** Puts the programme and the prices that all events are of. */
export async function putSettings(machines: Machines): Promise<void> {
  const put = (path: string, body: unknown) =>
    ask([machines.url(INGESTS[0])], jsonRequest('PUT', path, KEY, body), 202, new Met());
  await put(`/v1/price-lists/${PRICES}`, PRICE_LIST);
  await put(`/v1/programmes/${addressOf(PLACE)}`, PROGRAMME);
}

/** Once nothing is sent any more. */
export async function judge(machines: Machines, load: Load, db: Kysely<Database>): Promise<Verdict> {
  await settled(machines);
  const book: Book = {
    dismissed: new Set(),
    programmes: new Map([[addressOf(PLACE), PROGRAMME]]),
    priceLists: new Map([[PRICES, PRICE_LIST]]),
  };
  const expected = audit(load.accepted, book);
  const { faults: guarded, handovers, moves, epochs } = await readGuard(db);
  const faults = [
    ...(await faultsAgainst({ db, url: machines.postgres.running.url }, expected)),
    ...guarded,
    ...(epochs === 1 ? [] : machines.said('another one')),
    ...load.sending.wrong,
    ...load.reading.wrong,
  ];
  const { events } = expected;
  return { events, repeated: repeatedOf(load.accepted, events), handovers, moves, faults };
}

function repeatedOf(accepted: readonly SentEvent[], events: number): number {
  return accepted.length - events;
}

/** By the word of both portals. @throws Error where not everything comes in */
async function settled(machines: Machines): Promise<void> {
  for (const place of PORTALS) {
    const isIn = async () => (await pendingOf(machines.url(place), KEY)) === 0;
    await until(isIn, `everything is in the totals, says ${place}`, SETTLED_MS);
  }
}
