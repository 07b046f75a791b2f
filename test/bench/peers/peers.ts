/** What a user might pick instead of the calculator; each handles an event at a time. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '@effectstroom/infra';
import { emmett } from './emmett.ts';
import { graphileWorker } from './graphile-worker.ts';
import { PEER_CONNECTIONS, type Peer } from './peer.ts';
import { pgBoss } from './pg-boss.ts';
import { transactionPerEvent } from './transaction-per-event.ts';

export const PEERS: readonly Peer[] = [
  transactionPerEvent(1),
  transactionPerEvent(PEER_CONNECTIONS),
  pgBoss,
  graphileWorker,
  emmett(1),
  emmett(PEER_CONNECTIONS),
];

/** Several processes of each may do more. */
export const PEERS_IN_PARALLEL: readonly Peer[] = PEERS.filter(({ inFlight }) => inFlight > 1);

const PACKAGES = {
  'pg-boss': 'pg-boss',
  'graphile-worker': 'graphile-worker',
  emmett: '@event-driven-io/emmett-postgresql',
};

/** As a report names them. */
export function peerVersions(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(PACKAGES).map(([name, folder]) => {
      const file = join(repository, 'test', 'node_modules', folder, 'package.json');
      return [name, (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version];
    }),
  );
}
