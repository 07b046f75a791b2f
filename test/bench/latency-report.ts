/** The report of latency. */
import type { Table } from '../reports/report.ts';
import { comparisonTable } from './comparison-table.ts';
import { mark, milliseconds, spreadText, whole } from './figure-text.ts';
import { EVENTS_PER_SECOND, type LatencyRound, type Times } from './latency.ts';
import { memoryTable } from './memory-table.ts';
import type { BenchOptions } from './options.ts';
import type { PartReport } from './parts.ts';
import { PEER_CONNECTIONS } from './peers/peer.ts';
import { spreadOf } from './statistics.ts';

/** p99 from 202 to committed, in milliseconds; kept only where the pace was. */
const AIM_MS = 100;
const PACE_KEPT = 0.99;
const right = { align: 'right' } as const;

export function latencyReport({
  rounds,
  options,
  versions,
}: {
  rounds: readonly LatencyRound[];
  options: BenchOptions;
  versions: PartReport['versions'];
}): PartReport {
  return {
    name: 'bench-latency',
    title: 'How long after it is sent an event is in the totals',
    versions,
    tables: [
      timesTable(rounds, options),
      besideTable(rounds),
      memoryTable('bench-latency-memory', {
        [`one calculator at ${whole(EVENTS_PER_SECOND)} events/s`]: rounds.at(-1)?.product.calculator,
      }),
    ],
    measured: { perSecond: EVENTS_PER_SECOND, rounds },
  };
}

function timesTable(rounds: readonly LatencyRound[], { latencySeconds, warmUpSeconds }: BenchOptions): Table {
  const cells = (of: (round: LatencyRound) => Times) =>
    (['p50', 'p99', 'max'] as const).map((name) =>
      spreadText(
        rounds.map((round) => of(round)[name]),
        milliseconds,
      ),
    );
  const p99 = spreadOf(rounds.map(({ product }) => product.committed.p99)).median;
  const pace = spreadOf(rounds.map((round) => round.product.pace));
  const isKept = pace.min >= EVENTS_PER_SECOND * PACE_KEPT;
  return {
    id: 'bench-latency',
    columns: [
      { title: `ms at ${whole(pace.median)} events/s, one a request` },
      ...['p50', 'p99', 'max', 'aim'].map((title) => ({ title, ...right })),
      { title: '' },
    ],
    rows: [
      [
        ...['**from 202 to committed total**', ...cells(({ product }) => product.committed)],
        ...[`p99 < ${AIM_MS}`, mark(p99 < AIM_MS && isKept)],
      ],
      ['from due to 202', ...cells(({ product }) => product.answered), '', ''],
      ['from due to committed total', ...cells(({ product }) => product.whole), '', ''],
    ],
    notes: [
      `Medians of ${rounds.length} rounds (least–greatest) of ${latencySeconds} seconds each, after`,
      `${warmUpSeconds} seconds of the same load; committed is when another connection, looking every`,
      'millisecond, sees it.',
    ],
  };
}

function besideTable(rounds: readonly LatencyRound[]): Table {
  const rows = (['p50', 'p99'] as const).flatMap((name) => {
    const values = rounds.map(({ product }) => product.whole[name]);
    return [
      {
        ...{ subject: `${name}, from due to committed total`, values, kind: 'limit' as const },
        ...{
          beside: 'one committed `INSERT` an event, no HTTP',
          besideValues: rounds.map(({ insert }) => insert[name]),
        },
      },
      {
        ...{ subject: 'the same', values, kind: 'peer' as const },
        beside: `a transaction per event, ${PEER_CONNECTIONS} connections, no HTTP and no stream`,
        besideValues: rounds.map(({ transaction }) => transaction[name]),
      },
    ];
  });
  return comparisonTable({
    id: 'bench-latency-beside',
    unit: 'ms',
    rows,
    notes: [
      'At the same pace, in the same rounds; checked to add up. A ratio above 1 is what the stream costs.',
    ],
    text: milliseconds,
  });
}
