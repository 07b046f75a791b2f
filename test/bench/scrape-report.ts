/** The report of scrapes. */
import type { Table } from '../reports/report.ts';
import { type Comparison, comparisonTable } from './comparison-table.ts';
import { milliseconds, whole } from './figure-text.ts';
import type { PartReport } from './parts.ts';
import type { ScrapeSize } from './scrape-rounds.ts';

const right = { align: 'right' } as const;

export function scrapeReport(sizes: readonly ScrapeSize[], versions: PartReport['versions']): PartReport {
  return {
    name: 'bench-scrape',
    title: "Scrapes of a whole country's figures",
    versions,
    tables: [timesTable(sizes), sizeTable(sizes)],
    measured: sizes,
  };
}

function timesTable(sizes: readonly ScrapeSize[]): Table {
  const rows = sizes.flatMap(({ rounds, series, savingsSeries }): Comparison[] => {
    const subject = `**a scrape of ${whole(savingsSeries)} series of savings** (${whole(series)} in all)`;
    const of = (name: 'exporter' | 'bare' | 'asking', part: 'p50' | 'p99') =>
      rounds.map((round) => round[name][part]);
    return [
      {
        ...{ subject, values: of('exporter', 'p50'), kind: 'limit' },
        ...{ beside: 'the same bytes from memory', besideValues: of('bare', 'p50') },
      },
      {
        ...{ subject: 'its p99', values: of('exporter', 'p99'), kind: 'limit' },
        ...{ beside: 'the same, p99', besideValues: of('bare', 'p99') },
      },
      {
        ...{ subject: 'a scrape', values: of('exporter', 'p50'), kind: 'peer' },
        ...{ beside: 'SQL over the totals at every scrape', besideValues: of('asking', 'p50') },
      },
    ];
  });
  return comparisonTable({
    id: 'bench-scrape',
    unit: 'ms',
    rows,
    text: milliseconds,
    notes: [
      `Medians of ${sizes[0]?.rounds.length ?? 0} rounds (least–greatest), in turns; compressed, over one`,
      'connection, from the request to the last byte. Beside SQL at every scrape each series is checked to',
      'be the same.',
    ],
  });
}

function sizeTable(sizes: readonly ScrapeSize[]): Table {
  const rows: [string, (size: ScrapeSize) => string][] = [
    ['page, MB', ({ bytes }) => (bytes / 1e6).toFixed(1)],
    ['compressed, kB', ({ compressedBytes }) => whole(compressedBytes / 1e3)],
    ['read by a refresh, s', ({ readSeconds }) => readSeconds.toFixed(2)],
    ['slowest scrape during one, ms', ({ slowest }) => milliseconds(slowest)],
    ['a scrape by Prometheus, fetched and stored, s', ({ prometheus }) => prometheus.seconds.toFixed(3)],
    ['a sum per municipality there, ms', ({ prometheus }) => milliseconds(prometheus.sumMs)],
    ["Prometheus's memory, MB", ({ prometheus }) => whole(prometheus.memoryBytes / 1e6)],
  ];
  return {
    id: 'bench-scrape-size',
    columns: [
      { title: 'series of savings' },
      ...sizes.map(({ savingsSeries }) => ({ title: whole(savingsSeries), ...right })),
    ],
    rows: rows.map(([title, text]) => [title, ...sizes.map(text)]),
    notes: [],
  };
}
