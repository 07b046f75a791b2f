/**
 * The same with the cases of many organisations: so many totals that who handles one event at a time seldom
 * waits until another is done with the same one.
 */
import type { Table } from '../reports/report.ts';
import { payloadsOf } from './bare-insert.ts';
import { applyStream, type CalculatorRound } from './calculator-rounds.ts';
import { Child } from './child.ts';
import { ratiosOf } from './comparison-table.ts';
import { ratioText, spreadText, whole } from './figure-text.ts';
import { fillStream } from './fill-stream.ts';
import { withFreshDatabase } from './fresh-database.ts';
import { seedOf } from './ingest-rounds.ts';
import type { LoadAnswer, LoadRequest } from './load-generator.ts';
import type { BenchContext } from './parts.ts';
import { fastestPeers, peerRates } from './peers/measure-peer.ts';
import { PEER_PROCESSES } from './peers/peer.ts';
import { PEERS_IN_PARALLEL } from './peers/peers.ts';
import type { Servers } from './servers.ts';
import { CASE_TOTALS, ORGANISATIONS } from './workload.ts';

const WORKERS = 4;

export interface SpreadRound {
  /** Events a second that four calculators apply. */
  applied: number;
  /** Of each peer that works on several events at once, by name: of one process, and of four. */
  peers: Record<string, number>;
  peersOfFour: Record<string, number>;
}

/** Fills the stream anew. */
export async function measureSpread(
  servers: Servers,
  { options, signal, tell }: BenchContext,
): Promise<SpreadRound[]> {
  const { events, peerSeconds: seconds } = options;
  const { databaseUrl } = servers;
  const seed = seedOf(options, 1);
  const load = Child.start<LoadRequest, LoadAnswer>('load-generator.ts');
  try {
    await fillStream(servers, load, seed, events, ORGANISATIONS.length);
  } finally {
    await load.stop();
  }
  const { texts } = payloadsOf(seed, events, ORGANISATIONS.length);
  const rounds: SpreadRound[] = [];
  for (let round = 0; round < options.rounds; round++) {
    tell(`round ${round + 1} of ${options.rounds} with ${ORGANISATIONS.length} organisations`);
    const { rate } = await withFreshDatabase(databaseUrl, (database) =>
      applyStream(servers, database, { events, workers: WORKERS }),
    );
    tell(`calculators, ${WORKERS}: ${whole(rate)} events/s`);
    const work = { texts, seconds };
    const peers = await peerRates(PEERS_IN_PARALLEL, databaseUrl, work, { signal, tell });
    const inFour = { ...work, processes: PEER_PROCESSES };
    const peersOfFour = await peerRates(PEERS_IN_PARALLEL, databaseUrl, inFour, { signal, tell });
    rounds.push({ applied: rate, peers, peersOfFour });
  }
  return rounds;
}

/** Both loads beside each other. */
export function spreadTable(rounds: readonly CalculatorRound[], spread: readonly SpreadRound[]): Table {
  const titles = [
    'totals of cases',
    'four calculators, events/s',
    `the fastest peer, one or ${PEER_PROCESSES} processes`,
  ];
  const row = (
    organisations: number,
    values: readonly number[],
    peers: readonly Pick<SpreadRound, 'peers' | 'peersOfFour'>[],
  ) => {
    const besideValues = fastestPeers(peers);
    return [
      ...[organisations === 1 ? 'one organisation' : `${organisations} organisations`],
      ...[whole(organisations * CASE_TOTALS), spreadText(values, whole), spreadText(besideValues, whole)],
      spreadText(ratiosOf({ values, besideValues }), ratioText),
    ];
  };
  return {
    id: 'bench-calculator-spread',
    columns: [
      { title: 'cases of' },
      ...[...titles, 'times as many'].map((title) => ({ title, align: 'right' }) as const),
    ],
    rows: [
      row(
        1,
        rounds.map(({ applied }) => applied[WORKERS].rate),
        rounds,
      ),
      row(
        ORGANISATIONS.length,
        spread.map(({ applied }) => applied),
        spread,
      ),
    ],
    notes: [
      'Totals of cases: one for each organisation, goal and month, and several of their lines with each. A',
      'transaction waits for another that adds to the same; with many organisations that is rare.',
    ],
  };
}
