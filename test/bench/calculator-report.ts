/** The report of the calculators. */
import type { Table } from '../reports/report.ts';
import { type CalculatorRound, type SpentOn, WORKERS } from './calculator-rounds.ts';
import { type SpreadRound, spreadTable } from './calculator-spread.ts';
import { type Comparison, comparisonTable, ratiosOf } from './comparison-table.ts';
import { ratioText, spreadText, whole } from './figure-text.ts';
import { memoryTable } from './memory-table.ts';
import type { BenchOptions } from './options.ts';
import type { PartReport } from './parts.ts';
import { fastestPeers } from './peers/measure-peer.ts';
import { PEER_CONNECTIONS, PEER_PROCESSES } from './peers/peer.ts';
import { PEERS, peerVersions } from './peers/peers.ts';

/** Ratios to the insert on one connection, and to the fastest peer that handles one event at a time. */
const AIMS = { limit: { 1: 0.35, 2: undefined, 4: 0.8 }, peer: { 1: 10, 4: 25 } } as const;
const PROCESSES = { 1: 'one process', 4: `${PEER_PROCESSES} processes` } as const;
const FASTEST_OF = { 1: PROCESSES[1], 4: `one process or ${PEER_PROCESSES}` } as const;
const NAMES = { 1: 'one calculator', 2: 'two calculators', 4: 'four calculators' } as const;
const right = { align: 'right' } as const;

export function calculatorReport({
  rounds,
  spread,
  options,
  versions,
  profile,
}: {
  rounds: readonly CalculatorRound[];
  spread: readonly SpreadRound[];
  options: BenchOptions;
  versions: PartReport['versions'];
  profile: readonly Table[];
}): PartReport {
  return {
    name: 'bench-calculator',
    title: 'The calculator beside its limit, and beside what one might use instead',
    versions: { ...versions, ...peerVersions() },
    tables: [
      rateTable(rounds, options),
      peerTable(rounds, options),
      spreadTable(rounds, spread),
      cpuTable(rounds),
      memories(rounds),
      ...profile,
    ],
    measured: { events: options.events, rounds, spread },
  };
}

function rateTable(rounds: readonly CalculatorRound[], options: BenchOptions): Table {
  const besideOneConnection = WORKERS.map((workers): Comparison => {
    const least = AIMS.limit[workers];
    return {
      ...{ subject: `**${NAMES[workers]}**`, values: rates(rounds, workers) },
      // Several may do more than one connection can: that is no limit of theirs.
      ...{ kind: workers === 1 ? 'limit' : 'beside', beside: 'bare `INSERT … unnest`, one unique key' },
      ...{ besideValues: rounds.map(({ limit }) => limit) },
      ...(least !== undefined && { aim: { atLeast: least } }),
    };
  });
  const onFour: Comparison = {
    ...{ subject: `**${NAMES[4]}**`, values: rates(rounds, 4), kind: 'limit' },
    ...{
      beside: 'the same insert on four connections',
      besideValues: rounds.map(({ limitOnFour }) => limitOnFour),
    },
  };
  const peers = ([1, 4] as const).map(
    (workers): Comparison => ({
      ...{ subject: NAMES[workers], values: rates(rounds, workers), kind: 'peer' },
      beside: `the fastest that handles one event at a time, ${FASTEST_OF[workers]}`,
      besideValues:
        workers === 1 ? rounds.map(({ peers }) => Math.max(...Object.values(peers))) : fastestPeers(rounds),
      aim: { atLeast: AIMS.peer[workers] },
    }),
  );
  return comparisonTable({
    id: 'bench-calculator',
    unit: 'events/s',
    rows: [...besideOneConnection, onFour, ...peers],
    notes: [
      `Medians of ${rounds.length} rounds (least–greatest), in turns; ${whole(options.events)} events of as`,
      'many cases, each with two avoided lines. The calculators start cold on a full stream and an empty',
      'database; the first fifth is not counted, nor is that of the limit and of the peers. Every database',
      'is checked to add up afterwards. The aims of 0.35 and 0.8 were set beside the insert on one',
      'connection, also that of four calculators; what four connections insert is their limit, and has no',
      'aim.',
    ],
  });
}

function peerTable(rounds: readonly CalculatorRound[], options: BenchOptions): Table {
  const titles = [
    ...[`events/s, ${PROCESSES[1]}`, `${NAMES[1]}, times as many`],
    ...[`events/s, ${PROCESSES[4]}`, `${NAMES[4]}, times as many`],
  ];
  return {
    id: 'bench-calculator-peers',
    columns: [{ title: 'instead of the calculator' }, ...titles.map((title) => ({ title, ...right }))],
    rows: PEERS.map(({ name, inFlight }) => [
      name,
      ...([1, 4] as const).flatMap((workers) => {
        if (workers === 4 && inFlight === 1) return ['–', '–'];
        const besideValues = rounds.map(
          ({ peers, peersOfFour }) => (workers === 1 ? peers : peersOfFour)[name] ?? Number.NaN,
        );
        const times = ratiosOf({ values: rates(rounds, workers), besideValues });
        return [spreadText(besideValues, whole), spreadText(times, ratioText)];
      }),
    ]),
    notes: [
      'Each does the same work with the same valuation, one event a transaction: it records the event, moves',
      'the case, writes the ledger and adds to the totals by month, with prepared statements. It is spared',
      'what the calculator keeps besides (totals by year and source, ranges, the parts of a change), finding',
      `the numbers of groups, and the making of its jobs, which stand ready. ${options.peerSeconds} seconds`,
      `each; checked to add up. Each process works on ${PEER_CONNECTIONS} events at once where nothing`,
      'else is said.',
    ],
  };
}

function cpuTable(rounds: readonly CalculatorRound[]): Table {
  const parts: [string, keyof SpentOn][] = [
    ['the calculators', 'calculators'],
    ['PostgreSQL', 'postgres'],
    ['nats-server', 'nats'],
  ];
  return {
    id: 'bench-calculator-cpu',
    columns: [
      { title: 'processor seconds per million events' },
      ...WORKERS.map((workers) => ({ title: NAMES[workers], ...right })),
    ],
    rows: parts.map(([title, part]) => [
      title,
      ...WORKERS.map((workers) =>
        spreadText(
          rounds.map(({ applied }) => applied[workers].cpu[part]),
          (value) => value.toFixed(1),
        ),
      ),
    ]),
    notes: ["With their start; of the machine's processors together."],
  };
}

function memories(rounds: readonly CalculatorRound[]): Table {
  const last = rounds.at(-1);
  return memoryTable('bench-calculator-memory', {
    'one calculator at full load': last?.applied[1].memory,
    'one of four': last?.applied[4].memory,
  });
}

function rates(rounds: readonly CalculatorRound[], workers: (typeof WORKERS)[number]): number[] {
  return rounds.map(({ applied }) => applied[workers].rate);
}
