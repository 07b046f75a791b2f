/** What /metrics answers: the last good snapshot and the exporter's own metrics, rendered once a refresh. */
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { Counter, collectDefaultMetrics, Gauge, Registry } from '@prometheus-io/client';
import { COLLECTORS } from './collectors.ts';
import type { Observe } from './snapshot.ts';

export const CONTENT_TYPE = Registry.PROMETHEUS_CONTENT_TYPE;

const compress = promisify(gzip);

export interface Page {
  text: string;
  gzip: Buffer;
}

/** Metrics of the library that `promtool check metrics` refuses by their names; others tell the same. */
const MISNAMED = [
  'nodejs_active_handles_total',
  'nodejs_active_requests_total',
  'nodejs_active_resources_total',
  'nodejs_eventloop_utilization_histogram',
  'nodejs_eventloop_utilization_summary',
];

/** The exporter's own metrics, over all refreshes. */
export class OwnMetrics {
  readonly #registry = new Registry();
  readonly #refreshes = this.#counter('refreshes_total', 'Refreshes that were started.');
  readonly #failures = this.#counter('refresh_failures_total', 'Refreshes that failed.');
  readonly #success = this.#gauge(
    'refresh_success',
    '1 where the last refresh succeeded; 0 where the figures are older.',
  );
  readonly #refreshedAt = this.#gauge(
    'refresh_timestamp_seconds',
    'Moment of the snapshot that the figures are from: they are cached since. 0 before the first.',
  );
  readonly #succeeded = this.#perCollector(
    'success',
    '1 where the collector read at the last refresh, 0 where not.',
  );
  readonly #seconds = this.#perCollector('duration_seconds', "Duration of the collector's last read.");
  readonly #cut = this.#perCollector(
    'cut',
    '1 where the collector had more series than SERIES_MAX, so that its gauges are not complete.',
  );

  /** @param intervalMs longest time from one refresh to the next, where none fails */
  constructor(intervalMs: number) {
    collectDefaultMetrics({ register: this.#registry });
    this.#gauge(
      'refresh_interval_seconds',
      'Longest time from one refresh to the next where none fails: REFRESH_SECONDS and DEADLINE_SECONDS.',
    ).set(intervalMs / 1000);
    for (const name of MISNAMED) this.#registry.removeSingleMetric(name);
  }

  #counter(name: string, help: string): Counter {
    return new Counter({ name: `effectstroom_${name}`, help, registers: [this.#registry] });
  }

  #gauge(name: string, help: string): Gauge {
    return new Gauge({ name: `effectstroom_${name}`, help, registers: [this.#registry] });
  }

  #perCollector(name: string, help: string): Gauge<'collector'> {
    const registers = [this.#registry];
    return new Gauge({ name: `effectstroom_collector_${name}`, help, labelNames: ['collector'], registers });
  }

  refreshStarts(): void {
    this.#refreshes.inc();
    for (const { subject } of COLLECTORS) this.#succeeded.set({ collector: subject }, 0);
  }

  collectorRead: Observe = ({ subject, seconds, isCut }) => {
    this.#succeeded.set({ collector: subject }, 1);
    this.#seconds.set({ collector: subject }, seconds);
    this.#cut.set({ collector: subject }, isCut ? 1 : 0);
  };

  refreshSucceeded(at: Date): void {
    this.#success.set(1);
    this.#refreshedAt.set(at.getTime() / 1000);
  }

  refreshFailed(): void {
    this.#failures.inc();
    this.#success.set(0);
  }

  text(): Promise<string> {
    return this.#registry.metrics();
  }
}

/** Joins the texts of registries, in this order; each ends with a newline. */
export async function renderPage(texts: readonly string[]): Promise<Page> {
  const text = texts.filter((part) => part !== '').join('\n');
  return { text, gzip: await compress(text, { level: 1 }) };
}
