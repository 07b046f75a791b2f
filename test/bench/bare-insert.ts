/** The limit of the calculator: the same bytes put in a table with one unique key, 1,000 rows a transaction. */
import { checkCaseEvent } from '@effectstroom/contracts';
import { arrayOf } from '@effectstroom/database';
import type { Client } from 'pg';
import { sentEvents } from './workload.ts';

/** Measured as the fastest size of a batch; larger ones are slower. */
const ROWS = 1_000;
/** Neither this nor the calculator is measured over its first part. */
export const WARM_UP_SHARE = 0.2;

export interface Payloads {
  ids: string[];
  texts: string[];
}

/** Events as ingest publishes them. */
export function payloadsOf(seed: number, count: number): Payloads {
  const payloads: Payloads = { ids: [], texts: [] };
  for (const sent of sentEvents(seed, count)) {
    const { event } = checkCaseEvent(sent, { lookForBsn: false });
    if (event === undefined) throw new Error('The load is not right');
    payloads.ids.push(event.id);
    payloads.texts.push(JSON.stringify(event));
  }
  return payloads;
}

/** @returns rows a second. */
export async function bareInsert(client: Client, { ids, texts }: Payloads): Promise<number> {
  await client.query('CREATE TABLE bare (id text UNIQUE, payload text)');
  const warmUp = ROWS * Math.floor((ids.length * WARM_UP_SHARE) / ROWS);
  let startedAt = 0;
  for (let from = 0; from < ids.length; from += ROWS) {
    if (from === warmUp) startedAt = performance.now();
    const part = [ids.slice(from, from + ROWS), texts.slice(from, from + ROWS)];
    await client.query({
      name: 'bare insert',
      text: 'INSERT INTO bare SELECT * FROM unnest($1::text[], $2::text[])',
      values: part.map((column) => arrayOf('text', column)),
    });
  }
  const seconds = (performance.now() - startedAt) / 1_000;
  await client.query('DROP TABLE bare');
  return (ids.length - warmUp) / seconds;
}
