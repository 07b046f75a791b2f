/** The report of valuing cases again. */
import { type Comparison, comparisonTable } from './comparison-table.ts';
import { whole } from './figure-text.ts';
import type { PartReport } from './parts.ts';
import { PEER_CONNECTIONS } from './peers/peer.ts';
import type { RevaluationRound } from './revaluation-rounds.ts';

/** Beside the rate at which the same calculator applied the cases. */
const AIM = { atLeast: 2 };

export function revaluationReport({
  cases,
  rounds,
  versions,
}: {
  cases: number;
  rounds: readonly RevaluationRound[];
  versions: PartReport['versions'];
}): PartReport {
  const of = (name: keyof RevaluationRound) => rounds.map((round) => round[name]);
  const rowsOf = (subject: string, name: keyof RevaluationRound): Comparison[] => {
    const values = of(name);
    return [
      {
        ...{ subject: `**${subject}**`, values, kind: 'beside', aim: AIM },
        ...{ beside: 'applying them the first time, one calculator', besideValues: of('applied') },
      },
      {
        ...{ subject: 'the same', values, kind: 'limit' },
        ...{ beside: 'bare `INSERT … unnest` of as many rows, one unique key', besideValues: of('limit') },
      },
      {
        ...{ subject: 'the same', values, kind: 'peer' },
        beside: `all events again, a transaction per event, ${PEER_CONNECTIONS} connections`,
        besideValues: of('replayed'),
      },
    ];
  };
  const table = comparisonTable({
    id: 'bench-revaluation',
    unit: 'cases/s',
    rows: [
      ...rowsOf('one price of the list corrected', 'onePrice'),
      ...rowsOf('all prices corrected', 'allPrices'),
    ],
    notes: [
      `Medians of ${rounds.length} rounds (least–greatest); ${whole(cases)} cases of two lines, by one`,
      'calculator, from the price list that is sent to its last case. With one price corrected all cases of',
      'the list are answered for and few change; with all, each does. Checked: every case was valued again.',
    ],
  });
  return {
    name: 'bench-revaluation',
    title: 'Valuing cases again after a correction of prices',
    versions,
    tables: [table],
    measured: { cases, rounds },
  };
}
