/** The report of ingest. */
import type { Table } from '../reports/report.ts';
import { comparisonTable } from './comparison-table.ts';
import { spreadText } from './figure-text.ts';
import { CONNECTIONS, type IngestResult } from './ingest-rounds.ts';
import { memoryTable } from './memory-table.ts';
import { type BenchOptions, EVENTS_PER_REQUEST } from './options.ts';
import type { PartReport } from './parts.ts';
import { PEER_CONNECTIONS } from './peers/peer.ts';

const AIM = { atLeast: 0.8 };

export function ingestReport({
  result,
  options,
  versions,
  profile,
}: {
  result: IngestResult;
  options: BenchOptions;
  versions: PartReport['versions'];
  profile: readonly Table[];
}): PartReport {
  return {
    name: 'bench-ingest',
    title: 'Ingest beside its limits',
    versions,
    tables: [
      rateTable(result, options),
      cpuTable(result),
      memoryTable('bench-ingest-memory', {
        'ingest at full load': result.ingest,
        'nats-server at full load': result.nats,
      }),
      ...profile,
    ],
    measured: { ...result, events: options.events },
  };
}

function rateTable({ rounds }: IngestResult, options: BenchOptions): Table {
  const values = rounds.map(({ accepted }) => accepted);
  const beside = (name: 'limit' | 'ownLimit' | 'insert') => rounds.map((round) => round[name]);
  return comparisonTable({
    id: 'bench-ingest',
    unit: 'events/s',
    rows: [
      {
        ...{ subject: '**ingest accepts**', values, kind: 'limit', aim: AIM },
        ...{ beside: 'bare HTTP, `JSON.parse` and zod; nothing kept', besideValues: beside('limit') },
      },
      {
        ...{ subject: '**the same**', values, kind: 'limit', aim: AIM },
        ...{ beside: "the same with the product's own, quicker check", besideValues: beside('ownLimit') },
      },
      {
        ...{ subject: 'the same', values, kind: 'peer' },
        ...{
          beside:
            'the same, each event an `INSERT … ON CONFLICT` and a request a transaction, ' +
            `${PEER_CONNECTIONS} connections`,
          besideValues: beside('insert'),
        },
      },
    ],
    notes: [
      `Medians of ${rounds.length} rounds (least–greatest), in turns;`,
      `${options.events.toLocaleString('en-US')} events a round, ${EVENTS_PER_REQUEST} a request on`,
      `${CONNECTIONS} connections. Events: assessed cases with two avoided lines. Ingest answers 202 after`,
      'JetStream has them.',
    ],
  });
}

function cpuTable({ rounds }: IngestResult): Table {
  const text = (name: 'ingest' | 'nats') =>
    spreadText(
      rounds.map(({ cpu }) => cpu[name]),
      (value) => value.toFixed(1),
    );
  return {
    id: 'bench-ingest-cpu',
    columns: [{ title: 'processor seconds per million events' }, { title: '', align: 'right' }],
    rows: [
      ['ingest', text('ingest')],
      ['nats-server', text('nats')],
    ],
    notes: [],
  };
}
