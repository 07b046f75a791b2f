/** One look at everything: all collectors in one transaction, so that the figures belong together. */
import {
  type ConnectOptions,
  inSnapshot,
  isMigrated,
  openSession,
  type ReadSource,
} from '@effectstroom/database';
import { Gauge, Registry } from '@prometheus-io/client';
import type { Collector, Sample, Scope } from './collector.ts';
import { COLLECTORS } from './collectors.ts';

export interface SnapshotOptions {
  applicationName: string;
  /** Chooses the server. Rejects where none answers. */
  readFrom: () => Promise<ReadSource>;
  /** A refresh that takes longer fails. */
  deadlineMs: number;
  /** Most series of one collector. */
  seriesMax: number;
}

/** Called for each collector that has read; `isCut` where it had more series than may be shown. */
export type Observe = (collector: { subject: string; seconds: number; isCut: boolean }) => void;

/** Ends the help of every gauge: they are of one snapshot, which stays where a refresh fails. */
const CACHED = 'Cached since effectstroom_refresh_timestamp_seconds.';

function show(registry: Registry, collector: Collector, gauge: string, samples: readonly Sample[]): void {
  const description = collector.gauges[gauge];
  // The library shows a gauge without labels as 0 until it is set, so an unknown one is not made at all.
  if (description === undefined || samples.length === 0) return;
  const { help, labels } = description;
  const shown = new Gauge({
    name: gauge,
    help: `${help} ${CACHED}`,
    labelNames: labels,
    registers: [registry],
  });
  for (const sample of samples) shown.set(sample.labels, sample.value);
}

async function collect(scope: Scope, seriesMax: number, observe: Observe): Promise<string> {
  // A new registry each time: a series that disappears from the database disappears here.
  const registry = new Registry();
  for (const collector of COLLECTORS) {
    const started = performance.now();
    const read = await collector.read(scope);
    let room = seriesMax;
    let isCut = false;
    for (const [gauge, samples] of Object.entries(read)) {
      isCut ||= samples.length > room;
      show(registry, collector, gauge, samples.slice(0, room));
      room = Math.max(0, room - samples.length);
    }
    observe({ subject: collector.subject, seconds: (performance.now() - started) / 1000, isCut });
  }
  return registry.metrics();
}

/**
 * Reads everything and returns it as Prometheus text. A connection of its own each time, so that nothing of a
 * failed refresh is left over.
 * @throws Error where PostgreSQL cannot be reached, has no schema yet, or the deadline passes.
 */
export async function readSnapshot(
  options: SnapshotOptions,
  scope: Omit<Scope, 'tx' | 'source'>,
  observe: Observe,
): Promise<string> {
  const { applicationName, deadlineMs, seriesMax } = options;
  const source = await options.readFrom();
  const connection: ConnectOptions = { url: source.url, applicationName, statementTimeoutMs: deadlineMs };
  const session = await openSession(connection, () => undefined);
  let isLate = false;
  const deadline = setTimeout(() => {
    isLate = true;
    void session.close();
  }, deadlineMs);
  try {
    return await inSnapshot(session.db, async (tx) => {
      if (!(await isMigrated(tx)))
        throw new Error('The database has no schema, or an older one: start the calculator to migrate it');
      return collect({ ...scope, tx, source }, seriesMax, observe);
    });
  } catch (error) {
    if (!isLate) throw error;
    throw new Error(`The refresh took longer than ${deadlineMs} ms`, { cause: error });
  } finally {
    clearTimeout(deadline);
    await session.close();
  }
}
