/** The report of the scrape rounds, as Markdown. */
import type { Machine } from './machine.ts';
import type { ScrapeSize } from './scrape-rounds.ts';
import { spreadOf } from './statistics.ts';

export interface MeasuredScrape {
  measuredAt: string;
  machine: Machine;
  sizes: readonly ScrapeSize[];
}

/** The whole report. */
export function scrapeMarkdownOf({ measuredAt, machine, sizes }: MeasuredScrape): string {
  return `${[
    '| scrape of | exporter, ms | the same bytes from memory, ms | ratio | ratio of p99 |',
    '| --- | ---: | ---: | ---: | ---: |',
    ...sizes.map(timesRow),
    '',
    '| | page, MB | compressed, kB | read by a refresh, s | slowest scrape during one, ms | scrape by Prometheus, s | sum per municipality there, ms | its memory, MB |',
    '| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...sizes.map(sizeRow),
    '',
    `Medians of ${sizes[0]?.rounds.length ?? 0} rounds in turns of 2,000 scrapes (least–greatest), compressed, over one connection, from the request to the last byte.`,
    `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGb} GB, ${machine.system}; Node ${machine.node}; ${measuredAt.slice(0, 10)}. Load of the machine before it started: ${machine.load.toFixed(1)}.`,
  ].join('\n')}\n`;
}

function timesRow({ savingsSeries, series, rounds }: ScrapeSize): string {
  const spread = (values: number[], decimals: number): string => {
    const { median, min, max } = spreadOf(values);
    return `${median.toFixed(decimals)} (${min.toFixed(decimals)}–${max.toFixed(decimals)})`;
  };
  const cells = [
    `${thousands(savingsSeries)} series of savings (${thousands(series)} in all)`,
    spread(
      rounds.map(({ exporter }) => exporter.p50),
      2,
    ),
    spread(
      rounds.map(({ bare }) => bare.p50),
      2,
    ),
    spread(
      rounds.map(({ exporter, bare }) => exporter.p50 / bare.p50),
      2,
    ),
    spread(
      rounds.map(({ exporter, bare }) => exporter.p99 / bare.p99),
      2,
    ),
  ];
  return `| ${cells.join(' | ')} |`;
}

function sizeRow(size: ScrapeSize): string {
  const { savingsSeries, bytes, compressedBytes, readSeconds, slowest, prometheus } = size;
  const cells = [
    thousands(savingsSeries),
    (bytes / 1e6).toFixed(1),
    thousands(Math.round(compressedBytes / 1e3)),
    readSeconds.toFixed(2),
    thousands(Math.round(slowest)),
    prometheus.seconds.toFixed(3),
    thousands(Math.round(prometheus.sumMs)),
    thousands(Math.round(prometheus.memoryBytes / 1e6)),
  ];
  return `| ${cells.join(' | ')} |`;
}

function thousands(value: number): string {
  return value.toLocaleString('en');
}
