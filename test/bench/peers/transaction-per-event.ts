/** Workers of one's own, each with a connection, that do the work of an event in a transaction of its own. */
import type { CaseEvent } from '@effectstroom/contracts';
import type { Client } from 'pg';
import { connected } from '../fresh-database.ts';
import { type Peer, PeerProgress } from './peer.ts';
import { recordAndApply } from './peer-event.ts';

/** @param connections each takes the next event when it is done with one */
export function transactionPerEvent(connections: number): Peer {
  const of = connections === 1 ? '1 connection' : `${connections} connections`;
  return {
    name: `a transaction per event, ${of}`,
    inFlight: connections,
    work: async ({ url, texts, ...given }) => {
      const clients = await Promise.all(Array.from({ length: connections }, () => connected(url)));
      const progress = new PeerProgress(given);
      let next = 0;
      const lane = async (client: Client) => {
        for (let text = texts[next++]; text !== undefined && !progress.isTimeUp; text = texts[next++]) {
          const event = progress.read(JSON.parse(text) as CaseEvent);
          await client.query('BEGIN');
          await recordAndApply(client, event, text);
          await client.query('COMMIT');
          progress.done();
        }
      };
      try {
        await Promise.all(clients.map(lane));
      } finally {
        await Promise.all(clients.map((client) => client.end()));
      }
      return progress.moments;
    },
  };
}
