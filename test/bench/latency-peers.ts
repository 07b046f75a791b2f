/** How long an event takes without a stream: straight into PostgreSQL, at the same pace. */
import type { CaseEvent } from '@effectstroom/contracts';
import type { ClientBase } from 'pg';
import type { Payloads } from './bare-insert.ts';
import { pooled, withEmptyDatabase } from './fresh-database.ts';
import { atPace } from './paced.ts';
import { PEER_CONNECTIONS } from './peers/peer.ts';
import { grossOf, PeerGroups, peerEvent, recordAndApply } from './peers/peer-event.ts';
import { checkPeerWork, makePeerTables } from './peers/peer-tables.ts';

export interface LatencyWork {
  payloads: Payloads;
  perSecond: number;
}

/** The limit: each event one committed INSERT. @returns by event: milliseconds from due to committed */
export function insertAtPace(serverUrl: string, { payloads, perSecond }: LatencyWork): Promise<number[]> {
  return withEmptyDatabase(serverUrl, async ({ url, client }) => {
    await client.query('CREATE TABLE bare (id text UNIQUE, payload text)');
    const text = 'INSERT INTO bare VALUES ($1, $2)';
    const { ids, texts } = payloads;
    return onConnections(url, { count: ids.length, perSecond }, async (connection, place) => {
      await connection.query({ name: 'bare', text, values: [ids[place], texts[place]] });
    });
  });
}

/**
 * The peer: each event the whole work, in a transaction. @returns as above. @throws Error where it does not
 * add up
 */
export function applyAtPace(serverUrl: string, { payloads, perSecond }: LatencyWork): Promise<number[]> {
  return withEmptyDatabase(serverUrl, async ({ url, client }) => {
    await makePeerTables(client);
    const groups = new PeerGroups();
    const gross = new Map<string, bigint>();
    const { texts } = payloads;
    const taken = await onConnections(url, { count: texts.length, perSecond }, async (connection, place) => {
      const text = texts[place] ?? '';
      const event = peerEvent(JSON.parse(text) as CaseEvent, groups);
      gross.set(event.data.caseId, grossOf(event));
      await connection.query('BEGIN');
      await recordAndApply(connection, event, text);
      await connection.query('COMMIT');
    });
    await checkPeerWork(client, (id) => gross.get(id) ?? 0n);
    return taken;
  });
}

async function onConnections(
  url: string,
  pace: { count: number; perSecond: number },
  work: (connection: ClientBase, place: number) => Promise<void>,
): Promise<number[]> {
  const pool = pooled(url, PEER_CONNECTIONS);
  try {
    return await atPace(pace, async (place) => {
      const connection = await pool.connect();
      try {
        await work(connection, place);
      } finally {
        connection.release();
      }
    });
  } finally {
    await pool.end();
  }
}
