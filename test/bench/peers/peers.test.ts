import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Postgres, startPostgres } from '@effectstroom/infra';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { payloadsOf } from '../bare-insert.ts';
import { connected, withEmptyDatabase } from '../fresh-database.ts';
import { graphileWorker } from './graphile-worker.ts';
import { measurePeer } from './measure-peer.ts';
import { PEER_CONNECTIONS, type Peer } from './peer.ts';
import { PEERS, peerVersions } from './peers.ts';
import { transactionPerEvent } from './transaction-per-event.ts';

/** What the calculator stands beside must do the whole work, or the comparison says nothing. */
const EVENTS = 400;
const SECONDS = 1;
/** More than one process fetches ahead. */
const EVENTS_OF_TWO = 4_000;

let folder = '';
let postgres: Postgres;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'effectstroom-peers-'));
  postgres = await startPostgres({ folder });
});

afterAll(async () => {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
});

test.each(PEERS.map((peer) => [peer.name, peer] as const))(
  '%s: does its work, and it adds up',
  async (_, peer) => {
    const { texts } = payloadsOf(1, EVENTS);
    expect(await measurePeer(peer, postgres.url, { texts, seconds: SECONDS })).toBeGreaterThan(0);
  },
);

test.each([transactionPerEvent(PEER_CONNECTIONS), graphileWorker].map((peer) => [peer.name, peer] as const))(
  '%s: two processes divide the work, and it adds up',
  async (_, peer) => {
    const { texts } = payloadsOf(1, EVENTS_OF_TWO);
    const work = { texts, seconds: SECONDS, processes: 2 };
    expect(await measurePeer(peer, postgres.url, work)).toBeGreaterThan(0);
  },
);

test('the packages among them have versions', () => {
  expect(Object.values(peerVersions()).filter((version) => /^\d+\.\d+/.test(version))).toHaveLength(3);
});

test('work that does not add up is no figure', async () => {
  const [honest] = PEERS;
  const cheat: Peer = {
    name: 'leaves a total out',
    inFlight: 1,
    work: async (given) => {
      const moments = (await honest?.work(given)) ?? [];
      const client = await connected(given.url);
      await client.query(
        `DELETE FROM peer.saving_total
          WHERE ctid = (SELECT ctid FROM peer.saving_total WHERE gross > 0 LIMIT 1)`,
      );
      await client.end();
      return moments;
    },
  };
  const { texts } = payloadsOf(1, EVENTS);
  await expect(measurePeer(cheat, postgres.url, { texts, seconds: SECONDS })).rejects.toThrow(
    /does not add up: totals/,
  );
});

test('a database of a measurement is gone afterwards', async () => {
  await withEmptyDatabase(postgres.url, async ({ client }) => {
    const { rows } = await client.query("SELECT to_regclass('peer.event') AS made");
    expect(rows).toEqual([{ made: null }]);
  });
});
