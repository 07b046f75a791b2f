import { createLog } from '@effectstroom/runtime';
import { createExporter, type Exporter, type ExporterOptions } from '../../services/exporter/src/exporter.ts';
import { type Series, seriesName } from './recomputation.ts';

/** An exporter without server and timer, whose stream has 120 messages. */
export function exporterOf(url: string, changes: Partial<ExporterOptions> = {}): Promise<Exporter> {
  return createExporter({
    ...{ applicationName: 'exporter', readFrom: async () => ({ url, role: 'primary', behindMs: 0 }) },
    ...{ deadlineMs: 10_000, waitMs: 15_000 },
    seriesMax: 10_000,
    readStream: async () => ({ lastSequence: 120, createdAt: new Date('2026-01-05T08:00:00.123Z') }),
    countRefused: () => undefined,
    readKeys: () => undefined,
    readCertificates: async () => [],
    now: () => new Date('2026-03-14T10:00:00Z'),
    log: createLog('exporter', 'silent'),
    ...changes,
  });
}

/** The series of the product in a page, by their names in the order of `seriesName`. */
export function readSeries(text: string): Series {
  const series: Series = new Map();
  for (const [, name = '', inside = '', value] of text.matchAll(
    /^(effectstroom_\w+)(?:\{(.*)\})? (\S+)$/gm,
  )) {
    const labels = [...inside.matchAll(/(\w+)="([^"]*)"/g)].map(([, label = '', text = '']) => [label, text]);
    series.set(seriesName(name, Object.fromEntries(labels)), Number(value));
  }
  return series;
}

/** A page without what differs from run to run: durations, and the metrics of the process. */
export function steadyPart(text: string): string {
  const families = text.split('\n\n').filter((family) => family.startsWith('# HELP effectstroom_'));
  return `${families.join('\n\n')}\n`.replace(
    /^(effectstroom_collector_duration_seconds\{.*\}) .*$/gm,
    '$1 0',
  );
}
