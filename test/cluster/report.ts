/** The report of `npm run cluster`. */
import type { Report, Table } from '../reports/report.ts';
import { ANSWER_MS } from './asking.ts';
import type { ClusterOptions } from './options.ts';
import type { Outcome } from './run.ts';
import { STANDSTILL_MS_MAX } from './standstill.ts';
import { seconds } from './strikes.ts';

export const REPORT = { name: 'cluster', title: 'More than one machine' };

export function reportOf(outcome: Outcome, { seed, kinds }: ClusterOptions, command: string): Report {
  const { strikes, replacements, versions } = outcome;
  const tables = [
    ...(strikes.length > 0 ? [disturbancesTable(outcome)] : []),
    ...(replacements.length > 0 ? [upgradeTable(outcome)] : []),
  ];
  const measured = { ...outcome, kinds };
  const { faults } = outcome;
  return { ...REPORT, command, seed, versions, tables, faults, measured };
}

/** Each kind once, the longest of its rounds. */
function disturbancesTable({ strikes, calm, verdict, met }: Outcome): Table {
  const kinds = Map.groupBy(strikes, ({ what }) => what);
  const rows = [...kinds].map(([what, of]) => {
    const longest = (moment: 'acceptedMs' | 'countedMs') => Math.max(...of.map((strike) => strike[moment]));
    const goesOn = of.every(({ countedMs, lastedMs }) => countedMs < lastedMs);
    const counted = longest('countedMs');
    return [what, String(of.length), seconds(longest('acceptedMs')), seconds(counted), goesOn ? 'yes' : 'no'];
  });
  return {
    id: 'cluster-disturbances',
    columns: [
      { title: 'what happens to one machine of ten' },
      { title: 'times', align: 'right' },
      { title: 'accepted within', align: 'right' },
      { title: 'in the totals within', align: 'right' },
      { title: 'goes on without it' },
    ],
    rows,
    notes: [
      'Five times a second an event for every partition is offered by a client that insists; the figures are',
      'those of the slowest that was offered from a second before until the end of it',
      `(${seconds(calm.countedMs)} while nothing happens). In the totals: accepted, and it or a later one of`,
      'the same case counts. Each lasts until it is undone; _goes on_ means that the slowest was in before that.',
      `A client waits ${seconds(ANSWER_MS)} for an answer, then asks the other ingest: that is how long one`,
      `waits that was sent to an ingest which was cut off. More than ${seconds(STANDSTILL_MS_MAX)} is a fault.`,
      ...sums({ verdict, met }),
    ],
  };
}

function upgradeTable({ replacements, verdict, met }: Outcome): Table {
  const kinds = Map.groupBy(replacements, ({ what }) => what);
  const rows = [...kinds].map(([what, of]) => {
    const most = (moment: 'awayMs' | 'acceptedMs' | 'countedMs') => Math.max(...of.map((one) => one[moment]));
    const retries = of.reduce((sum, one) => sum + one.retries, 0);
    const times = [most('awayMs'), most('acceptedMs'), most('countedMs')].map(seconds);
    return [what, String(of.length), ...times, String(retries)];
  });
  return {
    id: 'cluster-upgrade',
    columns: [
      { title: 'replaced, one by one' },
      { title: 'machines', align: 'right' },
      { title: 'away', align: 'right' },
      { title: 'accepted within', align: 'right' },
      { title: 'in the totals within', align: 'right' },
      { title: 'requests made again', align: 'right' },
    ],
    rows,
    notes: ['The slowest of each kind, as above.', ...sums({ verdict, met })],
  };
}

function sums({ verdict, met }: Pick<Outcome, 'verdict' | 'met'>): string[] {
  const { events, repeated, handovers, moves, faults } = verdict;
  const retried = Object.entries(met.retried).map(([instead, count]) => `${count} × ${instead}`);
  const wrong = faults.length === 0 ? 'lost 0, doubled 0, totals exact' : `**${faults.length} faults**`;
  return [
    '',
    `In the whole run: ${events} events accepted in ${met.sent} requests`,
    `(${repeated} of them sent again), ${wrong};`,
    `made again: ${retried.join(', ') || 'nothing'}.`,
    `Partitions changed hands ${handovers} times; each of ${moves} moves of a position was made by the`,
    'session that held its lock, from where the one before ended.',
  ];
}
