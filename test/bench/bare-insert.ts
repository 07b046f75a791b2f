/**
 * The limit of the calculator: the same bytes put in a table with one unique key, 1,000 rows a transaction.
 */
import { checkCaseEvent } from '@effectstroom/contracts';
import { arrayOf } from '@effectstroom/database';
import type { Client } from 'pg';
import { connected } from './fresh-database.ts';
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
export function payloadsOf(seed: number, count: number, organisations = 1): Payloads {
  const payloads: Payloads = { ids: [], texts: [] };
  for (const sent of sentEvents(seed, count, organisations)) {
    const { event } = checkCaseEvent(sent, { lookForBsn: false });
    if (event === undefined) throw new Error('The load is not right');
    payloads.ids.push(event.id);
    payloads.texts.push(JSON.stringify(event));
  }
  return payloads;
}

/** @returns rows a second of all connections together; each takes the next rows when it is done with some */
export async function bareInsert(
  url: string,
  { ids, texts }: Payloads,
  connections: number,
): Promise<number> {
  const clients = await Promise.all(Array.from({ length: connections }, () => connected(url)));
  try {
    await clients[0]?.query('CREATE TABLE bare (id text UNIQUE, payload text)');
    let next = 0;
    let startedAt = 0;
    let startedWith = 0;
    const insert = async (client: Client) => {
      for (let from = next; from < ids.length; from = next) {
        next += ROWS;
        if (startedAt === 0 && from >= ids.length * WARM_UP_SHARE)
          [startedAt, startedWith] = [performance.now(), from];
        const part = [ids.slice(from, from + ROWS), texts.slice(from, from + ROWS)];
        await client.query({
          name: 'bare insert',
          text: 'INSERT INTO bare SELECT * FROM unnest($1::text[], $2::text[])',
          values: part.map((column) => arrayOf('text', column)),
        });
      }
    };
    await Promise.all(clients.map(insert));
    return ((ids.length - startedWith) * 1_000) / (performance.now() - startedAt);
  } finally {
    await Promise.all(clients.map((client) => client.end()));
  }
}
