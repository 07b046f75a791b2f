/** The report of imports. */
import type { Table } from '../reports/report.ts';
import { type Comparison, comparisonTable } from './comparison-table.ts';
import { mark, megabytes, whole } from './figure-text.ts';
import { ROWS_OF_BATCH } from './import-peer.ts';
import type { ImportResult } from './import-rounds.ts';
import type { Memory } from './memory-watch.ts';
import type { PartReport } from './parts.ts';
import { PEER_CONNECTIONS } from './peers/peer.ts';
import { spreadOf } from './statistics.ts';

/** Rows a second at least; memory of many rows at most this much above that of few. */
const AIMS = { rows: 10_000, memory: 1.25 };
const right = { align: 'right' } as const;

export function importReport(result: ImportResult, versions: PartReport['versions']): PartReport {
  return {
    name: 'bench-import',
    title: 'Importing a file',
    versions,
    tables: [rateTable(result), memory(result), killTable(result)],
    measured: result,
  };
}

function rateTable({ rounds, rows }: ImportResult): Table {
  const of = (name: keyof ImportResult['rounds'][number]) => rounds.map((round) => round[name]);
  const { median } = spreadOf(of('imported'));
  const limit = {
    ...{ kind: 'limit' as const, beside: 'reading the file with the same library, doing nothing' },
    besideValues: of('limit'),
  };
  const script = (name: 'script' | 'batches', rowsAtOnce: string): Comparison => ({
    ...{ subject: 'the same', values: of('imported'), kind: 'peer' as const, besideValues: of(name) },
    beside: `a script that upserts ${rowsAtOnce}, ${PEER_CONNECTIONS} connections; no checks, no totals`,
  });
  return comparisonTable({
    id: 'bench-import',
    unit: 'rows/s',
    rows: [
      { subject: '**new cases**', values: of('imported'), ...limit },
      script('script', 'a row at a time'),
      script('batches', `${whole(ROWS_OF_BATCH)} rows at a time`),
      { subject: '**the same file again**', values: of('unchanged'), ...limit },
    ],
    notes: [
      `Medians of ${rounds.length} rounds (least–greatest), ${whole(rows)} rows, a case with one line each,`,
      'not in order. An import: from the first byte uploaded until every row is checked, its event',
      'acknowledged by JetStream and its outcome kept; the totals follow as fast as the calculators go.',
      'The scripts: from reading until committed in one table, which gives no totals.',
      `The aim of ${whole(AIMS.rows)} new rows a second: ${mark(median >= AIMS.rows)}.`,
    ],
  });
}

function memory({ few, many, fewRows, rows }: ImportResult): Table {
  const text = (seen: Memory | undefined) => (seen === undefined ? 'not seen' : megabytes(seen.highest));
  const isFlat = few !== undefined && many !== undefined && many.highest <= few.highest * AIMS.memory;
  return {
    id: 'bench-import-memory',
    columns: [{ title: 'memory of ingest, MB' }, { title: 'highest', ...right }, { title: 'flat' }],
    rows: [
      [`${whole(fewRows)} rows`, text(few), ''],
      [`${whole(rows)} rows`, text(many), mark(isFlat)],
    ],
    notes: [],
  };
}

function killTable({ killed, rows }: ImportResult): Table {
  return {
    id: 'bench-import-kill',
    columns: [
      { title: 'kill -9 of ingest halfway, and on' },
      ...[
        { title: '', ...right },
        { title: 'must be', ...right },
      ],
      { title: '' },
    ],
    rows: [
      ['rows kept when it was killed', whole(killed.killedAt), '', ''],
      ['different cases in the stream', whole(killed.cases), whole(rows), mark(killed.cases === rows)],
      [
        ...[
          'their quantities added up, in tenths',
          whole(killed.quantities),
          whole(killed.expectedQuantities),
        ],
        mark(killed.quantities === killed.expectedQuantities),
      ],
      ['events sent twice, under one identity', whole(killed.events - killed.cases), '', ''],
    ],
    notes: [],
  };
}
