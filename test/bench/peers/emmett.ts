/**
 * emmett: an event store on PostgreSQL, with a projection in the transaction that appends. A stream is a
 * case; the store is the record of events, the projection keeps the case, the ledger and the totals.
 */
import type { CaseEvent } from '@effectstroom/contracts';
import { type Event, projections } from '@event-driven-io/emmett';
import { getPostgreSQLEventStore, postgreSQLProjection } from '@event-driven-io/emmett-postgresql';
import type { ClientBase } from 'pg';
import { pooled } from '../fresh-database.ts';
import { type Peer, PeerProgress, type PeerWork } from './peer.ts';
import { applyToTables, type PeerEvent, PeerGroups, peerEvent } from './peer-event.ts';

type CaseMessage = Event<'CaseEvent', { event: CaseEvent }>;

/** @param inFlight appends that wait for their answer at once */
export function emmett(inFlight: number): Peer {
  return {
    name: `emmett, append and inline projection, ${inFlight} in flight`,
    recorded: `SELECT count(*) FROM emt_messages WHERE message_type = 'CaseEvent'`,
    inFlight,
    prepare,
    work: (given) => append(given, inFlight),
  };
}

/**
 * Makes the tables of the store, and registers the projection: where several processes do so at once, emmett
 * does not project what is appended meanwhile.
 */
async function prepare(url: string): Promise<void> {
  const pool = pooled(url, 1);
  const store = getPostgreSQLEventStore(url, {
    projections: projections.inline([savings((event) => peerEvent(event, new PeerGroups()))]),
    connectionOptions: { pool },
  });
  try {
    await store.schema.migrate();
  } finally {
    await store.close();
    await pool.end();
  }
}

function savings(read: (event: CaseEvent) => PeerEvent) {
  return postgreSQLProjection<CaseMessage>({
    name: 'savings',
    canHandle: ['CaseEvent'],
    handle: async (events, { connection }) => {
      const client = connection.client as unknown as ClientBase;
      for (const { data } of events) await applyToTables(client, read(data.event));
    },
  });
}

async function append({ url, texts, ...given }: PeerWork, inFlight: number): Promise<number[]> {
  const progress = new PeerProgress(given);
  const pool = pooled(url, inFlight);
  const store = getPostgreSQLEventStore(url, {
    projections: projections.inline([savings((event) => progress.read(event))]),
    schema: { autoMigration: 'None' },
    connectionOptions: { pool },
  });
  try {
    let next = 0;
    const lane = async () => {
      for (let text = texts[next++]; text !== undefined && !progress.isTimeUp; text = texts[next++]) {
        const event = JSON.parse(text) as CaseEvent;
        const message = { type: 'CaseEvent', data: { event } } as const;
        await store.appendToStream<CaseMessage>(`case-${event.data.caseId}`, [message], {
          expectedStreamVersion: 'STREAM_DOES_NOT_EXIST',
        });
        progress.done();
      }
    };
    await Promise.all(Array.from({ length: inFlight }, lane));
  } finally {
    await store.close();
    await pool.end();
  }
  return progress.moments;
}
