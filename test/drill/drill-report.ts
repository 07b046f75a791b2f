/** The report of the drill. */
import type { Report, Table } from '../reports/report.ts';
import type { DrillResult } from './drill.ts';

const MILLION = 1_000_000;

export const REPORT = { name: 'drill', title: 'Back-up and restore: the drill' };

export function drillReport(result: DrillResult): Omit<Report, 'command' | 'seed'> {
  return {
    ...REPORT,
    versions: result.versions,
    tables: [stepTable(result), backupTable(result)],
    faults: result.steps.flatMap(({ name, faults }) => faults.map((fault) => `${name}: ${fault}`)),
    measured: result,
  };
}

function stepTable({ steps }: DrillResult): Table {
  return {
    id: 'drill-steps',
    columns: [
      { title: 'what is lost, and what brings it back' },
      { title: 'events', align: 'right' },
      { title: 'put back, s', align: 'right' },
      { title: 'until all is in, s', align: 'right' },
      { title: 'minutes per million events', align: 'right' },
      { title: 'exact' },
    ],
    rows: steps.map(({ name, events, restoreSeconds, catchUpSeconds, faults }) => [
      name,
      count(events),
      restoreSeconds.toFixed(1),
      catchUpSeconds.toFixed(1),
      minutesPerMillion(restoreSeconds + catchUpSeconds, events),
      faults.length === 0 ? '✔' : `✘ ${faults.length}`,
    ]),
    notes: [
      '- Exact: ledger, totals and quarantine agree with an independent recomputation of all that was',
      '  accepted, `verify` finds nothing, and answers about a moment before the loss are the same again',
      '  (not after the last step: what comes a second time becomes known a second time).',
      '- Put back: the commands of restore and rebuild; until all is in: from the start of the services',
      '  until nothing is pending, with what sources send again.',
    ],
  };
}

function backupTable({ backups, events }: DrillResult): Table {
  return {
    id: 'drill-backups',
    columns: [
      { title: 'back-up' },
      { title: 'events', align: 'right' },
      { title: 'seconds', align: 'right' },
      { title: 'minutes per million events', align: 'right' },
      { title: 'MB', align: 'right' },
      { title: 'bytes an event', align: 'right' },
    ],
    rows: backups.map(({ name, seconds, bytes }) => [
      name,
      count(events),
      seconds.toFixed(1),
      minutesPerMillion(seconds, events),
      (bytes / 1e6).toFixed(1),
      count(Math.round(bytes / events)),
    ]),
    notes: ['- Made while the installation runs; checked by checksums when it is put back.'],
  };
}

function minutesPerMillion(seconds: number, events: number): string {
  return ((seconds / 60) * (MILLION / events)).toFixed(1);
}

function count(value: number): string {
  return value.toLocaleString('en');
}
